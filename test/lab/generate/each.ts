/** Every match that the engine knows, a few in each set, on ports of its own: it decides for them. */
import type { Family } from '../../../src/core/model.ts';
import { type Lines, SHARED, ofIptables } from './each-iptables.ts';
import { SETS, ofNftables } from './each-nftables.ts';
import type { Random } from './random.ts';
import { type PerFamily, type RuleSet, nothing } from './rule-set.ts';
import { ports } from './ways.ts';

const IN_A_SET = 5;
const protocols = ['tcp', 'udp'] as const;
const TABLES = ['raw', 'mangle', 'nat', 'filter'] as const;

/** Deals from a shuffled deck, so that each comes as often as any other. */
function dealer<T>(r: Random, kinds: readonly T[]): (count: number) => readonly T[] {
  let left: T[] = [];
  return (count) => {
    if (left.length < count) left = [...left, ...r.shuffled(kinds)];
    return left.splice(0, count);
  };
}

const ALONE = 2;
const IN_A_RULE = 3;

/** Some kinds by themselves, and some that hold together. */
function kindsFor<Kind, Words>(
  r: Random,
  {
    KINDS,
    MOSTLY,
    together,
  }: { KINDS: readonly Kind[]; MOSTLY: readonly Words[]; together: (list: readonly Words[]) => Kind },
): () => readonly Kind[] {
  const [alone, mostly] = [dealer(r, KINDS), dealer(r, MOSTLY)];
  return () => [...alone(ALONE), ...Array.from({ length: IN_A_SET - ALONE }, () => together(mostly(IN_A_RULE)))];
}

/** The ports, dealt out among so many. */
function shares(r: Random): readonly (readonly number[])[] {
  const free = r.shuffled(ports.filter((port) => !SHARED.some((shared) => shared === port)));
  return Array.from({ length: IN_A_SET }, (_, at) => free.filter((__, nth) => nth % IN_A_SET === at));
}

function iptables(r: Random, kinds: typeof ofIptables.KINDS): PerFamily {
  const policy = r.pick(['ACCEPT', 'DROP'] as const);
  const dealt = shares(r);
  const text = (family: Family): string => {
    const rules: Record<keyof Lines, string[]> = { raw: [], mangle: [], nat: [], filter: [] };
    for (const [at, kind] of kinds.entries()) {
      for (const protocol of protocols) {
        const own = dealt[at] ?? [];
        const doors = `-p ${protocol} -m multiport --dports ${own.join(',')}`;
        const hit = policy === 'DROP' ? 'ACCEPT' : 'DROP';
        const lines = kind({ r, family, protocol, doors, ports: own, hit });
        for (const table of TABLES) rules[table].push(...(lines[table] ?? []));
      }
    }
    const head: Record<keyof Lines, readonly string[]> = {
      raw: [':PREROUTING ACCEPT [0:0]'],
      mangle: [':PREROUTING ACCEPT [0:0]'],
      nat: [':PREROUTING ACCEPT [0:0]'],
      filter: [`:INPUT ${policy} [0:0]`, ':out - [0:0]'],
    };
    return TABLES.map((table) => [`*${table}`, ...head[table], ...rules[table], 'COMMIT\n'].join('\n')).join('');
  };
  return { ipv4: text(4), ipv6: text(6) };
}

function nftables(r: Random, kinds: typeof ofNftables.KINDS): string {
  const policy = r.pick(['accept', 'drop'] as const);
  const dealt = shares(r);
  const [raw, pre, nat, input]: string[][] = [[], [], [], []];
  for (const [at, kind] of kinds.entries()) {
    for (const protocol of protocols) {
      const own = dealt[at] ?? [];
      const doors = `${protocol} dport { ${own.join(', ')} }`;
      const lines = kind({ r, protocol, doors, ports: own, hit: policy === 'drop' ? 'accept' : 'drop' });
      raw?.push(...(lines.raw ?? []));
      pre?.push(...(lines.pre ?? []));
      nat?.push(...(lines.nat ?? []));
      input?.push(...(lines.input ?? []));
    }
  }
  const chain = (head: string, rules: readonly string[] = []): string[] => [`chain ${head}`, ...rules, '}'];
  return [
    'table inet t0 {',
    ...SETS,
    ...chain('raw { type filter hook prerouting priority -300; policy accept;', raw),
    ...chain('pre { type filter hook prerouting priority -150; policy accept;', pre),
    ...chain('nat { type nat hook prerouting priority -100; policy accept;', nat),
    ...chain(`in { type filter hook input priority 0; policy ${policy};`, input),
    '}',
    '',
  ].join('\n');
}

/** Each set takes away what the one before it left behind. */
const EMPTY = `nft flush ruleset; for ip in iptables-legacy ip6tables-legacy; do
  for table in raw mangle nat filter; do $ip -t $table -F; $ip -t $table -X; done; $ip -P INPUT ACCEPT
done`;

/** One deck of each kind for all series, so that every kind comes often enough. */
export function eachMatch(): (ground: Random) => (r: Random) => RuleSet {
  let decks: readonly [ReturnType<typeof dealIptables>, ReturnType<typeof dealNftables>] | null = null;
  let nth = 0;
  return (ground) => {
    const [ofSaved, ofNative] = (decks ??= [dealIptables(ground), dealNftables(ground)]);
    return (r) => {
      nth++;
      if (nth % 3 !== 0) return { ...nothing, setup: EMPTY, nftables: nftables(r, ofNative()) };
      return { ...nothing, setup: EMPTY, [nth % 2 === 0 ? 'iptables' : 'legacy']: iptables(r, ofSaved()) };
    };
  };
}

const dealIptables = (r: Random) => kindsFor(r, ofIptables);
const dealNftables = (r: Random) => kindsFor(r, ofNftables);
