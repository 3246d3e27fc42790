/**
 * Closing, and opening again, in firewalld: a rule ahead of all others in each zone that lets the port in now. Which zones
 * those are is not taken from names: each zone in use is tried, and the one that makes a difference is meant.
 */
import { type AddressSet, NOTHING, setOf } from '../address.ts';
import { isReached } from '../advice/audience.ts';
import { firewalld, predict } from '../firewalls/registry.ts';
import { intersect, minus, normalize, union } from '../intervals.ts';
import type { Family, Operation, Report, Snapshot, Target } from '../model.ts';
import { type ProblemMeaning, problem } from '../problem.ts';
import { letsThrough } from '../reach/summary.ts';
import { allWays, isAt, type PortChoice, reached } from './check-ways.ts';
import { decidingFirst, noWayThrough } from './demands.ts';
import { bare, endsAt, isOpen, listenersOn, portNamed } from './reach-sets.ts';
import { networksOf, spared } from './recipe.ts';
import type { Warning } from '../told.ts';
import { rulesUnknown } from './unknown.ts';

/** What is judged as what. */
export interface Seen {
  readonly snapshot: Snapshot;
  readonly report: Report;
  readonly judge: (snapshot: Snapshot) => Report;
}

type Op = firewalld.ZoneOperation;
type Rules = readonly firewalld.OwnRule[];

const FAMILIES: readonly Family[] = [4, 6];

/** firewalld's state, complete and such that what it would do is known. Throws a ProblemError otherwise. */
export function demandFirewalld(snapshot: Snapshot): firewalld.FirewalldState {
  const { value: state, gaps } = firewalld.readFirewalld(snapshot);
  const gap = gaps[0] ?? firewalld.kernelGap(snapshot);
  if (gap !== null) {
    const refused = gap.means.why.kind === 'refused';
    throw rulesUnknown(gap.means, refused);
  }
  if (state?.running !== true) {
    throw problem('unsupported', { kind: 'firewalld-stopped' });
  }
  if (state.panic === true) {
    throw problem('unsupported', { kind: 'firewalld-panic' });
  }
  return state;
}

/** Zones that decide about packets now, and will after a restart. */
const zonesOf = ({ zones, keptZones }: firewalld.FirewalldState): readonly string[] =>
  [...zones.keys()].filter((zone) => firewalld.isZone(zone) && keptZones.has(zone));

const sameRule = (a: firewalld.OwnRule, b: firewalld.OwnRule): boolean =>
  firewalld.printRule(a) === firewalld.printRule(b);

/** Portcullis's rules for the port in both forms of a zone; `whole`: those that stand in both. */
function ownRules(state: firewalld.FirewalldState, zone: string, target: Target): { all: Rules; whole: Rules } {
  const of = (settings: { readonly richRules: readonly string[] } | undefined): Rules =>
    (settings?.richRules ?? []).flatMap((text) => firewalld.parseRule(text) ?? []).filter(isAt(target));
  const [now, kept] = [of(state.zones.get(zone)), of(state.keptZones.get(zone))];
  const has = (rules: Rules, rule: firewalld.OwnRule): boolean => rules.some((one) => sameRule(one, rule));
  return { all: [...now, ...kept.filter((rule) => !has(now, rule))], whole: now.filter((rule) => has(kept, rule)) };
}

const add = (zone: string, rule: firewalld.OwnRule): Op => ({ kind: 'firewalld-add', zone, ...rule });
const remove = (zone: string, rule: firewalld.OwnRule): Op => ({ kind: 'firewalld-remove', zone, ...rule });

interface Shut {
  readonly open: AddressSet;
  readonly limited: AddressSet;
  readonly unknown: AddressSet;
}

/** The ways in to the port, before and after. */
const waysTo = (before: Report, after: Report, target: Target, family: Family) =>
  allWays(before, after).filter(({ end, was, is }) => {
    const reach = (was ?? is)?.reach;
    return reach?.family === family && isAt(target)({ protocol: end.protocol, port: reach.port });
  });

