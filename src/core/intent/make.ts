/** An intent made from a report and what a person chose. */
import { sidePorts } from '../advice/audience.ts';
import { letBy } from '../advice/let-by.ts';
import { sessionsOf } from '../plan/sessions.ts';
import { networksOf, spared } from '../plan/recipe.ts';
import { commentText, type ClosedFor, type Intent, type IntentKeep } from '../firewalls/export.ts';
import { windows } from '../firewalls/registry.ts';
import { ledFrom } from '../listeners/led.ts';
import { advisedPorts } from '../advice/remedy.ts';
import type { Audience, Report, Snapshot, Target } from '../model.ts';
import { byPort, plainNetworks } from './parts.ts';

export interface IntentChoice {
  /** To close, as a person named them; none named: everything that the report advises to close. */
  readonly targets: readonly Target[];
  readonly audience: Audience;
  /** The whole posture: what is kept stays open, and everything else is closed. */
  readonly posture: boolean;
  /**
   * Kept whatever else is said of it, beside what the person marked as needed and the ports of remote sessions, where those
   * were not named to be closed; of the posture alone.
   */
  readonly keep: readonly Target[];
}

const same = (a: Target, b: Target): boolean => a.protocol === b.protocol && a.port === b.port;
const unique = (targets: readonly Target[]): readonly Target[] =>
  targets.filter((target, at) => targets.findIndex((other) => same(other, target)) === at);

function audienceOf(report: Report, audience: Audience): ClosedFor {
  if (audience === 'everyone') return 'everyone';
  const networks = ([4, 6] as const).flatMap((family) => networksOf(spared(report, audience, family), family));
  return { allBut: audience === 'internet' ? 'private' : 'this-network', networks: plainNetworks(networks) };
}

/** Names are of programs, and reasons quote them: one line each, and none that goes on for ever. */
const short = (text: string): string => commentText(text).slice(0, 500);

export function makeIntent(
  snapshot: Snapshot,
  report: Report,
  { targets, audience, posture, keep: named }: IntentChoice,
): Intent {
  const nameOf = (target: Target): string | null => {
    const listener = report.listeners.find((one) => same(one, target));
    return listener === undefined ? null : short(listener.identity.name);
  };
  const closed = unique(targets.length > 0 ? targets : advisedPorts(report, 'close'));
  const through = posture ? sessionsOf(snapshot, report).filter(({ remote }) => remote) : [];
  const marked = report.listeners.filter((one) => one.kept && one.exposure !== 'self');
  const keep: readonly IntentKeep[] = posture
    ? unique([
        ...named,
        ...[...marked, ...through.map(({ target }) => target)].filter(
          (target) => !targets.some((other) => same(other, target)),
        ),
      ]).map(({ protocol, port }) => ({ protocol, port, name: nameOf({ protocol, port }) }))
    : [];
  // Windows Firewall sees the port that was knocked at.
  const leadsOn = (target: Target): readonly number[] =>
    report.platform === 'win32'
      ? []
      : ledFrom(report, target)
          .filter(({ listener }) => !closed.some((one) => same(one, listener)) || letBy(listener).includes(target.port))
          .map(({ listener }) => listener.port);
  return {
    schema: 1,
    madeAt: report.takenAt,
    host: snapshot.redacted ? null : snapshot.host,
    close: closed
      .filter((target) => !keep.some((other) => same(other, target)))
      .map(({ protocol, port }) => {
        const ids = report.listeners.filter((one) => same(one, { protocol, port })).map(({ id }) => id);
        const finding = report.findings.find(({ listener }) => listener !== null && ids.includes(listener));
        return {
          protocol,
          port,
          for: audienceOf(report, audience),
          name: nameOf({ protocol, port }),
          why: finding === undefined ? null : short(finding.why),
          programs: report.listeners.flatMap(({ id, owner: { path } }) =>
            path !== null && ids.includes(id) ? [path] : [],
          ),
          letBy: report.listeners.flatMap((one) => (ids.includes(one.id) ? letBy(one) : [])),
          leadsTo: leadsOn({ protocol, port }),
          passedBy:
            report.platform === 'win32'
              ? report.listeners.flatMap((one) => (ids.includes(one.id) ? sidePorts(one) : []))
              : [],
        };
      }),
    keep: byPort(keep),
    ...(report.platform === 'win32' ? { managed: windows.managedIn(snapshot).here } : {}),
    rest: posture ? 'close' : 'leave',
  };
}
