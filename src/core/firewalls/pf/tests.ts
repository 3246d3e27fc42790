/** What a rule of pf asks of a packet -> tests of the engine. */
import { type AddressSet, NOTHING, network, parseAddress } from '../../address.ts';
import { ruleDoubt } from '../../gaps/index.ts';
import { type Intervals, minus, normalize } from '../../intervals.ts';
import type { Family, Interface, Protocol } from '../../model.ts';
import { type Field, NEVER, PROTOCOLS, type Statement, type Test, TCP_FLAGS, test } from '../netfilter/model.ts';
import type { PfAddress, PfConditions, PfEnd, PfPort } from './model.ts';

/** What rules ask about this computer. */
export interface PfSurroundings {
  readonly interfaces: readonly Interface[];
  /** `tcp/ssh` -> its numbers, as /etc/services of that computer has them; null: it was not read. */
  readonly services: ReadonlyMap<string, readonly number[]> | null;
  /** What a table holds, as rules in this anchor see it; null: it was not read. */
  readonly table: (anchor: string, name: string) => TableSet | null;
}

export type TableSet = { readonly [family in Family]: AddressSet };

/** What stands before it may hold and may not. */
export const may = (text: string): Statement => test({ on: 'unknown', doubt: ruleDoubt(text) });

/** @param way which interface it asks about */
export function testsOf(
  rule: PfConditions,
  around: PfSurroundings,
  anchor: string,
  way: 'in-interface' | 'out-interface',
): readonly Statement[] {
  const protocol = protocolOf(rule.protocol);
  return [
    ...interfaceTests(rule, around, way),
    ...(rule.family === null ? [] : [test({ on: 'family', families: [rule.family] })]),
    ...(protocol === null ? [] : typeof protocol === 'number' ? [onProtocol(protocol)] : [may(`proto ${protocol}`)]),
    ...endTests(rule.source, 'source', rule, around, anchor),
    ...endTests(rule.destination, 'destination', rule, around, anchor),
    ...flagTests(rule.flags),
    ...rule.narrows.map(may),
  ];
}

const onProtocol = (number: number): Statement => test({ on: 'protocol', protocols: [[number, number]] });

/** null: any; a text: not known. */
function protocolOf(name: string | null): number | string | null {
  if (name === null) return null;
  return /^\d{1,3}$/.test(name) ? Number(name) : (PROTOCOLS[name] ?? name);
}

/** Loopback has another name for the engine. */
export const namesOf = (name: string, { interfaces }: Pick<PfSurroundings, 'interfaces'>): readonly string[] =>
  interfaces.some((one) => one.name === name && one.kind === 'loopback') || /^lo\d*$/.test(name)
    ? [name, 'lo']
    : [name];

/**
 * By name. pf.conf(5) speaks of groups of interfaces (`en`, `egress`); macOS's kernel compares names alone (Apple, xnu,
 * pf_if.c, pfi_kif_match), so which it is cannot be told.
 */
function interfaceTests(
  { interface: on }: PfConditions,
  around: PfSurroundings,
  way: 'in-interface' | 'out-interface',
): readonly Statement[] {
  if (on === null) return [];
  const known = around.interfaces.some(({ name }) => name === on.name);
  if (!known && !/\d$/.test(on.name)) return [may(`on ${on.not ? '! ' : ''}${on.name}`)];
  return [test({ on: way, names: namesOf(on.name, around) }, on.not)];
}

/** A new connection begins with SYN alone; rules for other packets than TCP's do not look at flags. Source: xnu, pf.c, pf_test_rule. */
function flagTests(flags: PfConditions['flags']): readonly Statement[] {
  if (flags === null) return [];
  const bits = (letters: string): number => letters.split('').reduce((sum, letter) => sum | (FLAGS[letter] ?? 0), 0);
  const fits = (bits(flags.of) & SYN) === bits(flags.set);
  return fits ? [] : [test({ on: 'protocol', protocols: [[6, 6]] }, true)];
}

const SYN = TCP_FLAGS['syn'] ?? 2;
const FLAGS: Readonly<Record<string, number>> = { F: 1, S: 2, R: 4, P: 8, A: 16, U: 32, E: 64, W: 128 };

// ---------------------------------------------------------------- addresses and ports

function endTests(
  { not, address, port }: PfEnd,
  of: 'source' | 'destination',
  rule: PfConditions,
  around: PfSurroundings,
  anchor: string,
): readonly Statement[] {
  const field = addressField(address, of, rule.family, around, anchor);
  return [
    ...(field === null ? [] : [test(field, not)]),
    ...(port === null ? [] : portTests(port, of === 'source' ? 'source-port' : 'destination-port', rule, around)),
  ];
}

const plain = (field: Field): Test => ({ field, negate: false });
const lies = (of: 'source' | 'destination', family: Family, set: AddressSet): Test => plain({ on: of, family, set });
const perhaps = (text: string): Test => plain({ on: 'unknown', doubt: ruleDoubt(text) });