/** Who of a family gets through to the port in `before`, and not in `after`. */
function shutOut(before: Report, after: Report, target: Target, family: Family): Shut {
  const ways = waysTo(before, after, target, family);
  const of = (kind: keyof Shut): AddressSet =>
    normalize(
      ways.reduce<AddressSet>((sum, { was, is }) => union(sum, minus(was?.[kind] ?? NOTHING, reached(is))), NOTHING),
    );
  return { open: of('open'), limited: of('limited'), unknown: of('unknown') };
}

/** Does somebody get through in `after`, or more surely, than in `before`? */
const letsInMore = (before: Report, after: Report, target: Target): boolean =>
  FAMILIES.some((family) =>
    waysTo(before, after, target, family).some(
      ({ was, is }) =>
        minus(reached(is), reached(was)).length > 0 || minus(is?.open ?? NOTHING, was?.open ?? NOTHING).length > 0,
    ),
  );

const shutsOut = (before: Report, after: Report, target: Target): boolean =>
  FAMILIES.some((family) => Object.values(shutOut(before, after, target, family)).some((set) => set.length > 0));

const isIn = (rules: Rules) => (rule: firewalld.OwnRule) => rules.some((one) => sameRule(one, rule));

/**
 * The ways to name who stays let in through a zone, the best first: by whole networks, by exactly those whom it may let in
 * now, and by those whom it surely does.
 */
function staying(seen: Seen, then: Report, choice: PortChoice, zone: string, target: Target): readonly Rules[] {
  const each = FAMILIES.map((family) => {
    const { open, limited, unknown } = shutOut(seen.report, then, target, family);
    const mine = spared(seen.report, choice.audience, family);
    if (intersect(minus(limited, open), mine).length > 0) {
      throw problem('unsupported', { kind: 'zone-slows', zone, target: bare(target) });
    }
    const named = (set: AddressSet) => networksOf(normalize(intersect(set, mine)), family);
    const whole = networksOf(mine, family).filter((network) => {
      const range = setOf([network], family);
      return range !== null && intersect(range, open).length > 0;
    });
    return [whole, named(union(open, unknown)), named(open)];
  });
  return [0, 1, 2].map(
    (way): Rules => each.flatMap((ways) => ways[way] ?? []).map((source) => ({ action: 'accept', ...target, source })),
  );
}

/** What closes the port in one zone; nothing where it does not let the port in. */
function closeIn(
  state: firewalld.FirewalldState,
  seen: Seen,
  choice: PortChoice,
  zone: string,
  target: Target,
): readonly Op[] {
  const { report } = seen;
  const drop: firewalld.OwnRule = { action: 'drop', ...target, source: 'any' };
  const { all, whole } = ownRules(state, zone, target);
  const block = isIn(whole)(drop) ? [] : [add(zone, drop)];
  const accepts = all.filter(({ action }) => action === 'accept');
  // Who stays is let in first, and nobody is let in longer than before.
  const close = (stay: Rules): readonly Op[] => [
    ...stay.filter((rule) => !isIn(whole)(rule)).map((rule) => add(zone, rule)),
    ...block,
    ...accepts.filter((rule) => !isIn(stay)(rule)).map((rule) => remove(zone, rule)),
  ];
  const then = after(seen, close([])).report;
  const unused = endsAt(report, target).length === 0;
  if (!unused && !shutsOut(report, then, target)) return [];
  if (choice.audience === 'everyone') return close([]);
  if (unused) {
    throw problem('unsupported', { kind: 'zones-untold', target: bare(target) });
  }
  const ways = staying(seen, then, choice, zone, target);
  const best = ways.find((stay) => !letsInMore(report, after(seen, close(stay)).report, target));
  return close(best ?? ways.at(-1) ?? []);
}

/** The machine after some operations. */
function after(seen: Seen, operations: readonly Operation[]): Seen {
  if (operations.length === 0) return seen;
  const snapshot = predict(seen.snapshot, operations);
  return { ...seen, snapshot, report: seen.judge(snapshot) };
}

function closing(seen: Seen, choice: PortChoice, target: Target): readonly Op[] {
  const state = demandFirewalld(seen.snapshot);
  const operations = zonesOf(state).flatMap((zone) => closeIn(state, seen, choice, zone, target));
  if (operations.length > 0) return operations;
  const { report } = seen;
  const ways = endsAt(report, target).flatMap(({ reach }) => reach.filter(({ port }) => port === target.port));
  const decided = ways.filter(letsThrough).flatMap(({ decidedBy }) => decidedBy);
  throw noWayThrough(
    { kind: 'still-let-in', of: 'firewalld', port: portNamed(report, target), by: decidingFirst(decided) },
    report,
    choice,
  );
}

