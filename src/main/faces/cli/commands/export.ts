/** `portcullis export`: the rules that close the advised ports, or all that is not kept, as a file for a firewall. */
import { promises as fs } from 'node:fs';
import { join } from 'node:path';
import { EXPORT_FORMATS, isScript } from '../../../../core/firewalls/formats.ts';
import type { RuleFile } from '../../../../core/model.ts';
import { visible } from '../../../../core/visible.ts';
import { createAdvisor } from '../../../advisor.ts';
import { saveFile } from '../../../files.ts';
import { command, none, oneOf, readPort, usage } from '../command.ts';
import { loadSnapshot } from '../load.ts';
import { STATUS } from '../status.ts';
import { advisedTargets, targetsOf } from '../targets.ts';
import { portOf } from '../words.ts';

const AUDIENCES = ['everyone', 'all-but-this-network', 'internet'] as const;

const about = {
  name: 'export',
  usage: [
    '--for FORMAT [--ports 3000/tcp,…] [--audience WHOM] [--posture [--keep 22/tcp,…]] [--out FILE|FOLDER] [--undo] [--from SNAPSHOT]',
  ],
  says: 'the rules that close the advised or named ports, as a file',
  more: [
    `FORMAT is one of ${EXPORT_FORMATS.join(', ')}. Shell scripts for ufw, firewalld and iptables, a policy for firewalld, a file for nft, a playbook for Ansible, a PowerShell script for Windows Firewall, and the intent itself, which "portcullis import" carries out on another machine.`,
    'Each can be run twice without harm, and says at its head how it is checked and undone. --undo gives the file that takes it back; with a folder for --out, both are written there.',
    '--posture closes everything that is not kept: what you said to keep, what --keep names, and the ports of remote sessions that are open now.',
  ],
  options: {
    for: { type: 'string', value: 'FORMAT', says: EXPORT_FORMATS.join(', ') },
    ports: { type: 'string', value: 'PORTS', says: 'these ports instead of the advised ones, separated by commas' },
    audience: {
      type: 'string',
      value: 'WHOM',
      says: 'whom to shut out: everyone (the default), all-but-this-network, or internet',
    },
    posture: { type: 'boolean', says: 'close everything that is not kept' },
    keep: { type: 'string', value: 'PORTS', says: 'with --posture: keep these as well, separated by commas' },
    out: {
      type: 'string',
      value: 'FILE',
      says: 'write there instead of to standard output; into a folder (FOLDER/) go the file and its undo',
    },
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
    const format = oneOf(about, 'for', values.for, EXPORT_FORMATS);
    const audience = values.audience === undefined ? 'everyone' : oneOf(about, 'audience', values.audience, AUDIENCES);
    const posture = values.posture === true;
    if (values.keep !== undefined && !posture) throw usage(about, '--keep is for the whole posture.', '--posture');
    const ports = (text: string | undefined) => text?.split(',').map((one) => readPort(about, one.trim()));
    const [named, keeping] = [ports(values.ports), ports(values.keep) ?? []];
    const advisor = createAdvisor(values.from === undefined ? {} : { snapshot: await loadSnapshot(values.from) });
    const report = await advisor.scan({ exact: false });
    const targets = named === undefined ? advisedTargets(report) : targetsOf(named, report);
    if (targets.length === 0 && !posture) {
      terminal.note(
        'There is no advice to close anything, so there is nothing to export. To name ports: --ports 3000/tcp\n',
      );
      return STATUS.done;
    }
    const keep = targetsOf(keeping, report);
    const file = await advisor.exportRules({ format, targets, audience, posture, keep });
    if (values.undo === true && file.undoContent === '') {
      throw usage(
        about,
        `${file.filename} has no undo of its own: it is undone where it was imported.`,
        'portcullis undo',
      );
    }
    const said = `${values.undo === true ? 'takes back the rules for' : 'closes'} ${[
      ...(posture ? ['everything that is not kept'] : []),
      ...targets.map(portOf),
    ].join(', ')}`;
    if (values.out === undefined) {
      const content = values.undo === true ? file.undoContent : file.content;
      terminal.out(content.endsWith('\n') ? content : `${content}\n`);
    } else if (await isFolder(values.out)) {
      for (const path of await saveBoth(values.out, file)) terminal.note(`Saved ${visible(path)}\n`);
    } else {
      const [name, content] =
        values.undo === true ? [file.undoFilename, file.undoContent] : [file.filename, file.content];
      await saveFile(values.out, content, isScript(name) ? 'script' : 'text');
      terminal.note(`Saved in ${visible(values.out)}: ${said}.\n`);
    }
    for (const missing of file.notExpressed) terminal.note(`not expressed: ${visible(missing)}\n`);
    return STATUS.done;
  },
});

/** What ends in a slash is made where it is not there. */
async function isFolder(path: string): Promise<boolean> {
  if (path.endsWith('/')) return true;
  return (await fs.stat(path).catch(() => null))?.isDirectory() === true;
}

/** @returns the paths that were written */
async function saveBoth(folder: string, file: RuleFile): Promise<readonly string[]> {
  await fs.mkdir(folder, { recursive: true });
  const written: string[] = [];
  for (const [name, content] of [
    [file.filename, file.content],
    [file.undoFilename, file.undoContent],
  ] as const) {
    if (content === '') continue;
    const path = join(folder, name);
    await saveFile(path, content, isScript(name) ? 'script' : 'text');
    written.push(path);
  }
  return written;
}