/** Holds where the address is one of those; null: whatever it is. */
function addressField(
  address: PfAddress,
  of: 'source' | 'destination',
  only: Family | null,
  around: PfSurroundings,
  anchor: string,
): Field | null {
  switch (address.kind) {
    case 'any':
      return null;
    case 'range': {
      // The kernel writes the number of its interface into such addresses.
      if (address.family === 6 && isScoped(address.range[0]))
        return { on: 'any', rows: [[lies(of, 6, LINKS), perhaps('fe80::…%')]] };
      return { on: of, family: address.family, set: [address.range] };
    }
    case 'open':
      return { on: 'unknown', doubt: ruleDoubt(address.text) };
    case 'table': {
      const set = around.table(anchor, address.name);
      if (set === null) return { on: 'unknown', doubt: ruleDoubt(`<${address.name}>`) };
      return { on: 'any', rows: ([4, 6] as const).map((family) => [lies(of, family, set[family])]) };
    }
    case 'interface':
      return interfaceField(address, of, only, around);
  }
}

const LINKS: AddressSet = [network({ family: 6, value: 0xfe80n << 112n }, 10)];
/** fe80::/10 with something in the half that names the interface. */
const isScoped = (value: bigint): boolean =>
  value >= 0xfe80n << 112n && value < 0xfec0n << 112n && ((value >> 64n) & 0xffffffffffffn) !== 0n;

/** What an interface has now. Whether that holds of addresses of its link alone is not documented. */
function interfaceField(
  { name, network: whole }: Extract<PfAddress, { kind: 'interface' }>,
  of: 'source' | 'destination',
  only: Family | null,
  { interfaces }: PfSurroundings,
): Field {
  const text = `(${name}${whole ? ':network' : ''})`;
  const found = interfaces.find((one) => one.name === name);
  if (found === undefined) return /\d$/.test(name) ? NEVER : { on: 'unknown', doubt: ruleDoubt(text) };
  const families = only === null ? ([4, 6] as const) : ([only] as const);
  const rows = families.flatMap((family) => {
    const own = found.addresses.filter((one) => one.family === family);
    const sets = (links: boolean): AddressSet =>
      normalize(
        own
          .filter(({ scope }) => (scope === 'link') === links)
          .flatMap(({ address, prefix }) => {
            const read = parseAddress(address);
            if (read === null) return [];
            return [whole ? network(read, prefix) : ([read.value, read.value] as const)];
          }),
      );
    const [sure, link] = [sets(false), sets(true)];
    return [
      ...(sure.length === 0 ? [] : [[lies(of, family, sure)]]),
      ...(link.length === 0 ? [] : [[lies(of, family, link), perhaps(text)]]),
    ];
  });
  return rows.length === 0 ? NEVER : { on: 'any', rows };
}

const MOST = 65535;

/** Names of services may stand for several numbers; those of protocols that a rule does not name, for any. */
function portTests(
  port: PfPort,
  on: 'source-port' | 'destination-port',
  rule: PfConditions,
  around: PfSurroundings,
): readonly Statement[] {
  const ports = portsOf(port, rule.protocol, around);
  const text = `port ${port.last === null ? `${port.operator} ${port.first}` : `${port.first} ${port.operator} ${port.last}`}`;
  return [ports === null ? may(text) : test({ on, ports })];
}

/** Source: pf.conf(5), PARAMETERS, port: `><` without its ends, `<>` outside of them, `:` with them. */
function portsOf(
  { operator, first, last }: PfPort,
  protocol: string | null,
  { services }: Pick<PfSurroundings, 'services'>,
): Intervals<number> | null {
  const numbered = (text: string | null): number | null => {
    if (text === null) return null;
    if (/^\d{1,5}$/.test(text)) return Number(text) <= MOST ? Number(text) : null;
    const protocols: readonly string[] = protocol === null ? PORTED : [protocol];
    const numbers = new Set(protocols.flatMap((name) => services?.get(`${name}/${text}`) ?? []));
    return numbers.size === 1 ? ([...numbers][0] ?? null) : null;
  };
  const from = numbered(first);
  const to = numbered(last);
  if (from === null || (last !== null && to === null)) return null;
  const all: Intervals<number> = [[0, MOST]];
  const span = (a: number, b: number): Intervals<number> => (a <= b ? [[a, b]] : []);
  switch (operator) {
    case '=':
      return span(from, from);
    case '!=':
      return minus(all, span(from, from));
    case '<':
      return span(0, from - 1);
    case '<=':
      return span(0, from);
    case '>':
      return span(from + 1, MOST);
    case '>=':
      return span(from, MOST);
    case ':':
      return span(from, to ?? from);
    case '><':
      return span(from + 1, (to ?? from) - 1);
    case '<>':
      return normalize([...span(0, from - 1), ...span((to ?? from) + 1, MOST)]);
  }
}

const PORTED: readonly Protocol[] = ['tcp', 'udp'];

/** What a table holds: the longest network that an address lies in says whether it is in or, with `!`, out. */
export function tableSet(entries: readonly { readonly not: boolean; readonly address: string }[]): TableSet | null {
  const read = entries.map(({ not, address }) => {
    const [base = '', length] = address.split('/');
    const value = parseAddress(base);
    const prefix = length === undefined ? (value?.family === 4 ? 32 : 128) : Number(length);
    const fits = value !== null && /^\d{0,3}$/.test(length ?? '') && prefix <= (value.family === 4 ? 32 : 128);
    return fits ? { not, prefix, family: value.family, range: network(value, prefix) } : null;
  });
  if (read.includes(null)) return null;
  const sorted = read.filter((one) => one !== null).toSorted((a, b) => a.prefix - b.prefix);
  const of = (family: Family): AddressSet =>
    sorted
      .filter((one) => one.family === family)
      .reduce<AddressSet>((set, { not, range }) => {
        return not ? minus(set, [range]) : normalize([...set, range]);
      }, NOTHING);
  return { 4: of(4), 6: of(6) };
}