/** Portcullis's own rules away; where that is not enough, everybody is let in by each zone that can. */
function opening(seen: Seen, target: Target): readonly Op[] {
  const listeners = listenersOn(seen.report, target);
  const state = demandFirewalld(seen.snapshot);
  const blocks = zonesOf(state).some((zone) =>
    ownRules(state, zone, target).all.some(({ action }) => action === 'drop'),
  );
  if (!blocks && listeners.length > 0 && listeners.every(isOpen)) return [];
  // What blocks first: nobody who is let in is shut out on the way.
  const own = zonesOf(state).flatMap((zone) =>
    [...ownRules(state, zone, target).all]
      .sort((a, b) => Number(a.action === 'accept') - Number(b.action === 'accept'))
      .map((rule) => remove(zone, rule)),
  );
  const without = after(seen, own);
  const letIn = listenersOn(without.report, target).every((one) => isOpen(one) || one.exposure === 'some');
  if (own.length > 0 && letIn) return own;
  const adds = zonesOf(state).flatMap((zone) => {
    const operation = add(zone, { action: 'accept', ...target, source: 'any' });
    const then = after(without, [operation]).report;
    return shutsOut(then, without.report, target) ? [operation] : [];
  });
  return [...own, ...adds];
}

/** Throws a ProblemError where firewalld cannot do it. */
export function zoneOperations(seen: Seen, choice: PortChoice): readonly Op[] {
  const operations: Op[] = [];
  for (const target of choice.targets.filter((one, at, all) => all.findIndex(isAt(one)) === at)) {
    const then = after(seen, operations);
    const bare = { protocol: target.protocol, port: target.port };
    operations.push(...(choice.kind === 'close' ? closing(then, choice, bare) : opening(then, bare)));
  }
  if (operations.length === 0) {
    throw problem('nothing-to-do', { kind: 'open-already', targets: choice.targets.map(bare), zones: true });
  }
  return operations;
}

/** Throws a ProblemError where a port stays shut that was to be opened, or one of those is shut out who were to stay. */
export function checkZones(choice: PortChoice, before: Report, then: Report): void {
  const staysShut = (target: Target): boolean => listenersOn(then, target).some((one) => !isReached(one));
  // Of two ways in through one interface the lesser may go unnamed.
  const loses = (target: Target): boolean =>
    FAMILIES.some((family) => {
      const ways = waysTo(before, then, target, family);
      return before.interfaces.some(({ name }) => {
        const here = ways.filter(({ was, is }) => (was ?? is)?.reach.interface === name);
        const open = here.reduce<AddressSet>((sum, { was }) => union(sum, was?.open ?? NOTHING), NOTHING);
        const left = here.reduce<AddressSet>((sum, { is }) => union(sum, reached(is)), NOTHING);
        return intersect(minus(open, left), spared(before, choice.audience, family)).length > 0;
      });
    });
  const wrong = (target: Target): ProblemMeaning | null => {
    const port = portNamed(before, target);
    if (choice.kind === 'reopen') {
      return staysShut(target) ? { kind: 'would-not-open', by: 'firewalld', port } : null;
    }
    if (letsInMore(before, then, target)) return { kind: 'zone-lets-in', port };
    return loses(target) ? { kind: 'zone-shuts-out', port } : null;
  };
  for (const target of choice.targets) {
    const means = wrong(target);
    if (means !== null) throw problem('unsupported', means);
  }
}

/** What people should know of where the rules stand. */
export function zoneWarnings(snapshot: Snapshot, operations: readonly Op[]): readonly Warning[] {
  const state = demandFirewalld(snapshot);
  const zones = [...new Set(operations.map(({ zone }) => zone))];
  const other = zones.filter((zone) => firewalld.differs(state, zone));
  const home = state.defaultZone === null || zones.includes(state.defaultZone) ? [] : zones;
  return [
    ...(home.length === 0 ? [] : [{ kind: 'zones-here' as const, zones: home }]),
    ...(other.length === 0 ? [] : [{ kind: 'zones-differ' as const, zones: other }]),
  ];
}
