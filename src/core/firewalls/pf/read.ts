/**
 * Transcripts -> pf's rules as they are loaded, with what was not read. Files say nothing here: /etc/pf.conf is what is
 * loaded when the computer starts, and programs load other rules beside it.
 */
import { type GapWhat, gap, unreadDoubt } from '../../gaps/index.ts';
import { readMacInterfaces } from '../../machine/macos.ts';
import type { FirewallState, Gap, Policy, Reading, Snapshot, Transcript } from '../../model.ts';
import { find, gapOf, whyNot } from '../../transcripts.ts';
import { type Chain, type Rule, always, test } from '../netfilter/model.ts';
import { type PfRules, leadsAnywhere, pfChains, reachesLoopback } from './compile.ts';
import type { PfLine } from './model.ts';
import { parsePf } from './parse.ts';
import { type PfSurroundings, type TableSet, may, tableSet } from './tests.ts';

export interface PfState {
  /** null: cannot tell. */
  readonly active: boolean | null;
  /** null: they were not read, or are not in force. */
  readonly rules: PfRules | null;
  readonly chains: readonly Chain[];
  /** Where redirects lead is not known, so that what listens on loopback may be open through one. */
  readonly redirectsUnknown: boolean;
  /** A redirect leads to a loopback address. */
  readonly reachesLoopback: boolean;
  readonly gaps: readonly Gap[];
}

const ROOT = { kind: 'as-root' } as const;
const PF: GapWhat = { kind: 'mac', part: 'pf' };
const GARBLED = { kind: 'garbled', by: 'pfctl' } as const;

const known = new WeakMap<Snapshot, PfState>();

/** Reading the same snapshot again costs nothing. */
export function readPf(snapshot: Snapshot): PfState {
  const state = known.get(snapshot) ?? read(snapshot);
  known.set(snapshot, state);
  return state;
}

function read(snapshot: Snapshot): PfState {
  const info = find(snapshot, 'pf.info');
  const noInfo = gapOf(info, PF, ROOT);
  // Source: pfctl(8), -s info; Apple, pfctl_parser.c, print_status.
  const status = noInfo === null ? /^Status: (Enabled|Disabled)\b/m.exec(info?.stdout ?? '')?.[1] : undefined;
  if (status === 'Disabled')
    return { active: false, rules: null, chains: [], redirectsUnknown: false, reachesLoopback: false, gaps: [] };
  const gaps: Gap[] = [];
  if (noInfo !== null) gaps.push(noInfo);
  else if (status === undefined) gaps.push(gap({ what: PF, why: GARBLED, how: ROOT }));
  const filter = linesOf(snapshot, 'pf.rules');
  const translation = linesOf(snapshot, 'pf.nat');
  if (gaps.length === 0) {
    const whats = [
      [filter, 'pf.rules', 'pf'],
      [translation, 'pf.nat', 'pf-redirects'],
    ] as const;
    for (const [lines, id, part] of whats) {
      const failed = gapOf(find(snapshot, id), { kind: 'mac', part }, ROOT);
      if (lines === null && failed !== null) gaps.push(failed);
    }
  }
  const active = status === undefined ? null : true;
  if (active === null || filter === null || translation === null)
    return { active, rules: null, chains: [unread(gaps)], redirectsUnknown: true, reachesLoopback: false, gaps };
  const rules: PfRules = {
    filter,
    translation,
    anchors: anchorsOf(snapshot),
    skip: [...(textOf(snapshot, 'pf.interfaces') ?? '').matchAll(/^(\S+) \(skip\)/gm)].map(([, name = '']) => name),
    around: surroundings(snapshot),
  };
  const chains = pfChains(rules);
  // Which interfaces it leaves alone is not told by the rules.
  const blind = textOf(snapshot, 'pf.interfaces') === null;
  return {
    active,
    rules,
    chains: blind ? chains.map(unlessSkipped) : chains,
    redirectsUnknown: leadsAnywhere(rules),
    reachesLoopback: reachesLoopback(rules),
    gaps: unlisted(snapshot),
  };
}

