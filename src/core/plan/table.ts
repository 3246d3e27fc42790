/** Closing, and opening again, in Portcullis's own table: for what the machine's firewall cannot say, and where there is none. */
import { type AddressSet, NOTHING } from '../address.ts';
import { minus, union } from '../intervals.ts';
import { table } from '../firewalls/registry.ts';
import type { Choice, Family, ListenerReach, Operation, Report, Snapshot, Target } from '../model.ts';
import { problem } from '../problem.ts';
import { type End, endsOf, type WayIn, waysIn } from './reach-sets.ts';
import { networksOf, spared } from './recipe.ts';
import { listWords, portWords } from './words.ts';

export type PortChoice = Extract<Choice, { readonly kind: 'close' | 'reopen' }>;

const isAt =
  ({ protocol, port }: Target) =>
  (other: Target): boolean =>
    other.protocol === protocol && other.port === port;

/** The table now. Throws a ProblemError where it, or nftables' rules, are not known. */
export function demandTable(snapshot: Snapshot): table.TableState {
  const { value, gaps } = table.readTable(snapshot);
  const gap = gaps[0];
  if (gap === undefined) return value;
  if (gap.why.includes('administrator')) {
    throw problem(
      'not-permitted',
      `The rules are not known completely: ${gap.what}, ${gap.why}.`,
      'Allow Portcullis to read all rules: portcullis scan --exact',
    );
  }
  if (gap.why.includes('not there')) {
    throw problem('no-firewall', 'nftables is not installed.', 'Install it: sudo apt install nftables');
  }
  throw problem('unsupported', `The rules are not known completely: ${gap.what}, ${gap.why}.`, gap.how);
}

/** What comes back with the change, where another program has taken the table out of the kernel. */
export function closedAgain({ doors, loaded }: table.TableState, targets: readonly Target[]): readonly string[] {
  const others = loaded ? [] : doors.filter((door) => !targets.some(isAt(door)));
  return others.length === 0
    ? []
    : [
        `Another program has emptied nftables since ${listWords(others.map(portWords))} ${others.length === 1 ? 'was' : 'were'} closed: that is closed again as well.`,
      ];
}

/** The targets that the table holds closed; none also where that cannot be read. */
export function heldOf(snapshot: Snapshot, targets: readonly Target[]): readonly Target[] {
  const { value, gaps } = table.readTable(snapshot);
  return gaps.length > 0 ? [] : targets.filter((target) => value.doors.some(isAt(target)));
}

/** Networks that are let past, for an audience that is not everyone. */
function exceptFor(report: Report, choice: PortChoice): readonly string[] {
  if (choice.audience === 'everyone') return [];
  return ([4, 6] as const).flatMap((family: Family) => networksOf(spared(report, choice.audience, family), family));
}

export function tableOperations(
  { doors, loaded }: table.TableState,
  report: Report,
  choice: PortChoice,
): readonly Operation[] {
  const except = exceptFor(report, choice);
  const targets = choice.targets.filter((target, at, all) => all.findIndex(isAt(target)) === at);
  return targets.flatMap((target): readonly Operation[] => {
    const held = doors.filter(isAt(target));
    const open = held.map((door): Operation => ({ kind: 'table-open', ...door }));
    if (choice.kind === 'reopen') return open;
    const door = { protocol: target.protocol, port: target.port, except };
    if (held.some((one) => table.sameDoor(one, door))) {
      // Where another program has taken the table out of the kernel, the block is put in anew.
      return loaded ? [] : [...open, { kind: 'table-close', ...door }];
    }
    // The new one first: at no moment is anything open that is closed before and after.
    return [{ kind: 'table-close', ...door }, ...open];
  });
}

/** Networks that the operations let past the table. */
export const letPast = (operations: readonly Operation[]): readonly string[] =>
  operations.flatMap((one) => (one.kind === 'table-close' ? one.except : []));

const reached = (way: WayIn | undefined): AddressSet =>
  way === undefined ? NOTHING : union(union(way.open, way.limited), way.unknown);
const sameWay = (a: WayIn | undefined, b: WayIn | undefined): boolean =>
  (['open', 'limited', 'unknown'] as const).every((key) => {
    const [one, other] = [a?.[key] ?? NOTHING, b?.[key] ?? NOTHING];
    return minus(one, other).length === 0 && minus(other, one).length === 0;
  });

interface Ways {
  readonly end: End;
  readonly key: string;
  readonly was: WayIn | undefined;
  readonly is: WayIn | undefined;
}

function allWays(before: Report, after: Report): readonly Ways[] {
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

/**
 * Throws a ProblemError where the prediction is not what was chosen: each way in at the chosen ports must be shut (or, for
 * some, let in nobody but the spared), and every other must stay as it is.
 */
export function checkTable(choice: PortChoice, { doors }: table.TableState, before: Report, after: Report): void {
  const ways = allWays(before, after);
  // What was closed earlier, and lost its rule to another program, is closed with it.
  const again = ({ end, was, is }: Ways): boolean =>
    doors.some(isAt({ protocol: end.protocol, port: (was ?? is)?.reach.port ?? 0 })) &&
    minus(reached(is), reached(was)).length === 0;
  const isTarget = ({ end, was, is }: Ways): boolean =>
    choice.targets.some(isAt({ protocol: end.protocol, port: (was ?? is)?.reach.port ?? 0 }));
  const other = ways.find((way) => !isTarget(way) && !sameWay(way.was, way.is) && !again(way));
  if (other !== undefined) {
    throw problem(
      'unsupported',
      `This would also change who can reach ${other.end.name}.`,
      'Close or open that by itself first.',
    );
  }
  if (choice.kind === 'reopen') return;
  const chosen = ways.filter(isTarget);
  if (chosen.length > 0 && chosen.every(({ was, is }) => sameWay(was, is))) {
    throw problem(
      'nothing-to-do',
      `Nobody would be shut out by that: who can reach ${listWords(choice.targets.map(portWords))} stays the same.`,
      `See what decides: portcullis explain ${choice.targets[0]?.port}/${choice.targets[0]?.protocol}`,
    );
  }
  const left = chosen.find(({ was, is }) => {
    const family = (was ?? is)?.reach.family ?? 4;
    const may = choice.audience === 'everyone' ? NOTHING : spared(before, choice.audience, family);
    return minus(reached(is), may).length > 0 || minus(reached(is), reached(was)).length > 0;
  });
  if (left === undefined) return;
  const decided = left.is?.reach.decidedBy[0];
  throw problem(
    'unsupported',
    `Portcullis’s own table would not close ${left.end.name}${decided === undefined ? '' : `: it is let in by ${decided.firewall}: ${decided.rule}`}.`,
    'Stop the program that listens, or make it listen on this computer only.',
  );
}
