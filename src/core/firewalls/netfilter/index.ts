/**
 * Transcripts -> all of netfilter, from the source that can tell each part truly.
 *
 *   iptables-save.ts, iptables-rule.ts   what the save commands print (the backend that they are linked to), with
 *     iptables-option.ts, iptables-target.ts, iptables-ports.ts   the words of a rule
 *   harmless.ts   chains that can take no packet away
 *   ipset.ts   the sets that those rules name
 *   added-by-nft.ts   rules that nft put among those
 *   nft-json.ts, nft-key.ts, nft-field.ts, nft-rule.ts   native tables from `nft -j list ruleset`
 *   asleep.ts   which tables sleep, where nft cannot say
 *   model.ts   the form that both become
 *
 * `nft` shows rules of iptables-nft without their ports, so those come from the save commands; the save commands show no
 * native tables, so those come from nft; legacy tables are seen by neither. A part that could hold rules and was not
 * read is listed in `unread`, and nothing is "blocked" or "open" then.
 */
import { type Fault, type GapHow, type GapWhat, type GapWhy, gap as told, lookAtTable } from '../../gaps/index.ts';
import type { Family, Gap, Snapshot, Transcript } from '../../model.ts';
import { find, whyNot } from '../../transcripts.ts';
import { withNftRules } from './added-by-nft.ts';
import { parseIpsets } from './ipset.ts';
import { type SetsRead, readRule } from './iptables-rule.ts';
import { type Saved, type SavedTable, parseSave } from './iptables-save.ts';
import { isHarmless } from './harmless.ts';
import type { BaseHook, BesideChain, Chain, Effect, Hook, Netfilter, Statement } from './model.ts';
import { type NftChain, type NftRuleset, parseNft } from './nft-json.ts';
import { readNftRule } from './nft-rule.ts';
import { asleep } from './asleep.ts';

const EXACT: GapHow = { kind: 'exact' };
const gap = (what: GapWhat, why: GapWhy, how: GapHow = EXACT): Gap => told({ what, why, how });
const command = (text: string): GapHow => ({ kind: 'command', command: text });

const NATIVE: GapWhat = { kind: 'kernel-rules', by: 'nftables', family: null, legacy: false };
const NOT_GATHERED: GapWhy = { kind: 'not-gathered' };

export function readNetfilter(snapshot: Snapshot): Netfilter {
  const unread: Record<Family, Gap[]> = { 4: [], 6: [] };
  const nft = readNative(snapshot, unread);
  const chains: Chain[] = [];
  const covered = new Set<string>();
  const sets = readSets(snapshot);
  for (const family of [4, 6] as const) {
    const result = readSaved(snapshot, family, nft, sets);
    chains.push(...result.chains);
    unread[family].push(...result.gaps);
    for (const chain of result.shown) covered.add(chain);
  }
  const known = asleep(snapshot);
  if (nft !== null) chains.push(...nativeChains(nft, covered, known, unread));
  return { chains, beside: nft === null ? [] : besideChains(nft, known), unread };
}

// ---------------------------------------------------------------- native nftables

function readNative(snapshot: Snapshot, unread: Record<Family, Gap[]>): NftRuleset | null {
  const transcript = find(snapshot, 'nft');
  const both = (entry: Gap): null => {
    unread[4].push(entry);
    unread[6].push(entry);
    return null;
  };
  if (transcript?.failure === 'missing' || transcript === undefined) {
    return withoutNft(snapshot) ? { tables: [], chains: [], sets: new Map() } : both(nftGap(snapshot, transcript));
  }
  const why = whyNot(transcript);
  if (why !== null) return both(gap(NATIVE, why));
  const parsed = parseNft(transcript.stdout);
  return parsed ?? both(gap(NATIVE, { kind: 'garbled', by: 'nft' }));
}

function nftGap(snapshot: Snapshot, transcript: Transcript | undefined): Gap {
  const asked = find(snapshot, 'nft.tables');
  const holds: GapWhy | null = asked?.failure === null ? { kind: 'nft-missing' } : null;
  const why = holds ?? whyNot(asked) ?? whyNot(transcript) ?? NOT_GATHERED;
  return gap(NATIVE, why, why.kind === 'refused' ? EXACT : command('sudo apt install nftables'));
}

