/** What a plan is about, as data: its choice, or the change that it takes back. Small: the window loads it. */
import type { Change, NewChoice, Plan } from '../model.ts';
import type { Doing } from '../told.ts';

/** Whatever was chosen anew, or the id of a change that is not known here. */
type About = { readonly choice: NewChoice; readonly turnsOn: boolean } | { readonly change: string };

export interface Called {
  readonly about: About;
  /** How often it was taken back: an even number makes it again. */
  readonly undos: number;
}

/** @param changes the history, in any order */
export function calledOf({ choice, steps }: Pick<Plan, 'choice' | 'steps'>, changes: readonly Change[]): Called {
  let plan: Pick<Plan, 'choice' | 'steps'> = { choice, steps };
  // No chain of undos is longer than the history.
  for (let undos = 0; ; undos += 1) {
    const { choice: one } = plan;
    if (one.kind !== 'undo') {
      return { about: { choice: one, turnsOn: turnsOn(plan) }, undos };
    }
    const found = undos > changes.length ? undefined : changes.find(({ id }) => id === one.change);
    if (found === undefined) return { about: { change: one.change }, undos: undos + 1 };
    ({ plan } = found);
  }
}

const turnsOn = ({ steps }: Pick<Plan, 'steps'>): boolean =>
  steps.some(({ operation }) => operation.kind === 'ufw-enable' || operation.kind === 'windows-profile-on');

/** What carrying the plan out is called for others. */
export const doingOf = ({ choice, steps }: Pick<Plan, 'choice' | 'steps'>): Doing =>
  choice.kind === 'undo' ? { is: 'undo', change: choice.change } : doingOfChoice(choice, turnsOn({ steps }));

export function doingOfChoice(choice: NewChoice, on: boolean): Doing {
  switch (choice.kind) {
    case 'close':
    case 'reopen': {
      const { kind, targets, audience, way } = choice;
      return { is: kind, targets, audience, stops: way === 'stop', turnsOn: on };
    }
    case 'enable-firewall':
      return { is: 'enable-firewall' };
    case 'remove-opening':
      return { is: 'remove-opening', targets: choice.targets };
  }
}
