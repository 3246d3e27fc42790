/** Does a prediction do what was chosen, at each way in, and nothing else at any other? */
import { type AddressSet, NOTHING } from '../address.ts';
import { minus, union } from '../intervals.ts';
import type { Choice, ListenerReach, Report, Target } from '../model.ts';
import { problem } from '../problem.ts';
import { bare, type End, endNamed, endsOf, type WayIn, waysIn } from './reach-sets.ts';
import { spared } from './recipe.ts';

export type PortChoice = Extract<Choice, { readonly kind: 'close' | 'reopen' }>;

export const isAt =
  ({ protocol, port }: Target) =>
  (other: Target): boolean =>
    other.protocol === protocol && other.port === port;

export const reached = (way: WayIn | undefined): AddressSet =>
  way === undefined ? NOTHING : union(union(way.open, way.limited), way.unknown);
const sameWay = (a: WayIn | undefined, b: WayIn | undefined): boolean =>
  (['open', 'limited', 'unknown'] as const).every((key) => {
    const [one, other] = [a?.[key] ?? NOTHING, b?.[key] ?? NOTHING];
    return minus(one, other).length === 0 && minus(other, one).length === 0;
  });

/** One way in, before and after. */
interface Ways {
  readonly end: End;
  readonly key: string;
  readonly was: WayIn | undefined;
  readonly is: WayIn | undefined;
}

export function allWays(before: Report, after: Report): readonly Ways[] {
  return endsOf(before).flatMap((end) => {
    const later: ListenerReach | undefined = endsOf(after).find(({ id }) => id === end.id);
    const [was, is] = [waysIn(end), later === undefined ? new Map<string, WayIn>() : waysIn(later)];
    return [...new Set([...was.keys(), ...is.keys()])].map((key) => ({
      end,
      key,
      was: was.get(key),
      is: is.get(key),
    }));
  });
}

interface By {
  /** Whose rules are foreseen. */
  readonly by: 'own-table' | 'firewalld' | 'windows';
  /** Ports of others that may be shut further with it. */
  readonly mayShut?: (target: Target) => boolean;
  /** Interfaces at which a chosen port may be as open as before: nothing that is done here counts there. */
  readonly fixed?: readonly string[];
}

/** What a way in is knocked at. */
const doorOf = ({ end, was, is }: Ways): Target => ({
  protocol: end.protocol,
  port: (was ?? is)?.reach.port ?? 0,
});

/**
 * Throws a ProblemError where the prediction is not what was chosen: each way in at the chosen ports must be shut (or, for
 * some, let in nobody but the spared), and every other must stay as it is.
 */
export function checkWays(choice: PortChoice, before: Report, after: Report, { by, mayShut, fixed = [] }: By): void {
  const ways = allWays(before, after);
  const again = (way: Ways): boolean =>
    mayShut?.(doorOf(way)) === true && minus(reached(way.is), reached(way.was)).length === 0;
  const isTarget = (way: Ways): boolean => choice.targets.some(isAt(doorOf(way)));
  const other = ways.find((way) => !isTarget(way) && !sameWay(way.was, way.is) && !again(way));
  if (other !== undefined) {
    throw problem('unsupported', { kind: 'also-changes-one', end: endNamed(other.end) });
  }
  if (choice.kind === 'reopen') return;
  const chosen = ways.filter(isTarget);
  const left = chosen.find(({ was, is }) => {
    if (was !== undefined && fixed.includes(was.reach.interface) && sameWay(was, is)) return false;
    const family = (was ?? is)?.reach.family ?? 4;
    const may = choice.audience === 'everyone' ? NOTHING : spared(before, choice.audience, family);
    return minus(reached(is), may).length > 0 || minus(reached(is), reached(was)).length > 0;
  });
  if (chosen.length > 0 && chosen.every(({ was, is }) => sameWay(was, is))) {
    // Where somebody comes in who was to be shut out, there is something to do, and this does not do it.
    const code = left === undefined ? 'nothing-to-do' : 'unsupported';
    throw problem(code, { kind: 'shuts-nobody-out', targets: choice.targets.map(bare) });
  }
  if (left === undefined) return;
  const [decided] = left.is?.reach.decidedBy ?? [];
  throw problem('unsupported', {
    kind: 'would-not-close',
    by,
    end: endNamed(left.end),
    decided: decided === undefined ? null : { firewall: decided.firewall, rule: decided.rule },
  });
}