/** Without nft: true when the kernel itself says how many tables it has, and the save commands show that many. */
function withoutNft(snapshot: Snapshot): boolean {
  const asked = find(snapshot, 'nft.tables');
  if (asked === undefined || whyNot(asked) !== null) return false;
  const count = /^\s*(\d+)\s*$/.exec(asked.stdout);
  if (count === null) return false;
  const shown = ([4, 6] as const).flatMap((family) => {
    const saved = usable(find(snapshot, saveId(family)));
    return saved !== null && saved.backend === 'nf_tables' ? saved.tables : [];
  });
  return shown.length === Number(count[1]);
}

const HOOKS = new Set<string>(['prerouting', 'input', 'forward', 'output', 'postrouting']);

function nativeChains(
  nft: NftRuleset,
  covered: ReadonlySet<string>,
  known: ReadonlyMap<string, boolean>,
  unread: Record<Family, Gap[]>,
): Chain[] {
  const dormant = dormancy(nft, known);
  const out: Chain[] = [];
  for (const chain of nft.chains) {
    const place = `${chain.family} ${chain.table}`;
    if (covered.has(`${place} ${chain.name}`) || dormant.get(place) === true) continue;
    const families: readonly Family[] =
      chain.family === 'ip' ? [4] : chain.family === 'ip6' ? [6] : chain.family === 'inet' ? [4, 6] : [];
    if (families.length === 0 || chain.hook === 'ingress' || chain.hook === 'egress') {
      continue;
    }
    if (dormant.get(place) === null && chain.hook !== null) {
      const entry = gap(
        { kind: 'table', table: place },
        { kind: 'dormancy' },
        command(lookAtTable(chain.family, chain.table)),
      );
      for (const family of families) note(unread[family], entry);
    }
    out.push(nativeChain(chain, families, nft, covered));
  }
  return out;
}

/** Which tables sleep: what nft says, and where it prints nonsense, what the kernel said. Null: not known. */
const dormancy = (nft: NftRuleset, known: ReadonlyMap<string, boolean>): ReadonlyMap<string, boolean | null> =>
  new Map(
    nft.tables.map(({ family, name, dormant }) => {
      const place = `${family} ${name}`;
      return [place, dormant ?? known.get(place) ?? null];
    }),
  );

/** Base chains that see packets before the ones that are walked, or their answers after those. */
function besideChains(nft: NftRuleset, known: ReadonlyMap<string, boolean>): readonly BesideChain[] {
  const dormant = dormancy(nft, known);
  return nft.chains.flatMap((chain): readonly BesideChain[] => {
    const { family, table, name, hook } = chain;
    const apart = family === 'netdev' || family === 'bridge' || hook === 'ingress' || hook === 'egress';
    if (hook === null || !apart || dormant.get(`${family} ${table}`) === true || isHarmless(chain, nft)) return [];
    const visited = nft.chains.filter(
      (other) => other === chain || (other.family === family && other.table === table && other.hook === null),
    );
    const effects = visited
      .flatMap((each) => nativeChain(each, [4, 6], nft).rules)
      .flatMap(({ statements }) => statements.flatMap(effectsIn));
    return [{ family, table, name, hook, onlyDrops: effects.every(({ do: does }) => NARROWS.has(does)) }];
  });
}

const NARROWS = new Set<Effect['do']>(['accept', 'return', 'jump', 'goto', 'drop']);

const effectsIn = (statement: Statement): readonly Effect[] =>
  statement.kind === 'effect'
    ? [statement.effect]
    : statement.kind === 'choose'
      ? statement.cases.flatMap(({ effect }) => (effect === null ? [] : [effect]))
      : [];

function note(gaps: Gap[], entry: Gap): void {
  if (!gaps.some((known) => known.what === entry.what)) gaps.push(entry);
}

function nativeChain(
  chain: NftChain,
  families: readonly Family[],
  nft: NftRuleset,
  covered: ReadonlySet<string> = new Set(),
): Chain {
  const key = (name: string): string =>
    covered.has(`${chain.family} ${chain.table} ${name}`)
      ? `iptables/${chain.family === 'ip' ? 4 : 6}/${chain.table}/${name}`
      : `nft/${chain.family}/${chain.table}/${name}`;
  const exists = (name: string): boolean =>
    nft.chains.some((other) => other.family === chain.family && other.table === chain.table && other.name === name);
  const context = {
    families,
    chainKey: (name: string) => (exists(name) ? key(name) : undefined),
    setNamed: (name: string) => nft.sets.get(`${chain.family} ${chain.table} ${name}`),
  };
  const base: BaseHook | null =
    chain.hook !== null && HOOKS.has(chain.hook)
      ? {
          hook: chain.hook as Hook,
          priority: chain.priority,
          type: chain.type === 'nat' || chain.type === 'route' ? chain.type : 'filter',
          policy: chain.policy === 'drop' ? 'drop' : 'accept',
        }
      : null;
  const rules = chain.rules.map((rule) => readNftRule(rule.expressions, rule.comment, context));
  return {
    key: key(chain.name),
    backend: 'nftables',
    families,
    table: `${chain.family} ${chain.table}`,
    name: chain.name,
    base,
    rules,
  };
}

