/** `portcullis export`: the rules that close the advised ports, or all that is not kept, as a file for a firewall. */
import { promises as fs } from 'node:fs';
import { join } from 'node:path';
import { EXPORT_FORMATS, isScript } from '../../../../core/firewalls/formats.ts';
import { advisedDoors, advisedPorts } from '../../../../core/advice/remedy.ts';
import { visible } from '../../../../core/visible.ts';
import { createAdvisor } from '../../../advisor/index.ts';
import type { RuleFile, Target } from '../../../../core/model.ts';
import { saveFile } from '../../../files.ts';
import { command, none, oneOf, readPort, usage } from '../command.ts';
import { readFleet } from '../fleet.ts';
import { soleSnapshot, unitsFrom } from '../load.ts';
import { STATUS } from '../status.ts';
import { targetsOf } from '../targets.ts';
import type { Terminal } from '../terminal.ts';
import { portOf } from '../words.ts';

const AUDIENCES = ['everyone', 'all-but-this-network', 'internet'] as const;

const about = {
  name: 'export',
  usage: [
    '--for FORMAT [--ports 3000/tcp,…] [--audience WHOM] [--posture [--keep 22/tcp,…]] [--out FILE|FOLDER] [--undo] [--from SNAPSHOT or FOLDER]…',
  ],
  says: 'the rules that close the advised or named ports, as a file',
  more: [
    `FORMAT is one of ${EXPORT_FORMATS.join(', ')}. Shell scripts for ufw, firewalld and iptables, a policy for firewalld, a file for nft, a playbook for Ansible, a PowerShell script for Windows Firewall and a batch file for netsh, shell scripts for macOS (pf closes ports, alf blocks the programs that listen), and the intent itself, which "portcullis import" carries out on another machine.`,
    'Each can be run twice without harm, and says at its head how it is checked and undone. --undo gives the file that takes it back; with a folder for --out, both are written there.',
    '--posture closes everything that is not kept: what you said to keep, what --keep names, and the ports of remote sessions that are open now.',
    'With several snapshots, or a folder of them, it is one file for all: each port that is advised to be closed on any of these machines. What it does where is told on standard error: on which machines it has no effect, and on which it also closes what was not advised to be closed.',
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
    const format = oneOf(about, 'for', values.for, EXPORT_FORMATS);
    const audience = values.audience === undefined ? 'everyone' : oneOf(about, 'audience', values.audience, AUDIENCES);
    const posture = values.posture === true;
    if (values.keep !== undefined && !posture) throw usage(about, '--keep is for the whole posture.', '--posture');
    const ports = (text: string | undefined) => text?.split(',').map((one) => readPort(about, one.trim()));
    const [named, keeping] = [ports(values.ports), ports(values.keep) ?? []];
    const units = values.from === undefined ? [] : await unitsFrom(values.from);
    const [first] = units;
    const snapshot = units.length === 1 && first?.named === true ? await soleSnapshot(first.from) : null;
    if (first !== undefined && snapshot === null) {
      if (posture || audience !== 'everyone')
        throw usage(about, 'Of many machines only ports can be closed, and for everyone.', '--ports 3000/tcp');
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
      await write(file, targets.map(portOf), values, terminal);
      return fleet.unreadCount > 0 ? STATUS.unknown : STATUS.done;
    }
    const advisor = createAdvisor(snapshot === null ? {} : { snapshot });
    const report = await advisor.scan({ exact: false });
    const targets = named === undefined ? [] : targetsOf(named, report);
    const keep = targetsOf(keeping, report);
    const twice = targets.find((one) => keep.some((other) => portOf(other) === portOf(one)));
    if (twice !== undefined) throw usage(about, `${portOf(twice)} cannot be both closed and kept.`, null);
    const advised = targets.length > 0 || posture ? [] : advisedPorts(report, 'close');
    if (named === undefined && !posture) {
      const left = advisedPorts(report, 'restrict')
        .map(portOf)
        .filter((one) => !advised.map(portOf).includes(one));
      if (left.length > 0) terminal.note(restricted(left));
    }
    const doors = named === undefined && !posture ? advisedDoors(report).map(portOf) : [];
    if (doors.length > 0) terminal.note(ledOn(doors));
    if (targets.length + advised.length === 0 && !posture) {
      terminal.note(doors.length > 0 ? NOTHING_ELSE : NOTHING);
      return STATUS.done;
    }
    const file = await advisor.exportRules({ format, targets, audience, posture, keep });
    await write(
      file,
      [...(posture ? ['everything that is not kept'] : []), ...[...targets, ...advised].map(portOf)],
      values,
      terminal,
    );
    return STATUS.done;
  },
});

const NOTHING =
  'There is no advice to close anything, so there is nothing to export. To name ports: --ports 3000/tcp\n';

const NOTHING_ELSE = 'There is no advice to close anything else, so there is nothing to export.\n';

/** Only what comes before every rule that rewrites ports closes them. */
const ledOn = (ports: readonly string[]): string =>
  `not in the file: ${ports.join(', ')}, which rules lead on to a container or another computer. A file for nftables closes such ports: --for nftables --ports ${ports.join(',')}\n`;

/** Closing for everyone goes further than advice to keep some out. */
const restricted = (ports: readonly string[]): string =>
  `not in the file: ${ports.join(', ')}, where it is advised to keep some out, not everybody. To close for everyone: --ports ${ports.join(',')}; or with --audience\n`;

interface Where {
  readonly out?: string | undefined;
  readonly undo?: boolean | undefined;
}

/** To where it is wanted, with what it could not say. `closes`: what is told of it. */
async function write(
  file: RuleFile,
  closes: readonly string[],
  { out, undo }: Where,
  terminal: Terminal,
): Promise<void> {
  if (undo === true && file.undoContent === '') {
    throw usage(
      about,
      `${file.filename} has no undo of its own: it is undone where it was imported.`,
      'portcullis undo',
    );
  }
  const [name, content] = undo === true ? [file.undoFilename, file.undoContent] : [file.filename, file.content];
  if (out === undefined) {
    terminal.out(content.endsWith('\n') ? content : `${content}\n`);
  } else if (await isFolder(out)) {
    for (const path of await saveBoth(out, file)) terminal.note(`Saved ${visible(path)}\n`);
  } else {
    await saveFile(out, content, isScript(name) ? 'script' : 'text');
    terminal.note(
      `Saved in ${visible(out)}: ${undo === true ? 'takes back the rules for' : 'closes'} ${closes.join(', ')}.\n`,
    );
  }
  for (const missing of file.notExpressed) terminal.note(`not expressed: ${visible(missing)}\n`);
}

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
