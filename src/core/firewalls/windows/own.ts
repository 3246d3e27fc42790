/**
 * The rules that Portcullis itself makes in Windows Firewall: each blocks one port, and its name is made of what it holds,
 * so that it is known again and never mistaken for another's.
 *
 * The shape in the registry is that of [MS-GPFAS] 2.2.2.19; where Windows puts the fields and which version it writes was
 * not seen, so a rule is known by its name and its meaning, never by its text.
 */
import { type AddressSet, EVERYTHING, formatAddress, setOf } from '../../address.ts';
import { equal } from '../../intervals.ts';
import type { Family, Operation, Protocol } from '../../model.ts';
import { meantBy, nameable } from './from-elsewhere.ts';
import { isUnread, PROFILES, type Profile, type WindowsRule } from './model.ts';
import { readRegistryRule } from './registry-rule.ts';
import { parseRegistryText, printRegistryText } from './registry-text.ts';

/** One port that is blocked: the fields of `windows-block`. */
export type Block = Pick<
  Operation & { readonly kind: 'windows-block' | 'windows-unblock' },
  'protocol' | 'port' | 'from' | 'profiles'
>;

/** Its `-Group`, which the registry calls EmbedCtxt. */
export const GROUP = 'Portcullis';
const PREFIX = 'Portcullis-close-';
/** IP protocol numbers as the registry has them. */
export const NUMBER: Readonly<Record<Protocol, number>> = { tcp: 6, udp: 17 };
const FAMILIES: readonly Family[] = [4, 6];

/** One text an interval, `a-b` or one address: Windows keeps each as it is given. What it does not take is not in them. */
export const rangesOf = (set: AddressSet, family: Family): readonly string[] =>
  nameable(set, family).map(([first, last]) => {
    const [from, to] = [first, last].map((value) => formatAddress({ family, value }));
    return from === to ? `${from}` : `${from}-${to}`;
  });

/** The one form that is carried out: addresses in their order and joined, profiles in theirs, none where all are meant. */
export function blockOf({ protocol, port, from, profiles }: Block): Block {
  const named = PROFILES.filter((profile) => profiles.includes(profile));
  return {
    protocol,
    port,
    from: from === 'any' ? from : FAMILIES.flatMap((family) => rangesOf(setOf(from, family) ?? [], family)),
    profiles: named.length === PROFILES.length ? [] : named,
  };
}

const sameTexts = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((text, at) => text === b[at]);

/** Is it in that form, and about somebody? */
export function isBlock(block: Block): boolean {
  const { from, port, profiles } = block;
  if (!Number.isInteger(port) || port < 1 || port > 65535) return false;
  const one = blockOf(block);
  if (!sameTexts(profiles, one.profiles)) return false;
  return from === 'any' || one.from === 'any' ? from === one.from : from.length > 0 && sameTexts(from, one.from);
}

/** FNV-1a, 64 bits: tells rules of one port apart, and protects against nothing. */
function fingerprint(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const character of text) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(character.codePointAt(0) ?? 0)) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, '0');
}

/** `Portcullis-close-tcp-3000`: letters, digits and `-` alone, since `-Name` takes wildcards. Also its name in the registry. */
export function blockName({ protocol, port, from, profiles }: Block): string {
  const plain = `${PREFIX}${protocol}-${port}`;
  return from === 'any' && profiles.length === 0 ? plain : `${plain}-${contents({ from, profiles })}`;
}

const contents = ({ from, profiles }: Pick<Block, 'from' | 'profiles'>): string =>
  fingerprint(`${from === 'any' ? from : from.join()} ${profiles.join()}`);

/** The same for netsh, which takes the name that people read, and with it every rule of that name: nobody else has this. */
export const blockTitle = (block: Block): string => `${PREFIX}${block.protocol}-${block.port}-netsh-${contents(block)}`;

/** What people read in the list of rules. */
const blockLabel = ({ protocol, port }: Block): string => `Portcullis: port ${port} (${protocol.toUpperCase()}) closed`;

const WORD: Readonly<Record<Profile, string>> = { domain: 'Domain', private: 'Private', public: 'Public' };
export const profileWord = (profile: Profile): string => WORD[profile];

/** How a rule is called: its `-Name`, and what people read. */
export interface Naming {
  readonly name: string;
  readonly label: string;
}

