/** What a rule asks of packets, in few words: which ports, from where. What has no few words is said to be more. */
import { EVERYTHING, formatSet } from '../address.ts';
import { type Intervals, equal, intersect, union } from '../intervals.ts';
import type { Family, RuleInWords } from '../model.ts';
import { PROTOCOLS, TCP_FLAGS, type Test } from './netfilter/model.ts';

/** IP protocol numbers and destination ports; null: any. */
export interface Gist extends Pick<RuleInWords, 'from' | 'except' | 'on' | 'only' | 'more' | 'families'> {
  readonly protocols: Intervals<number> | null;
  readonly ports: Intervals<number> | null;
}

/** A rule in a firewall's list, before it is told whether it is of use. */
export interface WrittenRule {
  readonly firewall: RuleInWords['firewall'];
  readonly place: string | null;
  readonly text: string;
  readonly action: RuleInWords['action'];
  readonly traffic: RuleInWords['traffic'];
  /** Several where one rule is about several things; none: it cannot be said in short. */
  readonly gists: readonly Gist[];
  readonly families: readonly Family[];
  readonly owner: RuleInWords['owner'];
  readonly tool: string | null;
  /** Where it stands in the kernel; null: it is known by its text. */
  readonly kernel: { readonly chain: string; readonly line: number } | null;
  readonly windows?: RuleInWords['windows'];
}

const ALL: Gist = {
  protocols: null,
  ports: null,
  from: null,
  except: [],
  on: [],
  only: null,
  more: false,
  families: [4, 6],
};

export const gistFor = (families: readonly Family[], more: Partial<Gist> = {}): Gist => ({ ...ALL, families, ...more });

export const gistOf = (tests: readonly Test[], families: readonly Family[]): Gist =>
  tests.reduce(narrowed, gistFor(families));

const SYN = TCP_FLAGS['syn'] ?? 2;

/** Asked of every first packet that is meant for this computer, so it says nothing. */
const isPlain = ({ field, negate }: Test): boolean =>
  (field.on === 'tcp-flags' && !negate && (SYN & field.mask) === field.value) ||
  (field.on === 'destination-type' && !negate && field.types.includes('local')) ||
  (field.on === 'in-interface' && negate && field.names.length === 1 && field.names[0] === 'lo');

function narrowed(gist: Gist, test: Test): Gist {
  const { field, negate } = test;
  if (field.on === 'always' && !negate) return gist;
  if (isPlain(test)) return gist;
  const more: Gist = { ...gist, more: true };
  if (field.on === 'source') {
    if (!gist.families.includes(field.family)) return more;
    const families: readonly Family[] = [field.family];
    if (equal(field.set, EVERYTHING[field.family])) return negate ? more : { ...gist, families };
    const texts = formatSet(field.set, field.family).map((text) =>
      text.replace(field.family === 4 ? /\/32$/ : /\/128$/, ''),
    );
    if (negate) return { ...gist, families, except: [...gist.except, ...texts] };
    return gist.from === null ? { ...gist, families, from: texts } : more;
  }
  if (negate) return more;
  switch (field.on) {
    case 'in-interface':
      if (field.names.length === 1 && field.names[0] === 'lo') return { ...gist, only: 'itself' };
      return gist.on.length === 0 ? { ...gist, on: field.names } : more;
    case 'family':
      return { ...gist, families: gist.families.filter((one) => field.families.includes(one)) };
    case 'protocol':
      return {
        ...gist,
        protocols: gist.protocols === null ? field.protocols : intersect(gist.protocols, field.protocols),
      };
    case 'destination-port':
      return { ...gist, ports: gist.ports === null ? field.ports : intersect(gist.ports, field.ports) };
    case 'ct-state': {
      if (field.states.includes('new')) return gist;
      if (field.states.includes('established')) return { ...gist, only: 'replies' };
      return field.states.length === 1 && field.states[0] === 'invalid' ? { ...gist, only: 'invalid' } : more;
    }
    case 'always':
    case 'out-interface':
    case 'destination':
    case 'original-source':
    case 'original-destination':
    case 'address-bits':
    case 'source-port':
    case 'original-source-port':
    case 'original-destination-port':
    case 'ct-status':
    case 'ct-direction':
    case 'mark':
    case 'ct-mark':
    case 'source-type':
    case 'destination-type':
    case 'reverse-path':
    case 'packet-type':
    case 'tcp-flags':
    case 'rate':
    case 'unknown':
    case 'any':
      return more;
  }
}

const NUMBERS = new Map(
  Object.entries(PROTOCOLS)
    .reverse()
    .map(([name, number]) => [number, name] as const),
);

const protocolNames = (protocols: Intervals<number>): readonly string[] | null => {
  const numbers = protocols.flatMap(([first, last]) =>
    last - first > 8 ? [] : Array.from({ length: last - first + 1 }, (_, at) => first + at),
  );
  return numbers.length === 0 ? null : numbers.map((number) => NUMBERS.get(number) ?? `protocol ${number}`);
};

/** `22/tcp`, `8000-8010/udp`, `icmp`; null: everything; empty: it has no few words. */
export function aboutOf({ protocols, ports }: Gist): readonly string[] | null {
  if (protocols === null) return ports === null ? null : ports.map(range);
  const names = protocolNames(protocols);
  if (names === null) return [];
  return ports === null ? names : ports.flatMap((one) => names.map((name) => `${range(one)}/${name}`));
}

const range = ([first, last]: readonly [number, number]): string =>
  first === last ? String(first) : `${first}-${last}`;

/** Ports of several rules in one. */
export const portsOf = (gists: readonly Gist[]): Intervals<number> | null =>
  gists.some(({ ports }) => ports === null)
    ? null
    : gists.reduce<Intervals<number>>((all, { ports }) => union(all, ports ?? []), []);
