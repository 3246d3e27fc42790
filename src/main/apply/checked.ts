/** What was found after a change. */
import { areConnectionsWhole } from '../../core/listeners/whole.ts';
import type { Plan, Report, Snapshot } from '../../core/model.ts';
import type { Checked } from '../../core/told.ts';
import { endsOf, sessionsOf } from '../../core/plan/index.ts';

/** Who can reach what the plan speaks of, and that all else is as it was. */
export function checkedAfter(plan: Plan, report: Report): readonly Checked[] {
  const effects = plan.effects.map(({ listener, name }): Checked => {
    const end = { listener, name };
    const now = endsOf(report).find(({ id }) => id === listener);
    if (now === undefined) return { kind: 'gone', end };
    return { kind: now.exposure === 'self' ? 'nobody-reaches' : 'as-predicted', end };
  });
  const rest = report.listeners.filter(({ id }) => !plan.effects.some(({ listener }) => listener === id)).length;
  return rest > 0 ? [...effects, { kind: 'others-same', count: rest }] : effects;
}

/** What became of connections that were to be ended. */
export function checkedDropped(plan: Plan, snapshot: Snapshot, report: Report): readonly Checked[] {
  const sessions = sessionsOf(snapshot, report);
  const whole = areConnectionsWhole(report);
  return plan.steps.flatMap(({ operation }): readonly Checked[] => {
    if (operation.kind !== 'connections-drop') return [];
    const { port } = operation;
    if (!whole) return [{ kind: 'connections-unread', port }];
    const ends = sessions.find(({ target }) => target.protocol === 'tcp' && target.port === port)?.ends ?? [];
    const left = ends.filter(({ remote }) => operation.from.includes(remote.replace(/^::ffff:/, ''))).length;
    return [left === 0 ? { kind: 'connections-ended', port } : { kind: 'connections-left', port, count: left }];
  });
}
