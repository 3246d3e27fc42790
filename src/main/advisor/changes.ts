/** Changes that are under way here, or wait for their confirmation. One at a time. */
import type { Outcome } from '../../core/model.ts';
import { problem } from '../../core/problem.ts';
import type { Applied, Done, Pending } from '../apply/index.ts';
import type { Machine } from '../machine.ts';
import type { Live } from './live.ts';
import type { Readings, Tell } from './readings.ts';

export interface ChangesOptions {
  readonly readings: Readings;
  readonly live: Live;
  readonly machine: Machine;
  /** A saved computer is not changed. */
  readonly replayed: boolean;
  readonly tell: Tell;
}

export function createChanges({ readings, live, machine, replayed, tell }: ChangesOptions) {
  /** Changes that waited here, by their id, with what says the word as long as they wait. */
  const waiting = new Map<string, { readonly say: Pending['say'] | null; readonly outcome: Promise<Outcome> }>();
  let changing = false;

  const outcomeOf = async ({ transcripts, ...done }: Done): Promise<Outcome> => {
    // What was done without the helper needed no other rights, and the look at it needs none.
    const helped = transcripts.length > 0;
    if (helped) readings.keepExact(transcripts);
    return { ...done, report: await live.show(await readings.look({ exact: helped })) };
  };

  /** A change that waits: no other is begun until it is decided. */
  const keepPending = (id: string, { say, ended }: Pending): void => {
    const outcome = readings
      .changed(() => ended)
      .finally(() => {
        changing = false;
        waiting.set(id, { say: null, outcome });
      })
      .then(outcomeOf);
    outcome.catch(() => {});
    waiting.set(id, { say, outcome });
  };

  /** One change at a time in this process; other processes are held off by the lock of `apply`. */
  const make = async (run: () => Promise<Applied>): Promise<Outcome> => {
    if (replayed) throw problem('unsupported', { kind: 'replayed' });
    if (changing) throw problem('busy', { kind: 'busy-here' });
    changing = true;
    live.hold(true);
    let pending: Pending | undefined;
    try {
      const { pending: waits, ...done } = await readings.changed(run);
      pending = waits;
      if (pending !== undefined) keepPending(done.change.id, pending);
      return await outcomeOf(done);
    } finally {
      live.hold(false);
      if (pending === undefined) changing = false;
    }
  };

  /** Say a word to a change that waits here, and see what becomes of it; null: none waits here. */
  const decide = (id: string | undefined, word: 'confirm' | 'undo'): Promise<Outcome> | null => {
    const found = [...waiting].find(([one, { say }]) => say !== null && (id === undefined || one === id))?.[1];
    found?.say?.(word);
    return found?.outcome ?? null;
  };

  return {
    make,
    confirm: async (id: string): Promise<Outcome> => {
      const known = waiting.get(id);
      const kept = known?.say === null;
      const outcome = await (decide(id, 'confirm') ??
        known?.outcome ??
        make(() => machine.confirm(id, (step) => tell({ call: 'confirm', ...step }))));
      if (kept && outcome.change.state === 'applied') {
        throw problem('nothing-to-do', { kind: 'kept-already', change: id });
      }
      if (outcome.change.state === 'applied') return outcome;
      throw problem('rolled-back', { kind: 'too-late', note: outcome.change.says ?? outcome.change.note });
    },
    /** Absent: the last one. */
    undo: (id: string | undefined): Promise<Outcome> =>
      decide(id, 'undo') ?? make(() => machine.undo(id, (step) => tell({ call: 'undo', ...step }))),
    /** What becomes of one that waits here, or waited. Throws a ProblemError for any other. */
    settled: (id: string): Promise<Outcome> => {
      const found = waiting.get(id);
      if (found !== undefined) return found.outcome;
      throw problem('bad-input', { kind: 'none-waits' });
    },
  };
}
