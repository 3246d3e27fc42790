/**
 * Rules of pf -> chains that the engine walks.
 *
 * pf goes through all filter rules and does what the last one that matches says, unless one that matches is `quick`: then
 * that one decides at once. So the first quick rule that matches decides, else the last of the others: in a chain stand the
 * quick rules in their order, then the others from the last to the first, and the first that matches decides. An anchor is
 * a place in that order at which other rules stand; where it is quick itself, what they decide is decided. Where no rule
 * matches, pf passes. Of redirects the first that matches counts. Source: pf.conf(5), PACKET FILTERING, TRANSLATION, ANCHORS.
 *
 * Packets that come in are translated first, then filtered, before they are routed; those that are passed on are filtered
 * once more on their way out. Source: pf.conf(5), TRANSLATION; Apple, xnu, ip_input.c and ip_output.c.
 */
import { ruleDoubt, type Doubt } from '../../gaps/index.ts';
import type { Intervals } from '../../intervals.ts';
import type { Deciding } from '../../model.ts';
import { type Chain, type Rule, type Statement, always, test } from '../netfilter/model.ts';
import type { PfAnchor, PfFilter, PfLine, PfTarget, PfTranslation } from './model.ts';
import { type PfSurroundings, may, namesOf, testsOf } from './tests.ts';

/** Rules of an anchor; null: they were not read. */
type AnchorRules = readonly PfLine[] | null;

export interface PfRules {
  readonly filter: readonly PfLine[];
  readonly translation: readonly PfLine[];
  /** Rules of the anchors that one name stands for: `com.apple/*` are all below it, in the order of their names. */
  readonly anchors: (name: string, of: 'filter' | 'translation') => readonly { name: string; rules: AnchorRules }[];
  /** Interfaces that pf leaves alone (`set skip on`). */
  readonly skip: readonly string[];
  readonly around: PfSurroundings;
}

/** Two steps of the way in, before the packet is routed; and one on the way out of what is passed on. */
const REDIRECT = -100;
const FILTER = -50;

/** What `rdr pass` leaves on a packet, so that the filter lets it by. */
const PASSED = 0x70660001;

const DEEPEST = 16;

export function pfChains(rules: PfRules): readonly Chain[] {
  const translation = redirects(rules.translation, rules, '', [], 0);
  const leads = translation.length > 0;
  const skip = rules.skip.flatMap((name) => namesOf(name, rules.around));
  const passedBy = (on: 'in-interface' | 'out-interface'): readonly Rule[] =>
    skip.length === 0 ? [] : [{ text: 'set skip', statements: [test({ on, names: skip }), always({ do: 'accept' })] }];
  const filter = (way: Way, first: readonly Rule[]): readonly Rule[] => {
    const { quick, others } = flatten(rules.filter, rules, { anchor: '', tests: [], way }, 0);
    return [...passedBy(way === 'in' ? 'in-interface' : 'out-interface'), ...first, ...quick, ...others.toReversed()];
  };
  const marked: Rule = {
    text: 'rdr pass',
    statements: [test({ on: 'mark', mask: 0xffffffff, values: [[PASSED, PASSED]] }), always({ do: 'accept' })],
  };
  return [
    ...(leads ? [chain('rdr', 'prerouting', REDIRECT, 'nat', [...passedBy('in-interface'), ...translation])] : []),
    // Nothing from outside is for a loopback address, but by a redirect. Source: Apple, xnu, ip_input.c.
    ...(leads && leadsToLoopback(rules.translation, rules)
      ? [chain('martians', 'prerouting', -150, 'filter', MARTIANS)]
      : []),
    chain('in', 'prerouting', FILTER, 'filter', filter('in', leads ? [marked] : [])),
    chain('out', 'forward', 0, 'filter', filter('out', [])),
  ];
}

const MARTIANS: readonly Rule[] = [
  {
    text: 'loopback addresses are not reachable from outside',
    statements: [
      test({ on: 'in-interface', names: ['lo'] }, true),
      test({ on: 'in-interface', names: ['lo0'] }, true),
      test({ on: 'destination', family: 4, set: [[0x7f000000n, 0x7fffffffn]] }),
      always({ do: 'drop' }),
    ],
  },
];

function chain(
  name: string,
  hook: 'prerouting' | 'forward',
  priority: number,
  type: 'filter' | 'nat',
  rules: readonly Rule[],
): Chain {
  const policy: Deciding = { firewall: 'pf', rule: 'no rule blocks it' };
  return {
    key: `pf/${name}`,
    backend: 'pf',
    families: [4, 6],
    table: 'pf',
    name,
    base: { hook, priority, type, policy: 'accept' },
    rules,
    named: new Map<string, Deciding>([
      ['policy accept', policy],
      ...rules.map(({ text }) => [text, { firewall: 'pf', rule: text }] as const),
    ]),
  };
}