export const namesOf = (block: Block): Naming => ({ name: blockName(block), label: blockLabel(block) });

/** The same in a file: its rule stands beside that of a change, so that the file's undo takes away the file's alone. */
export const namesInFile = (block: Block): Naming => ({
  name: blockName(block).replace(PREFIX, 'PortcullisFile-close-'),
  label: `${blockLabel(block)} by a file`,
});

/** What must stand in the registry's text, each as a field of its own; addresses and names apart. */
export const blockFields = ({ protocol, port, profiles }: Block): readonly string[] => [
  'Action=Block',
  'Active=TRUE',
  'Dir=In',
  `Protocol=${NUMBER[protocol]}`,
  ...profiles.map((profile) => `Profile=${WORD[profile]}`),
  `LPort=${port}`,
];

/** What it is called there: people may have written something else, which making it anew would lose. */
export const blockNotes = ({ label }: Naming): readonly string[] => [`Name=${label}`, `EmbedCtxt=${GROUP}`];

/** The rule as the registry will hold it, as far as can be told. */
export function blockText(block: Block): string {
  const texts = block.from === 'any' ? [] : block.from;
  const remote = texts.map((text) => `${text.includes(':') ? 'RA6' : 'RA4'}=${text}`);
  const said = [...blockFields(block), ...remote, ...blockNotes(namesOf(block))];
  return printRegistryText({
    version: 'v2.31',
    fields: said.map((field) => {
      const at = field.indexOf('=');
      return { key: field.slice(0, at), value: field.slice(at + 1) };
    }),
  });
}

const asksNothingElse = (rule: WindowsRule): boolean =>
  rule.remotePorts === null &&
  rule.local === null &&
  rule.app === null &&
  rule.service === null &&
  !rule.packaged &&
  rule.family === null &&
  rule.interfaces.length === 0 &&
  !rule.secure &&
  rule.narrows.length === 0;

/** Is the name one that Portcullis gives? */
export const isOwnName = (name: string): boolean => name.toLowerCase().startsWith(PREFIX.toLowerCase());

/**
 * The block that a rule of the local store is, where it is one of Portcullis's and as Portcullis makes it. `active`: it
 * counts. Null: another's, or changed by somebody.
 */
export function readBlock(name: string, text: string): { readonly block: Block; readonly active: boolean } | null {
  if (!isOwnName(name)) return null;
  const rule = readRegistryRule(name, text, 'local');
  if (isUnread(rule) || rule.action !== 'block' || rule.direction !== 'in' || !asksNothingElse(rule)) return null;
  const protocol = (['tcp', 'udp'] as const).find((one) => NUMBER[one] === rule.protocol);
  const [range] = rule.localPorts?.sure ?? [];
  const single = rule.localPorts?.sure.length === 1 && rule.localPorts.open.length === 0;
  if (protocol === undefined || !single || range === undefined || range[0] !== range[1]) return null;
  const from = remoteOf(rule);
  if (from === null) return null;
  const block = blockOf({ protocol, port: range[0], from, profiles: rule.profiles ?? [] });
  const isIt = blockName(block).toLowerCase() === name.toLowerCase() && isCalledSo(text, block);
  return isIt ? { block, active: rule.active } : null;
}

/** Is it called as Portcullis calls it, with nothing written to it? An empty description is none. */
function isCalledSo(text: string, block: Block): boolean {
  const notes = (parseRegistryText(text)?.fields ?? [])
    .filter(({ key, value }) => /^(name|embedctxt)$/i.test(key) || (/^desc$/i.test(key) && value !== ''))
    .map(({ key, value }) => `${key.toLowerCase()}=${value}`);
  const made = blockNotes(namesOf(block)).map((field) => field.replace(/^[^=]*/, (key) => key.toLowerCase()));
  return notes.length === made.length && made.every((field) => notes.includes(field));
}

function remoteOf({ remote }: WindowsRule): Block['from'] | null {
  if (remote === null) return 'any';
  if (FAMILIES.some((family) => remote[family].words.length + remote[family].open.length > 0)) return null;
  if (FAMILIES.every((family) => equal(meantBy(remote[family].set, family), EVERYTHING[family]))) return null;
  return FAMILIES.flatMap((family) => rangesOf(remote[family].set, family));
}
