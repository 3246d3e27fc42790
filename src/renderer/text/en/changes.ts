/** Plans and changes: what is done, reviewed, waiting, in the history, in English. */
import type { Change, ChangeState, Outcome, Plan, Report, Step } from '../../../core/model.ts';
import type { Progress } from '../../../core/api.ts';
import { checkedWords } from '../../../core/plan/english/checked.ts';
import { warningWords } from '../../../core/plan/english/warnings.ts';
import type { Checked, NamedEnd, Warning } from '../../../core/told.ts';
import type { ChangeLook } from '../../state/timeline.ts';
import { type Around } from '../facts.ts';
import { dateTime, foreign, number, plural, time } from '../format.ts';
import { lower } from './shared.ts';

const changes = (count: number): string => plural(count, { one: 'change', other: 'changes' });

const CHANGE_STATES: Record<ChangeState, string> = {
  waiting: 'Waits to be kept',
  applied: 'In force',
  undone: 'Undone',
  'rolled-back': 'Put back',
  failed: 'Failed',
};

const CHANGE_LOOKS: Record<ChangeLook, string> = { ...CHANGE_STATES, drifted: 'Rules changed since' };

const NOT_KEPT = 'Put back, because it was not kept';

export const changesWords = {
  deed: {
    planning: 'Working out what would change…',
    applying: 'Changing the firewall…',
    undoing: 'Undoing…',
    title: (
      undone: boolean,
      closes: boolean,
      outcome: Pick<Outcome, 'change' | 'verified'> | null,
      asOf: string | null,
    ): string => {
      const verified = outcome?.verified !== false;
      if (outcome?.change.state === 'rolled-back')
        return verified ? NOT_KEPT : `${NOT_KEPT}, but not everything could be checked`;
      const checked = asOf === null ? 'Checked' : `Checked at ${time(asOf)}`;
      if (!verified)
        return undone ? 'Undone, but not everything could be checked' : 'Done, but not everything could be checked';
      if (undone) return 'Undone';
      return `${checked}: ${closes ? 'closed' : 'done'}`;
    },
    undo: 'Undo',
    undoLabel: (summary: string) => `Undo: ${foreign(summary)}`,
    seeTakeBack: 'See what can be taken back',
    dismiss: 'Dismiss',
    before: 'Before',
    after: 'After',
    failed: 'That did not work. Nothing is half done:',
    rolledBack: 'Everything was put back as it was',
    refused: 'Nothing was changed',
    scanAgain: 'Scan again',
    step: (done: number, of: number) => `Step ${number(Math.min(done + 1, of))} of ${number(of)}`,
    announce: (phase: 'done' | 'undone', { checked, change }: Outcome) =>
      `${change.state === 'rolled-back' ? NOT_KEPT : phase === 'done' ? 'Done' : 'Undone'}. ${checked.map((line) => foreign(checkedWords(line))).join(' ')}`,
  },

  waiting: {
    title: 'Keep this change?',
    left: (seconds: number) => (seconds === 0 ? 'Putting it back…' : `Reverting in ${number(seconds)} s`),
    lead: 'It is in force and checked. If something does not work any more, do nothing: it is put back by itself, even when this window is closed.',
    keep: 'Keep',
    keeping: 'Keeping…',
    putBack: 'Put back',
    announce: (seconds: number) =>
      `The change is in force. Keep this change? It is put back in ${number(seconds)} seconds unless you keep it.`,
    lastCall: (seconds: number) => `It is put back in ${number(seconds)} seconds unless you keep it.`,
  },

  /** What is said of plans and changes. No view reads these sentences from the plan itself. */
  plan: {
    /** What a plan, and a change made by it, is called. */
    summary: (plan: Plan, _history: readonly Change[]): string => plan.summary,
    /** What one step does, or the way back. */
    step: ({ says }: Step): string => says,
    warning: (warning: Warning | string, _around: Around): string => warningWords(warning),
    checked: (line: Checked | string, _around: Around): string => checkedWords(line),
    /** What the plan calls what listens; as the window does, as long as it is there. */
    name: ({ listener: id, name }: NamedEnd, { listeners }: Report): string =>
      listeners.find((one) => one.id === id)?.identity.name ?? name,
    /** What is under way; null: without a plan. */
    progress: ({ text }: Progress, _plan: Plan | null): string => text,
    /** What became of a change. */
    note: ({ note }: Pick<Change, 'note' | 'says'>, _around: Around): string | null => note,
  },

  review: {
    title: 'Review',
    nothing: 'There is nothing to review.',
    nothingHint: 'Choose Close on a port, and what would change is shown here first.',
    toHome: 'To Keep closed',
    warnings: 'Know before you apply',
    effects: 'Who can reach what',
    effectsTable: 'Who can reach what, before and after',
    effectsLead: 'Everything else stays as it is.',
    noEffects: 'Nobody’s way in changes.',
    steps: 'What will be done',
    stepsDone: 'What was done',
    undoSteps: 'How it is undone',
    apply: 'Apply',
    applying: 'Applying…',
    cancel: 'Cancel',
    drop: (live: number) =>
      live === 1
        ? 'End the connection that is open now as well'
        : `End the ${number(live)} connections that are open now as well`,
    dropHint: 'Who works here from elsewhere is never cut off.',
    replanned: (steps: number) => `The plan has ${plural(steps, { one: 'step', other: 'steps' })} now.`,
    noUndo: 'This cannot be undone from here.',
    password: 'You may be asked for your password once.',
    done: 'Done',
    progressLabel: 'Progress',
    checkedLabel: 'Checked afterwards',
  },

  history: {
    title: 'History',
    lead: 'Every change, the newest first. Each that is in force can be undone, in any order.',
    none: 'Nothing has been changed yet.',
    all: 'All changes',
    review: 'Undo…',
    by: (when: string) => `on ${when}`,
    states: CHANGE_STATES,
    timeline: {
      title: 'Changes by time',
      label: (count: number, from: string, to: string) =>
        from === to
          ? `Changes by time: ${changes(count)}, ${dateTime(to)}`
          : `Changes by time: ${changes(count)}, from ${dateTime(from)} to ${dateTime(to)}`,
      looks: CHANGE_LOOKS,
      number: changes,
      /** What one mark stands for. */
      one: (at: string, summary: string, look: string) => `${dateTime(at)}: ${summary}. ${look}.`,
      several: (count: number, from: string, to: string, states: string) =>
        `${changes(count)}, ${from === to ? dateTime(to) : `${dateTime(from)} to ${dateTime(to)}`}: ${states}. Leads to the newest of them.`,
      counts: (all: readonly { readonly count: number; readonly name: string }[]) =>
        all.map(({ count, name }) => `${number(count)} ${lower(name)}`).join(', '),
    },
  },
};