// ---------------------------------------------------------------- iptables

const saveId = (family: Family): string => (family === 4 ? 'iptables-save' : 'ip6tables-save');
const legacyId = (family: Family): string => (family === 4 ? 'iptables-legacy-save' : 'ip6tables-legacy-save');
const namesId = (family: Family): string => `file:/proc/net/${family === 4 ? 'ip' : 'ip6'}_tables_names`;

const saveIds = ([4, 6] as const).flatMap((family) => [saveId(family), legacyId(family)]);

function usable(transcript: Transcript | undefined): Saved | null {
  return transcript === undefined || whyNot(transcript) !== null ? null : parseSave(transcript.stdout);
}

/** Sets of ipset, and which of them rules of iptables themselves write to. */
function readSets(snapshot: Snapshot): SetsRead {
  const printed = find(snapshot, 'ipset');
  const sets = printed === undefined || whyNot(printed) !== null ? new Map() : parseIpsets(printed.stdout);
  const written = (verb: string): ReadonlySet<string> =>
    new Set(
      [...saveIds].flatMap((id) =>
        [...(find(snapshot, id)?.stdout ?? '').matchAll(new RegExp(` --${verb}-set (\\S+)`, 'g'))].map(
          ([, name = '']) => name,
        ),
      ),
    );
  return { sets, added: written('add'), removed: written('del') };
}

interface SavedResult {
  readonly chains: readonly Chain[];
  readonly gaps: readonly Gap[];
  /** Chains of nft (`ip filter INPUT`) that were read here. */
  readonly shown: readonly string[];
}

function readSaved(snapshot: Snapshot, family: Family, nft: NftRuleset | null, sets: SetsRead): SavedResult {
  const what: GapWhat = { kind: 'kernel-rules', by: 'iptables', family, legacy: false };
  const transcript = find(snapshot, saveId(family));
  const saved = usable(transcript);
  const nftFamily = family === 4 ? 'ip' : 'ip6';
  const chains: Chain[] = [];
  const gaps: Gap[] = [];
  const nftTables: string[] = [];
  const shown: string[] = [];
  if (saved !== null) {
    for (const fault of saved.faults) gaps.push(gap(what, { kind: 'not-whole', program: saveId(family), fault }));
    const backend = saved.backend === 'legacy' ? 'iptables-legacy' : 'iptables';
    for (const chain of saved.tables.flatMap((table) => savedChains(table, family, backend, sets))) {
      const whole = backend === 'iptables' && nft !== null ? withNftRules(chain, family, nft) : chain;
      if (whole === null) gaps.push(gap(what, { kind: 'nft-in-chain', chain: chain.name }));
      chains.push(whole ?? chain);
    }
    if (backend === 'iptables') {
      nftTables.push(...saved.tables.map((table) => `${nftFamily} ${table.name}`));
      shown.push(...chainsShown(saved, nftFamily, nft));
    }
  } else if (transcript !== undefined && transcript.failure !== 'missing') {
    gaps.push(gap(what, whyNot(transcript) ?? NOT_GATHERED));
  }
  // Tables that only iptables-nft can show in full, and that were not shown.
  const hidden = nft?.chains.some(
    (chain) => chain.family === nftFamily && !nftTables.includes(`${nftFamily} ${chain.table}`) && holdsForeign(chain),
  );
  if (hidden === true) gaps.push(gap(what, { kind: 'iptables-only' }, command(`sudo ${saveId(family)}`)));
  const legacy = readLegacy(snapshot, family, saved, sets);
  return { chains: [...chains, ...legacy.chains], gaps: [...gaps, ...legacy.gaps], shown };
}

/**
 * A table that iptables shows may hold chains that it does not: of another name (`table ip filter { chain input … }` is not
 * its `INPUT`), or of the same name at another hook or priority. It prints its own empty ones instead (seen).
 */
