/** `portcullis export`: the rules that close the advised ports, as a file for a firewall. */
import { createAdvisor } from '../../../advisor.ts';
import type { RuleFile, Target } from '../../../../core/model.ts';
import { saveFile } from '../../../files.ts';
import { visible } from '../../../../core/visible.ts';
import { command, none, oneOf, readPort, usage } from '../command.ts';
import { readFleet } from '../fleet.ts';
import { soleSnapshot, unitsFrom } from '../load.ts';
import { STATUS, type Status } from '../status.ts';
import { advisedTargets, targetsOf } from '../targets.ts';
import { portOf } from '../words.ts';

const FORMATS = ['ufw', 'windows', 'netsh', 'pf', 'alf'] as const;

const about = {
  name: 'export',
  usage: ['--for ufw|windows|netsh|pf|alf [--ports 3000/tcp,…] [--out FILE] [--undo] [--from SNAPSHOT or FOLDER]…'],
  says: 'the rules that close the advised or named ports, as a file',
  more: [
    'For ufw a shell script; for Windows Firewall a PowerShell script, or with netsh a batch file; for macOS a shell script: pf closes ports, alf (the application firewall) blocks the programs that listen; each can be run twice without harm. --undo gives the file that takes them back.',
    'With several snapshots, or a folder of them, it is one file for all: each port that is advised to be closed on any of these machines. What it does where is told on standard error: on which machines it has no effect, and on which it also closes what was not advised to be closed.',
  ],
  options: {
    for: { type: 'string', value: 'FIREWALL', says: 'ufw, windows, netsh, pf or alf' },
    ports: { type: 'string', value: 'PORTS', says: 'these ports instead of the advised ones, separated by commas' },
    out: { type: 'string', value: 'FILE', says: 'write there instead of to standard output' },
    undo: { type: 'boolean', says: 'the file that undoes it' },
    from: {
      type: 'string',
      multiple: true,
      value: 'SNAPSHOT',
      says: 'take the advice on saved snapshots, or a folder of them, instead of this machine',
    },
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
    const save = async (file: RuleFile, targets: readonly Target[]): Promise<Status> => {
      const content = values.undo === true ? file.undoContent : file.content;
      if (values.out === undefined) {
        terminal.out(content.endsWith('\n') ? content : `${content}\n`);
      } else {
        await saveFile(values.out, content, format === 'ufw' ? 'script' : 'text');
        terminal.note(
          `Saved in ${visible(values.out)}: ${values.undo === true ? 'takes back the rules for' : 'closes'} ${targets.map(portOf).join(', ')}.\n`,
        );
      }
      for (const missing of file.notExpressed) terminal.note(`not expressed: ${visible(missing)}\n`);
      return STATUS.done;
    };
    const units = values.from === undefined ? [] : await unitsFrom(values.from);
    const [first] = units;
    const snapshot = units.length === 1 && first?.named === true ? await soleSnapshot(first.from) : null;
    if (first !== undefined && snapshot === null) {
      const fleet = await readFleet(units, terminal);
      const asked = named?.map(({ port, protocol }): Target => ({ port, protocol: protocol ?? 'tcp' })) ?? null;
      const { fleetFile } = await import('../fleet-export.ts');
      const { filesNotRead } = await import('../fleet-text.ts');
      const { file, targets, notes } = fleetFile(fleet, format, asked);
      terminal.note(filesNotRead(fleet, { style: terminal.noteStyle, columns: terminal.columns }));
      for (const note of notes) terminal.note(`${note}\n`);
      if (fleet.machines === 0) return STATUS.usage;
      if (file === null) {
        terminal.note(NOTHING);
        return STATUS.done;
      }
      await save(file, targets);
      return fleet.unreadCount > 0 ? STATUS.unknown : STATUS.done;
    }
    const advisor = createAdvisor(snapshot === null ? {} : { snapshot });
    const report = await advisor.scan({ exact: false });
    const targets = named === undefined ? advisedTargets(report) : targetsOf(named, report);
    if (targets.length === 0) {
      terminal.note(NOTHING);
      return STATUS.done;
    }
    return save(await advisor.exportRules({ format, targets }), targets);
  },
});

const NOTHING =
  'There is no advice to close anything, so there is nothing to export. To name ports: --ports 3000/tcp\n';
