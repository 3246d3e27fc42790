/** An intent as the writers of files take it: items with plain networks, and the lines that stand at the head of each file. */
import { parseRange, setOf } from '../address.ts';
import { commentText, type ExportItem, type ExportSource, type Intent, type IntentKeep } from '../firewalls/export.ts';
import type { Family } from '../model.ts';
import { networksOf } from '../plan/recipe.ts';

/** The networks in their plain form, none within another. Whatever is no address and no network is left out. */
export function plainNetworks(networks: readonly string[]): readonly string[] {
  const known = networks.filter((text) => !text.includes('-') && parseRange(text) !== null);
  return ([4, 6] as const).flatMap((family) => networksOf(setOf(known, family) ?? [], family));
}

export const itemsOf = ({ close }: Intent): readonly ExportItem[] =>
  close.map(({ protocol, port, name, why, programs = [], letBy = [], leadsTo = [], for: whom }) => {
    const item = { target: { protocol, port }, name, why, programs, letBy, leadsTo };
    return whom === 'everyone' ? item : { ...item, allBut: plainNetworks(whom.networks) };
  });

export const sourceOf = ({ host, madeAt, managed = [] }: Intent): ExportSource => ({ host, takenAt: madeAt, managed });

export const familyOf = (network: string): Family => (network.includes(':') ? 6 : 4);

export const exceptOf = ({ allBut = [] }: ExportItem, family: Family): readonly string[] =>
  allBut.filter((network) => familyOf(network) === family);

const portText = ({ protocol, port }: { readonly protocol: string; readonly port: number }): string =>
  `${port}/${protocol}`;

/** By port, so that the same choice gives the same file. */
export const byPort = <T extends { readonly protocol: string; readonly port: number }>(
  some: readonly T[],
): readonly T[] => [...some].sort((a, b) => a.port - b.port || a.protocol.localeCompare(b.protocol));

export const portsOf = (protocol: 'tcp' | 'udp', keep: readonly IntentKeep[]): readonly number[] =>
  byPort(keep).flatMap((one) => (one.protocol === protocol ? [one.port] : []));

/** UDP ports to which DHCP's answers come, so that no posture closes them: RFC 2131, 4.1; RFC 8415, 7.2. */
export const DHCP_PORTS: readonly number[] = [68, 546];

/** Multicast DNS, RFC 6762, 6.7; SSDP, UPnP Device Architecture 2.0, 1.3.3: who answers was not asked by its address. */
export const DISCOVERY_CLOSED =
  'Answers to what this computer asked a whole network (discovery by mDNS or SSDP) come from elsewhere than was asked, and are closed too, where their port is not kept.';

export interface HeadText {
  readonly title: string;
  readonly run: readonly string[];
  readonly check: readonly string[];
  readonly undo: readonly string[];
  readonly notes: readonly string[];
  readonly notExpressed: readonly string[];
}

/** What stands at the head of every file: a line each, without the sign that makes it a comment; nothing in it can end one. */
export function headLines(
  intent: Intent,
  { title, run, check, undo, notes, notExpressed }: HeadText,
): readonly string[] {
  const machine = intent.host === null ? '' : ` on ${intent.host}`;
  const named = (word: string, lines: readonly string[]): readonly string[] =>
    lines.map((line, at) => `${at === 0 ? `${word}:`.padEnd(7) : '       '}${line}`);
  const lines = [
    title,
    `Made by Portcullis from what was seen${machine} at ${intent.madeAt}.`,
    '',
    'Closed to new connections:',
    ...itemsOf(intent).flatMap(({ target, name, why, allBut = [] }) => [
      `  ${portText(target)}${name === null ? '' : `  ${commentText(name)}`}`,
      ...(why === null ? [] : [`      ${commentText(why)}`]),
      ...(allBut.length === 0 ? [] : [`      not to: ${allBut.join(', ')}`]),
    ]),
    ...(intent.close.length === 0 ? ['  no port by its number'] : []),
    ...(intent.keep.length === 0 ? [] : ['Kept:']),
    ...byPort(intent.keep).map((one) => `  ${portText(one)}${one.name === null ? '' : `  ${commentText(one.name)}`}`),
    intent.rest === 'close'
      ? 'Everything else that begins from outside is closed. Loopback, ICMP, DHCP, and what this computer began itself stay.'
      : 'Every other port is left as it is.',
    '',
    ...named('Run', run),
    ...named('Check', check),
    ...named('Undo', undo),
    '',
    ...sshNote(intent),
    ...notes,
    ...(notExpressed.length === 0 ? [] : ['Not expressed here:']),
    ...notExpressed.map((line) => `  - ${line}`),
  ];
  return lines.flatMap((line) => wrapped(commentText(line), /^ */.exec(line)?.[0] ?? ''));
}

/** Characters of a line at most, its indentation and the sign of a comment left aside. */
const WIDTH = 110;

/** Broken between words; what follows on the first line stands two further in. Runs of spaces within a short line stay. */
function wrapped(text: string, indent: string): readonly string[] {
  if (text.length <= WIDTH) return [indent + text];
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/ +/).flatMap((one) => one.match(new RegExp(`.{1,${WIDTH}}`, 'gsu')) ?? [])) {
    if (line !== '' && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].map((one, at) => `${indent}${at === 0 ? '' : '  '}${one}`);
}

function sshNote({ close, keep, rest }: Intent): readonly string[] {
  const isSsh = ({ protocol, port }: { readonly protocol: string; readonly port: number }): boolean =>
    protocol === 'tcp' && port === 22;
  const open = 'Connections that are open stay open, so a remote session is not cut.';
  const none = 'no new session through SSH comes in.';
  if (close.some(isSsh)) return [open, `But 22/tcp is closed: ${none}`];
  if (rest === 'leave') return [open];
  return [
    open,
    keep.some(isSsh)
      ? 'New sessions through SSH come in through 22/tcp, which is kept.'
      : `But 22/tcp is NOT kept: ${none}`,
  ];
}

/** Each line made a comment. */
export const hashed = (lines: readonly string[]): readonly string[] => lines.map((line) => `# ${line}`.trimEnd());

export const joined = (lines: readonly string[]): string => `${lines.join('\n')}\n`;

/** Both halves of a network: no rule of somebody else's is likely to be for just these. One address stays whole. */
export function halvesOf(network: string): readonly string[] {
  const read = parseRange(network);
  if (read === null) return [];
  const { family, range } = read;
  const [first, last] = range;
  if (first === last) return networksOf([[first, last]], family);
  const middle = first + (last - first) / 2n;
  return [...networksOf([[first, middle]], family), ...networksOf([[middle + 1n, last]], family)];
}