// ---------------------------------------------------------------- filter rules

type Way = 'in' | 'out';

interface Within {
  /** Its path; empty: the main rules. */
  readonly anchor: string;
  /** What the anchors around it ask. */
  readonly tests: readonly Statement[];
  readonly way: Way;
}

interface Flat {
  readonly quick: readonly Rule[];
  /** In their order: the last that matches decides. */
  readonly others: readonly Rule[];
}

function flatten(lines: readonly PfLine[], rules: PfRules, within: Within, depth: number): Flat {
  const quick: Rule[] = [];
  const others: Rule[] = [];
  for (const line of lines) {
    switch (line.kind) {
      case 'unread':
        quick.push(...anything(line.text, within.tests));
        break;
      case 'filter': {
        const made = filterRules(line, rules, within);
        (line.quick ? quick : others).push(...(line.quick ? made : made.toReversed()));
        break;
      }
      case 'anchor': {
        if (line.of !== 'filter' || !concerns(line, within.way)) break;
        const inside = inAnchor(line, rules, within, depth);
        quick.push(...inside.quick);
        if (line.quick) quick.push(...inside.others.toReversed());
        else others.push(...inside.others);
        break;
      }
      case 'translation':
        break;
    }
  }
  return { quick, others };
}

const concerns = ({ direction }: PfFilter | PfAnchor | PfTranslation, way: Way): boolean =>
  direction === null || direction === way;

const inWay = (way: Way) => (way === 'in' ? ('in-interface' as const) : ('out-interface' as const));

function inAnchor(line: PfAnchor, rules: PfRules, { anchor, tests, way }: Within, depth: number): Flat {
  const all = [...tests, ...testsOf(line, rules.around, anchor, inWay(way))];
  if (depth >= DEEPEST) return { quick: anything(line.text, all), others: [] };
  if (line.name === null) return flatten(line.rules, rules, { anchor, tests: all, way }, depth + 1);
  const parts = rules.anchors(pathOf(anchor, line.name), 'filter').map(({ name, rules: own }): Flat => {
    if (own === null) return { quick: anything(`anchor "${name}"`, all), others: [] };
    return flatten(own, rules, { anchor: name, tests: all, way }, depth + 1);
  });
  return { quick: parts.flatMap((part) => part.quick), others: parts.flatMap((part) => part.others) };
}

/** An anchor is named from the one that it stands in, unless its name begins with `/`. Source: pf.conf(5), ANCHORS. */
const pathOf = (anchor: string, name: string): string =>
  name.startsWith('/') ? name.slice(1) : anchor === '' ? name : `${anchor}/${name}`;

/** It may block, pass, or do nothing. */
const anything = (text: string, tests: readonly Statement[]): readonly Rule[] =>
  (['drop', 'accept'] as const).map((effect) => ({
    text,
    statements: [...tests, may(text), always({ do: effect })],
  }));

function filterRules(line: PfFilter, { around }: PfRules, { anchor, tests, way }: Within): readonly Rule[] {
  if (!concerns(line, way)) return [];
  const { text } = line;
  const all = [...tests, ...testsOf(line, around, anchor, inWay(way))];
  const make = (...more: readonly Statement[]): Rule => ({ text, statements: [...all, ...more] });
  if (line.action === 'block') return [make(always({ do: line.returns ? 'reject' : 'drop' }))];
  // What is led elsewhere does not arrive here; by which ways it may come back cannot be told.
  if (line.diverts.length > 0)
    return [make(may(line.diverts.join(', ')), always({ do: 'drop' })), make(always({ do: 'accept' }))];
  if (line.limits.length > 0)
    return [
      make(test({ on: 'rate', text: line.limits.join(', ') }), always({ do: 'accept' })),
      make(always({ do: 'drop' })),
    ];
  return [make(always({ do: 'accept' }))];
}

// ---------------------------------------------------------------- redirects

const doubtOf = (text: string): Doubt => ruleDoubt(text);