const textOf = (snapshot: Snapshot, id: string): string | null => {
  const transcript = find(snapshot, id);
  return whyNot(transcript) === null ? (transcript?.stdout ?? '') : null;
};

function linesOf(snapshot: Snapshot, id: string): readonly PfLine[] | null {
  const text = textOf(snapshot, id);
  return text === null ? null : parsePf(text).lines;
}

const unlessSkipped = (chain: Chain): Chain => ({
  ...chain,
  rules: [{ text: 'set skip', statements: [may('set skip'), always({ do: 'accept' })] }, ...chain.rules],
});

/** Whatever pf does: it may drop what comes in, or lead it elsewhere. */
function unread(gaps: readonly Gap[]): Chain {
  const rules = gaps.map(
    (one): Rule => ({
      text: one.what,
      statements: [test({ on: 'unknown', doubt: unreadDoubt(one) }), always({ do: 'drop' })],
    }),
  );
  return {
    key: 'pf/unread',
    backend: 'pf',
    families: [4, 6],
    table: 'pf',
    name: 'in',
    base: { hook: 'prerouting', priority: -50, type: 'filter', policy: 'accept' },
    rules,
    named: new Map([['policy accept', { firewall: 'pf', rule: 'no rule that is known blocks it' }]]),
  };
}

// ---------------------------------------------------------------- anchors

/** All anchors at any depth; `pfctl -v -s Anchors` lists them. null: it did not. */
function namesOf(snapshot: Snapshot): readonly string[] | null {
  const text = textOf(snapshot, 'pf.anchors');
  return text === null
    ? null
    : text
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '');
}

function anchorsOf(snapshot: Snapshot): PfRules['anchors'] {
  const names = namesOf(snapshot);
  const idOf = { filter: 'pf.rules', translation: 'pf.nat' } as const;
  return (name, of) => {
    if (names === null) return [{ name, rules: null }];
    const below = name === '*' ? '' : name.endsWith('/*') ? name.slice(0, -1) : null;
    const found =
      below === null
        ? names.filter((one) => one === name)
        : names.filter((one) => one.startsWith(below) && !one.slice(below.length).includes('/')).toSorted(byName);
    return found.map((one) => ({ name: one, rules: linesOf(snapshot, `${idOf[of]}:${one}`) }));
  };
}

const byName = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Anchors whose rules were not read are gaps, whether or not a rule leads to them. */
function unlisted(snapshot: Snapshot): readonly Gap[] {
  const failed = gapOf(find(snapshot, 'pf.anchors'), PF, ROOT);
  if (failed !== null) return [failed];
  return (namesOf(snapshot) ?? []).flatMap((anchor) =>
    (['pf.rules', 'pf.nat'] as const).flatMap((id) => {
      const lost = gapOf(find(snapshot, `${id}:${anchor}`), { kind: 'pf-anchor', anchor }, ROOT);
      return lost === null ? [] : [lost];
    }),
  );
}

/** Names of the anchors that hold rules, and what these are. */
export function anchorRules(snapshot: Snapshot): readonly { readonly anchor: string; readonly rules: number }[] {
  return (namesOf(snapshot) ?? []).flatMap((anchor) => {
    const lines = [`pf.rules:${anchor}`, `pf.nat:${anchor}`].flatMap((id) => linesOf(snapshot, id) ?? []);
    const rules = lines.filter(({ kind }) => kind !== 'anchor').length;
    return rules === 0 ? [] : [{ anchor, rules }];
  });
}

// ---------------------------------------------------------------- what rules ask about

function surroundings(snapshot: Snapshot): PfSurroundings {
  const tables = new Map<string, TableSet | null>();
  return {
    interfaces: readMacInterfaces(snapshot).value,
    services: servicesOf(snapshot),
    table: (anchor, name) => {
      const key = `${anchor}:${name}`;
      const seen = tables.get(key);
      if (seen !== undefined) return seen;
      // A table that an anchor does not have is that of the main rules. Source: xnu, pf_table.c, pfr_attach_table.
      const own = tableIn(snapshot, anchor, name);
      const set = own === 'absent' ? tableIn(snapshot, '', name) : own;
      const value = set === 'absent' ? null : set;
      tables.set(key, value);
      return value;
    },
  };
}