function chainsShown(saved: Saved, family: string, nft: NftRuleset | null): readonly string[] {
  const others = new Set(
    (nft?.chains ?? [])
      .filter((chain) => chain.family === family && chain.hook !== null && !isOfIptables(chain))
      .map(({ table, name }) => `${family} ${table} ${name}`),
  );
  return saved.tables
    .flatMap((table) => [...table.chains.keys()].map((name) => `${family} ${table.name} ${name}`))
    .filter((place) => !others.has(place));
}

/** One of the chains that iptables makes and shows, at its place. */
export const isOfIptables = ({ table, name, hook, priority }: NftChain): boolean =>
  hook === name.toLowerCase() &&
  name === name.toUpperCase() &&
  // iptables' nf_tables backend puts its security table at 150, the kernel's own is at 50.
  (priority === natPriority(table, hook) || (table === 'security' && priority === 150));

const holdsForeign = (chain: NftChain): boolean =>
  chain.rules.some((rule) => rule.expressions.some((json) => JSON.stringify(json).includes('"xt"')));

function readLegacy(
  snapshot: Snapshot,
  family: Family,
  saved: Saved | null,
  sets: SetsRead,
): Omit<SavedResult, 'shown'> {
  const none = { chains: [], gaps: [] };
  const what: GapWhat = { kind: 'kernel-rules', by: 'iptables', family, legacy: true };
  if (saved?.backend === 'legacy') return none;
  const names = find(snapshot, namesId(family));
  if (names?.failure === 'missing') return none;
  const why = whyNot(names);
  if (names === undefined || why !== null) return { chains: [], gaps: [gap(what, why ?? NOT_GATHERED)] };
  if (names.stdout.trim() === '') return none;
  const transcript = find(snapshot, legacyId(family));
  const legacy = usable(transcript);
  if (legacy === null) {
    const loaded: GapWhy = { kind: 'legacy-loaded', why: whyNot(transcript) ?? NOT_GATHERED };
    return { chains: [], gaps: [gap(what, loaded, command(`sudo ${legacyId(family)}`))] };
  }
  const shown = legacy.tables.map(({ name }) => name);
  const lost = names.stdout.split('\n').filter((name) => name.trim() !== '' && !shown.includes(name.trim()));
  return {
    chains: legacy.tables.flatMap((table) => savedChains(table, family, 'iptables-legacy', sets)),
    gaps: [...legacy.faults, ...lost.map((table): Fault => ({ kind: 'missing-table', table }))].map((fault) =>
      gap(what, { kind: 'not-whole', program: legacyId(family), fault }),
    ),
  };
}

/** Hooks and priorities of the built-in chains. Source: linux/netfilter_ipv4.h, enum nf_ip_hook_priorities. */
const PRIORITY: Readonly<Record<string, number>> = { raw: -300, mangle: -150, nat: -100, filter: 0, security: 50 };

function savedChains(
  table: SavedTable,
  family: Family,
  backend: 'iptables' | 'iptables-legacy',
  sets: SetsRead,
): Chain[] {
  const key = (name: string): string => `${backend}/${family}/${table.name}/${name}`;
  const byChain = new Map<string, { words: readonly string[]; text: string }[]>();
  for (const rule of table.rules) {
    const list = byChain.get(rule.chain);
    if (list === undefined) byChain.set(rule.chain, [rule]);
    else list.push(rule);
  }
  const reader = {
    family,
    chainKey: (name: string) => (table.chains.get(name) === '-' ? key(name) : undefined),
    sets,
  };
  return [...table.chains].map(([name, policy]): Chain => {
    const hook = name.toLowerCase();
    const base: BaseHook | null =
      policy === '-' || !HOOKS.has(hook)
        ? null
        : {
            hook: hook as Hook,
            priority: natPriority(table.name, hook),
            type: table.name === 'nat' ? 'nat' : 'filter',
            policy: policy === 'DROP' ? 'drop' : 'accept',
          };
    const rules = (byChain.get(name) ?? []).map((rule) => readRule(rule.words, rule.text, reader));
    return { key: key(name), backend, families: [family], table: table.name, name, base, rules };
  });
}

const natPriority = (table: string, hook: string): number =>
  table === 'nat' && (hook === 'input' || hook === 'postrouting') ? 100 : (PRIORITY[table] ?? 0);