/** In their order: the first that matches counts, and one of another computer's address is not followed. */
function redirects(
  lines: readonly PfLine[],
  rules: PfRules,
  anchor: string,
  tests: readonly Statement[],
  depth: number,
): readonly Rule[] {
  return lines.flatMap((line): readonly Rule[] => {
    switch (line.kind) {
      case 'filter':
        return [];
      case 'unread':
        return [{ text: line.text, statements: [...tests, may(line.text), unknown(line.text)] }];
      case 'anchor': {
        if ((line.of !== 'rdr' && line.of !== 'binat') || !concerns(line, 'in')) return [];
        const all = [...tests, ...testsOf(line, rules.around, anchor, 'in-interface')];
        const open = { text: line.text, statements: [...all, may(line.text), unknown(line.text)] };
        if (depth >= DEEPEST) return [open];
        if (line.name === null) return redirects(line.rules, rules, anchor, all, depth + 1);
        return rules.anchors(pathOf(anchor, line.name), 'translation').flatMap(({ name, rules: own }) => {
          // Only its own kind of rules counts in an anchor of one kind.
          const kind = own?.filter((one) => one.kind === 'unread' || one.kind === 'filter' || one.of === line.of);
          return kind === undefined ? [open] : redirects(kind, rules, name, all, depth + 1);
        });
      }
      case 'translation':
        return translated(line, rules, anchor, tests);
    }
  });
}

const unknown = (text: string): Statement => always({ do: 'unknown', doubt: doubtOf(text) });

function translated(
  line: PfTranslation,
  { around }: PfRules,
  anchor: string,
  tests: readonly Statement[],
): readonly Rule[] {
  const { text } = line;
  if (line.of === 'nat' || !concerns(line, 'in')) return [];
  // In both directions: what comes to the outer address goes to the inner one.
  if (line.of === 'binat') return [{ text, statements: [...tests, may(text), unknown(text)] }];
  const all = [...tests, ...testsOf(line, around, anchor, 'in-interface')];
  if (line.no || line.to === null) return [{ text, statements: [...all, always({ do: 'accept' })] }];
  const to = placesOf(line.to);
  if (to === null) return [{ text, statements: [...all, unknown(text)] }];
  const mark = line.pass ? [always({ do: 'set-mark' as const, target: 'mark' as const, and: 0, xor: PASSED })] : [];
  return [{ text, statements: [...all, ...mark, always({ do: 'dnat', ...to })] }];
}

/** null: it cannot be told where. */
function placesOf({
  addresses,
  port,
}: PfTarget): { set: readonly (readonly [bigint, bigint])[]; ports: Intervals<number> | null } | null {
  const set = addresses.map((one) => (one.kind === 'range' ? one : null));
  const [first] = set;
  if (first === undefined || first === null) return null;
  const same = set.flatMap((one) => (one !== null && one.family === first.family ? [one.range] : []));
  // Whether the loopback address of IPv6 can be led to from outside is not documented.
  if (same.length !== set.length || same.some(([from, to]) => first.family === 6 && from <= 1n && to >= 1n))
    return null;
  const match = /^(\d{1,5})(?::(\d{1,5}))?$/.exec(port ?? '');
  if (port !== null && match === null) return null;
  const [from, to] = [Number(match?.[1]), Number(match?.[2] ?? match?.[1])];
  return { set: same.toSorted((a, b) => (a[0] < b[0] ? -1 : 1)), ports: port === null ? null : [[from, to]] };
}

/** Every rule of some kind, wherever it stands. */
function allLines(
  lines: readonly PfLine[],
  rules: PfRules,
  of: 'filter' | 'translation',
  anchor = '',
  depth = 0,
): readonly PfLine[] {
  return lines.flatMap((line): readonly PfLine[] => {
    if (line.kind !== 'anchor') return [line];
    if (depth >= DEEPEST) return [{ kind: 'unread', text: line.text }];
    if (line.name === null) return allLines(line.rules, rules, of, anchor, depth + 1);
    return rules
      .anchors(pathOf(anchor, line.name), of)
      .flatMap(({ name, rules: own }) =>
        own === null
          ? [{ kind: 'unread' as const, text: `anchor "${name}"` }]
          : allLines(own, rules, of, name, depth + 1),
      );
  });
}

const isLoop = (value: bigint): boolean => value >= 0x7f000000n && value <= 0x7fffffffn;

function leadsToLoopback(lines: readonly PfLine[], rules: PfRules): boolean {
  return allLines(lines, rules, 'translation').some(
    (line) =>
      line.kind === 'translation' &&
      line.of === 'rdr' &&
      (line.to?.addresses.some((one) => one.kind === 'range' && one.family === 4 && isLoop(one.range[0])) ?? false),
  );
}

/** Does a redirect lead to a loopback address of IPv4? Then that can be reached from outside. */
export const reachesLoopback = (rules: PfRules): boolean => leadsToLoopback(rules.translation, rules);

/** May a redirect lead anywhere here, so that nobody knows what it opens? */
export const leadsAnywhere = (rules: PfRules): boolean =>
  allLines(rules.translation, rules, 'translation').some(
    (line) =>
      line.kind === 'unread' ||
      (line.kind === 'translation' &&
        (line.of === 'binat' || (line.of === 'rdr' && line.to !== null && placesOf(line.to) === null))),
  );
