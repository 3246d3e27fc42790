/** What was found after a change, as sentences. */
import { listenerName } from '../../core/listeners/name.ts';
import { areConnectionsWhole } from '../../core/listeners/whole.ts';
import type { Plan, Report, Snapshot } from '../../core/model.ts';
import { endsOf, sessionsOf } from '../../core/plan/index.ts';

/** Who can reach what the plan speaks of, and that all else is as it was. */
export function checkedWords(plan: Plan, report: Report): readonly string[] {
  const effects = plan.effects.flatMap(({ listener, name }) => {
    const now = endsOf(report).find(({ id }) => id === listener);
    if (now === undefined) return [`${listenerName(listener)} (${name}): nothing listens there any more.`];
    return [
      now.exposure === 'self'
        ? `${listenerName(listener)} (${name}): nobody else can reach it now.`
        : `${listenerName(listener)} (${name}): reachable as predicted.`,
    ];
  });
  const rest = report.listeners.filter(({ id }) => !plan.effects.some(({ listener }) => listener === id)).length;
  return [
    ...effects,
    ...(rest > 0 ? [`Every other port that listens (${rest}) can be reached by the same as before.`] : []),
  ];
}

/** What became of connections that were to be ended. */
export function droppedWords(plan: Plan, snapshot: Snapshot, report: Report): readonly string[] {
  const sessions = sessionsOf(snapshot, report);
  const whole = areConnectionsWhole(report);
  return plan.steps.flatMap(({ operation }) => {
    if (operation.kind !== 'connections-drop') return [];
    if (!whole) return [`Whether the connections to port ${operation.port} were ended could not be read.`];
    const ends = sessions.find(({ target }) => target.protocol === 'tcp' && target.port === operation.port)?.ends ?? [];
    const left = ends.filter(({ remote }) => operation.from.includes(remote.replace(/^::ffff:/, ''))).length;
    return [
      left === 0
        ? `The connections to port ${operation.port} that were open were ended.`
        : `${left === 1 ? 'One connection' : `${left} connections`} to port ${operation.port} could not be ended; to end ${left === 1 ? 'it' : 'them'}, stop the program and start it again.`,
    ];
  });
}