function tableIn(snapshot: Snapshot, anchor: string, name: string): TableSet | null | 'absent' {
  const transcript = find(snapshot, `pf.table:${anchor}:${name}`);
  const why = whyNot(transcript);
  if (why?.kind === 'failed' && anchor !== '' && /does not exist/i.test(transcript?.stderr ?? '')) return 'absent';
  if (why !== null) return null;
  const lines = (transcript?.stdout ?? '').split('\n').filter((line) => line.trim() !== '');
  const entries = lines.map((line) => /^\s*(!?)\s*([0-9a-fA-F.:]+(?:\/\d{1,3})?)\s*$/.exec(line));
  return entries.includes(null)
    ? null
    : tableSet(entries.map((match) => ({ not: match?.[1] === '!', address: match?.[2] ?? '' })));
}

/** A name of /etc/services, or one of its other names, with its numbers. */
function servicesOf(snapshot: Snapshot): ReadonlyMap<string, readonly number[]> | null {
  const text = textOf(snapshot, 'file:/etc/services');
  if (text === null) return null;
  const numbers = new Map<string, number[]>();
  for (const line of text.split('\n')) {
    const [, name = '', port = '', protocol = '', others = ''] =
      /^([^\s#]+)\s+(\d{1,5})\/(tcp|udp)\b([^#]*)/.exec(line) ?? [];
    for (const one of [name, ...others.split(/\s+/)]) {
      if (one === '') continue;
      const key = `${protocol}/${one}`;
      numbers.set(key, [...(numbers.get(key) ?? []), Number(port)]);
    }
  }
  return numbers;
}

// ---------------------------------------------------------------- is it on

export function pfState(snapshot: Snapshot): Reading<readonly FirewallState[]> {
  const { active, rules, gaps } = readPf(snapshot);
  const inbound: Policy = active === false ? 'allow' : rules === null ? 'unknown' : defaultOf(rules.filter);
  const own = rules === null ? [] : [...rules.filter, ...rules.translation].filter(({ kind }) => kind !== 'anchor');
  const count = own.length + anchorRules(snapshot).reduce((sum, one) => sum + one.rules, 0);
  const known = rules !== null && gaps.length === 0;
  return {
    value: [
      {
        id: 'pf',
        active,
        defaults: { inbound, outbound: active === false ? 'allow' : 'unknown' },
        rules: known ? count : null,
      },
    ],
    gaps,
  };
}

/** What the last rule says that asks for nothing; without one, pf passes. */
function defaultOf(lines: readonly PfLine[]): Policy {
  const plain = lines.findLast(
    (line) =>
      line.kind === 'filter' &&
      line.direction !== 'out' &&
      line.interface === null &&
      line.family === null &&
      line.protocol === null &&
      line.narrows.length === 0 &&
      [line.source, line.destination].every(({ address, port }) => address.kind === 'any' && port === null),
  );
  if (plain?.kind !== 'filter' || plain.action === 'pass') return 'allow';
  return plain.returns ? 'reject' : 'deny';
}

/** Tables that rules name, by the anchor whose rules do, and in the main rules. */
export function tablesIn(
  transcripts: readonly Pick<Transcript, 'id' | 'stdout'>[],
): readonly { readonly anchor: string; readonly table: string }[] {
  const found = new Map<string, { anchor: string; table: string }>();
  for (const { id, stdout } of transcripts) {
    const match = /^pf\.(?:rules|nat)(?::(.+))?$/.exec(id);
    if (match === null) continue;
    for (const [, table = ''] of stdout.matchAll(/<([\w.-]+)(?::[\d*]+)?>/g))
      for (const anchor of new Set([match[1] ?? '', ''])) found.set(`${anchor}:${table}`, { anchor, table });
  }
  return [...found.values()];
}
