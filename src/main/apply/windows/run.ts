/** A script run as administrator, and what its end means. */
import { windows } from '../../../core/firewalls/registry.ts';
import type { Change, Choice, Operation } from '../../../core/model.ts';
import { type Cause, type ProblemError, problem } from '../../../core/problem.ts';
import { byHand } from '../by-hand.ts';
import type { Elevated } from './elevate.ts';
import type { WindowsSystem } from './system.ts';

/**
 * What shows all that the operations change, in a line of PowerShell: rules of Portcullis's own by their group, others by the
 * whole of their id, profiles by their names.
 */
export function lookAt(operations: readonly Operation[]): string {
  const own = operations.filter(windows.isWindows);
  const ids = own.flatMap((one) => ('id' in one ? [one.id] : []));
  const rules = ids.map((id) => `Get-NetFirewallRule | Where-Object InstanceID -CEQ ${windows.literal(id)}`);
  const profiles = own.some((one) => 'profile' in one) ? ['Get-NetFirewallProfile | Format-Table Name,Enabled'] : [];
  const all = [...new Set([...rules, ...profiles])];
  const blocks = own.some((one) => 'port' in one) || all.length === 0;
  return [...(blocks ? ['Get-NetFirewallRule -Group Portcullis'] : []), ...all].join('; ');
}

/**
 * `done`: it says so, and is still to be looked at. `nothing`: nothing was changed, for this reason. `put-back`: it failed,
 * and put everything back by itself. `half`: it failed, and could not. `unheard`: nobody knows; `late`: it may still run; `over`: it runs no more, whatever it has done; `refused`: the
 * program that asked takes it for a refusal.
 */
export type Outcome =
  | { readonly is: 'done' }
  | { readonly is: 'nothing'; readonly because: ProblemError }
  | { readonly is: 'stale' }
  | { readonly is: 'put-back' | 'half'; readonly cause: Cause }
  | { readonly is: 'unheard'; readonly late: boolean; readonly over: boolean; readonly refused: boolean };

/** @param choice what was chosen: how to do the same in a terminal of an administrator's */
export async function runElevated(
  operations: readonly Operation[],
  choice: Choice,
  { script, elevate }: Pick<WindowsSystem, 'script' | 'elevate'>,
): Promise<Outcome> {
  return meant(await elevate(script(operations)), choice);
}

function meant(ended: Elevated, choice: Choice): Outcome {
  switch (ended.is) {
    case 'refused':
      return { is: 'nothing', because: refused() };
    case 'unable':
      return { is: 'nothing', because: unasked(choice, ended.said) };
    case 'too-long': {
      const { characters, most } = ended;
      return { is: 'nothing', because: problem('unsupported', { kind: 'elevated-too-long', characters, most }) };
    }
    case 'unheard':
      return { is: 'unheard', late: ended.late, over: false, refused: false };
    case 'taken-for-refused':
      return { is: 'unheard', late: false, over: true, refused: true };
    case 'ended':
      return ofStatus(ended.status, choice);
  }
}

function ofStatus(status: number, choice: Choice): Outcome {
  const cause: Cause = { kind: 'program', program: 'Windows PowerShell', output: { is: 'exit', status } };
  switch (status) {
    case 0:
      return { is: 'done' };
    case 3:
      return { is: 'stale' };
    case 4:
      return { is: 'put-back', cause };
    case 5:
      return { is: 'half', cause };
    case 6:
      return { is: 'nothing', because: unasked(choice, '') };
    default:
      // It broke off, or something ended it: what it had done by then is not known.
      return { is: 'unheard', late: false, over: true, refused: false };
  }
}

export const refused = (): ProblemError => problem('cancelled', { kind: 'permission-refused' });

/** @param change what may be in force; null: nothing was changed */
export const unheard = (change: Pick<Change, 'id'> | null): ProblemError =>
  problem('failed', { kind: 'elevated-unheard', change: change?.id ?? null });

const unasked = (choice: Choice, said: string): ProblemError =>
  problem('not-permitted', { kind: 'not-elevated', command: byHand(choice).replace(/^sudo /, ''), said });
