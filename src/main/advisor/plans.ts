/** Plans, made on the machine as it is and kept by their id until one is carried out. What makes them is loaded when it is needed. */
import type { Input } from '../../core/api.ts';
import type { Plan, Snapshot } from '../../core/model.ts';
import { ProblemError, problem } from '../../core/problem.ts';
import { makeReport, reportFrom } from '../../core/report.ts';
import { unitsIn } from '../../core/services/index.ts';
import type { Machine } from '../machine.ts';
import { withTranscripts } from '../reading.ts';
import type { Settings } from '../settings.ts';
import type { Readings } from './readings.ts';

export interface PlansOptions {
  readonly readings: Readings;
  readonly machine: Machine;
  readonly settings: Settings;
  /** Of a saved computer the history of this one, its services and its rights say nothing. */
  readonly replayed: boolean;
}

/** Plans that are kept; the oldest go first. */
const PLANS = 100;

export function createPlans({ readings, machine, settings, replayed }: PlansOptions) {
  const plans = new Map<string, Plan>();

  const propose = async (choice: Input<'propose'>): Promise<Plan> => {
    const [{ propose: plan }, { sha256 }] = await Promise.all([
      import('../../core/plan/index.ts'),
      import('../sha256.ts'),
    ]);
    const { kept } = await settings.kept();
    const changes = choice.kind === 'undo' && !replayed ? await machine.history() : [];
    const attempt = (snapshot: Snapshot): Plan =>
      plan({
        snapshot,
        choice,
        changes,
        report: reportFrom(readings.factsOf(snapshot), snapshot, { kept }),
        judge: (predicted) => makeReport(predicted, { kept }),
        sha256,
        now: new Date().toISOString(),
      });
    const stops = (choice.kind === 'undo' || ('way' in choice && choice.way === 'stop')) && !replayed;
    const undone = choice.kind === 'undo' ? changes.find(({ id }) => id === choice.change) : undefined;
    const named = unitsIn((undone?.plan.steps ?? []).map(({ operation }) => operation));
    const services = stops ? [await machine.services(named)] : [];
    const seen = async (exactly: boolean): Promise<Snapshot> =>
      withTranscripts(await readings.look({ exact: exactly }, exactly ? choice : null), services);
    try {
      return attempt(await seen(false));
    } catch (error) {
      // Only now is it known that the exact rules matter: nobody is asked for a password to hear "there is no firewall".
      if (replayed || !(error instanceof ProblemError) || error.problem.code !== 'not-permitted') throw error;
      return attempt(await seen(true));
    }
  };

  return {
    propose: async (choice: Input<'propose'>): Promise<Plan> => {
      const proposed = await propose(choice);
      plans.set(proposed.id, proposed);
      for (const oldest of plans.keys()) if (plans.size > PLANS) plans.delete(oldest);
      return proposed;
    },
    /** Once: it is no longer kept. Throws a ProblemError where it is not known. */
    take: (id: string): Plan => {
      const plan = plans.get(id);
      if (plan === undefined) throw problem('stale-plan', { kind: 'plan-unknown' });
      plans.delete(id);
      return plan;
    },
  };
}
