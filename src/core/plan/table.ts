/** Closing, and opening again, in Portcullis's own table: for what the machine's firewall cannot say, and where there is none. */
import { table } from '../firewalls/registry.ts';
import type { Family, Operation, Report, Snapshot, Target } from '../model.ts';
import { problem } from '../problem.ts';
import type { Warning } from '../told.ts';
import { checkWays, isAt, type PortChoice } from './check-ways.ts';
import { rulesUnknown } from './unknown.ts';
import { networksOf, spared } from './recipe.ts';

/** The table now. Throws a ProblemError where it, or nftables' rules, are not known. */
export function demandTable(snapshot: Snapshot): table.TableState {
  const { value, gaps } = table.readTable(snapshot);
  const gap = gaps[0];
  if (gap === undefined) return value;
  const { what, why, how } = gap.means;
  if (why.kind === 'missing') throw problem('no-firewall', { kind: 'nftables-missing' });
  throw rulesUnknown({ what, why, how }, why.kind === 'refused');
}

/** What comes back with the change, where another program has taken the table out of the kernel. */
export function closedAgain({ doors, loaded }: table.TableState, targets: readonly Target[]): readonly Warning[] {
  const others = loaded ? [] : doors.filter((door) => !targets.some(isAt(door)));
  if (others.length === 0) return [];
  return [{ kind: 'closed-again', targets: others.map(({ protocol, port }) => ({ protocol, port })) }];
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

/** Throws a ProblemError where the prediction is not what was chosen. */
export function checkTable(choice: PortChoice, { doors }: table.TableState, before: Report, after: Report): void {
  // What was closed earlier, and lost its rule to another program, is closed with it.
  checkWays(choice, before, after, {
    by: 'own-table',
    mayShut: (target) => doors.some(isAt(target)),
  });
}
