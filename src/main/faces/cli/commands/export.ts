/** `portcullis export`: the rules that close the advised ports, as a file for a firewall. */
import { createAdvisor } from '../../../advisor.ts';
import { saveFile } from '../../../files.ts';
import { visible } from '../../../../core/visible.ts';
import { command, none, oneOf, readPort, usage } from '../command.ts';
import { loadSnapshot } from '../load.ts';
import { STATUS } from '../status.ts';
import { advisedTargets, targetsOf } from '../targets.ts';
import { portOf } from '../words.ts';

const FORMATS = ['ufw', 'windows', 'pf', 'alf'] as const;

const about = {
  name: 'export',
  usage: ['--for ufw|windows|pf|alf [--ports 3000/tcp,…] [--out FILE] [--undo] [--from SNAPSHOT]'],
  says: 'the rules that close the advised or named ports, as a file',
  more: [
    'For ufw a shell script, for Windows Firewall a PowerShell script, for macOS a shell script: pf closes ports, alf (the application firewall) blocks the programs that hold them. Each can be run twice without harm. --undo gives the file that takes them back.',
  ],
  options: {
    for: { type: 'string', value: 'FIREWALL', says: 'ufw, windows, pf or alf' },
    ports: { type: 'string', value: 'PORTS', says: 'these ports instead of the advised ones, separated by commas' },
    out: { type: 'string', value: 'FILE', says: 'write there instead of to standard output' },
    undo: { type: 'boolean', says: 'the file that undoes it' },
    from: { type: 'string', value: 'SNAPSHOT', says: 'take the advice on a saved snapshot instead of this machine' },
  },
} as const;

export const exportRules = command({
  ...about,
  run: async (values, operands, terminal) => {
    none(about, operands);
    if (values.for === undefined)
      throw usage(about, '"export" needs to know for which firewall.', 'portcullis export --for ufw');
    const format = oneOf(about, 'for', values.for, FORMATS);
    const named = values.ports?.split(',').map((text) => readPort(about, text.trim()));
    const advisor = createAdvisor(values.from === undefined ? {} : { snapshot: await loadSnapshot(values.from) });
    const report = await advisor.scan({ exact: false });
    const targets = named === undefined ? advisedTargets(report) : targetsOf(named, report);
    if (targets.length === 0) {
      terminal.note(
        'There is no advice to close anything, so there is nothing to export. To name ports: --ports 3000/tcp\n',
      );
      return STATUS.done;
    }
    const file = await advisor.exportRules({ format, targets });
    const content = values.undo === true ? file.undoContent : file.content;
    if (values.out === undefined) {
      terminal.out(content.endsWith('\n') ? content : `${content}\n`);
    } else {
      await saveFile(values.out, content, format === 'windows' ? 'text' : 'script');
      terminal.note(
        `Saved in ${visible(values.out)}: ${values.undo === true ? 'takes back the rules for' : 'closes'} ${targets.map(portOf).join(', ')}.\n`,
      );
    }
    for (const missing of file.notExpressed) terminal.note(`not expressed: ${visible(missing)}\n`);
    return STATUS.done;
  },
});
