/** What a person can do about a finding, and what stands out of a report for everybody who shows one. Pure. */
import { targetsOnce } from '../listeners/targets.ts';
import type { Finding, ListenerReach, Report, ReportForward, ReportListener, Target } from '../model.ts';

export const listenerOf = (report: Report, id: string | null): ReportListener | null =>
  report.listeners.find((listener) => listener.id === id) ?? null;

/** The listeners that it is about, by their ids. */
export const listenersOf = ({ listener, says }: Finding): readonly string[] => [
  ...(listener === null ? [] : [listener]),
  ...(says.kind === 'mac-setting' ? says.others : []),
];

/** The forwarded port that a finding is about. */
export const forwardOf = ({ forwards }: Report, { id }: Finding): ReportForward | null =>
  forwards.find((forward) => id === findingIdOf(forward)) ?? null;

/** The id that a finding about it has. */
export const findingIdOf = ({ protocol, port, via, to }: ReportForward): string =>
  `forwarded-port:${protocol}/${port}${via === 'rule' ? '' : `@${to.address}`}`;

/** What the ways of a finding are about: its listener's port, or the target in its id (`unused-opening:tcp/8080`). */
export function targetsOf(report: Report, finding: Finding): readonly Target[] {
  const listener = listenerOf(report, finding.listener);
  if (listener !== null) return [{ protocol: listener.protocol, port: listener.port }];
  const named = /(tcp|udp)\/(\d{1,5})/.exec(finding.id.slice(finding.id.indexOf(':') + 1));
  const protocol = named?.[1];
  const port = Number(named?.[2]);
  return (protocol === 'tcp' || protocol === 'udp') && port >= 1 && port <= 65535 ? [{ protocol, port }] : [];
}

/** What a person can do about a finding with one button. */
export type Remedy = 'close' | 'show-ways' | 'turn-on-firewall' | 'remove-opening' | 'read-exactly' | 'none';

export function remedyOf(report: Report, finding: Finding): Remedy {
  const { advice, id, listener, ways } = finding;
  if (advice === 'keep') return 'none';
  if (id.startsWith('reach-unknown:')) return report.complete ? 'none' : 'read-exactly';
  if (listener !== null) return ways.includes('firewall') || ways.includes('own-table') ? 'close' : 'show-ways';
  if (ways.includes('enable-firewall')) return 'turn-on-firewall';
  if (targetsOf(report, finding).length === 0) return 'none';
  if (ways.includes('own-table')) return 'close';
  return ways.includes('firewall') ? 'remove-opening' : 'none';
}

/** Ports that are worth closing: those that "Close all recommended" takes. */
export const recommended = (report: Report): readonly Finding[] =>
  report.findings.filter((finding) => finding.advice === 'close' && remedyOf(report, finding) === 'close');

/** Ports at which that very thing is advised: what shall be restricted is not closed to everybody. Each once. */
export function advisedPorts({ findings, listeners }: Report, kind: 'close' | 'restrict'): readonly Target[] {
  const ids = new Set(findings.filter(({ advice }) => advice === kind).map(({ listener }) => listener));
  return targetsOnce(listeners.filter(({ id }) => ids.has(id)));
}

/** Ports that rules lead on and that are advised to be closed, each once: no listener stands for them. */
export function advisedDoors({ findings, forwards }: Report): readonly Target[] {
  const ids = new Set(findings.filter(({ advice }) => advice === 'close').map(({ id }) => id));
  return targetsOnce(
    forwards.filter((one) => one.via === 'rule' && one.listener === null && ids.has(findingIdOf(one))),
  );
}

/** Everything that a person may want to do something about, in the report's order. */
export const actionable = (report: Report): readonly Finding[] =>
  report.findings.filter(({ advice }) => advice !== 'keep');

/** How many listeners each level of exposure has. */
export function countExposure(report: Report): Record<'others' | 'self' | 'unknown', number> {
  const counts = { others: 0, self: 0, unknown: 0 };
  for (const listener of report.listeners) counts[toneOf(listener)] += 1;
  return counts;
}

export type Tone = 'others' | 'self' | 'unknown';

/** The one distinction that matters most: can somebody else get in? */
export function toneOf({ exposure, exposureComplete }: Pick<ListenerReach, 'exposure' | 'exposureComplete'>): Tone {
  switch (exposure) {
    case 'self':
      return exposureComplete ? 'self' : 'unknown';
    case 'some':
    case 'network':
    case 'internet':
      return 'others';
    case 'unknown':
      return 'unknown';
  }
}
