/** What all rules about an exposed listener have in common: how much it matters, what to do, and in which ways. */
import { letsThrough } from '../reach/summary.ts';
import { addressKind } from '../catalog/index.ts';
import { isBoundHere } from '../listeners/local.ts';
import type { AdviceKind, ReportListener, Severity, Way } from '../model.ts';
import type { Because, SaysExposed } from '../says.ts';
import { isLimited, reachedFrom, sidePorts, whoReaches } from './audience.ts';
import { canClose, frontsOf } from './fronts.ts';
import { knownOf } from './known.ts';
import { letBy } from './let-by.ts';
import { isPassing } from './passing.ts';
import type { AdviceFacts, Draft, ListenerRule } from './rule.ts';

const LEVELS: readonly Severity[] = ['low', 'medium', 'high'];
const shift = (severity: Severity, by: number): Severity =>
  LEVELS[Math.min(2, Math.max(0, LEVELS.indexOf(severity) + by))] ?? severity;

/**
 * High: somebody on a network can take data, run code or log in. It weighs less where only some addresses, one's own
 * tailnet or containers get through, and more where the whole internet does.
 */
export function severityOf(listener: ReportListener): Severity {
  const { service } = listener.identity;
  const base: Severity = service?.risk ?? (listener.protocol === 'tcp' ? 'medium' : 'low');
  const from = reachedFrom(listener);
  if (listener.exposure === 'internet') return base === 'medium' ? 'high' : base;
  if (from.size > 0 && [...from].every((kind) => kind === 'container')) return 'low';
  const few = listener.exposure === 'some' || (from.size > 0 && [...from].every((kind) => kind === 'tailnet'));
  return few ? shift(base, -1) : base;
}

/** Close what nobody else needs. What serves others by design, or was narrowed by somebody already, needs a thought. */
function adviceOf(listener: ReportListener): AdviceKind {
  const { service } = listener.identity;
  const from = reachedFrom(listener);
  if (listener.exposure === 'some' || (from.size > 0 && [...from].every((kind) => kind === 'container')))
    return 'review';
  if (service?.servesOthers !== true) return 'close';
  return listener.exposure === 'internet' || service.risk === 'high' ? 'restrict' : 'review';
}

/** The ways there are to close it, the mildest first. */
export function waysOf(listener: ReportListener, facts: AdviceFacts): readonly Way[] {
  const { owner, identity } = listener;
  const inContainer = owner.container !== null || identity.service?.id === 'published-port';
  const ways: Way[] = [];
  // A rule for this port would also close the other port that leads here, and that one may be wanted.
  const plain = sidePorts(listener).length === 0;
  const { shut, managed, unfiltered } = openAt(listener, facts);
  // Closed in the firewall it would stay open where nobody looks at its rules: refused, and told by a finding of its own.
  const closable = !unfiltered && (shut || !managed) && !isPassing(listener);
  if (closable && plain && canClose(facts)) ways.push('firewall');
  if (managed) ways.push('by-policy');
  else if (!ways.includes('firewall')) {
    if (plain && frontsOf(facts).length === 0) ways.push('install-firewall');
    if (facts.platform === 'linux' && isDirectlyOpen(listener)) ways.push('own-table');
  }
  if (inContainer) ways.push('container');
  else if (identity.service !== null && identity.service.bindLocal !== null && !isBoundHere(listener))
    ways.push('bind-loopback');
  // Where a rule leads past the program that holds the place, ending that program closes nothing.
  const led = facts.forwards.some((forward) => forward.listener === listener.id);
  const stoppable = !led && (owner.unit !== null || (owner.program !== null && owner.pid !== null && owner.pid > 1));
  if (stoppable && !(facts.platform === 'win32' && owner.pid === 4)) ways.push('stop');
  return ways;
}

interface OpenAt {
  /** Where a rule of this computer's own shuts it. */
  readonly shut: boolean;
  /** Where nothing that is set on this computer counts. */
  readonly managed: boolean;
  /** Where Windows Firewall leaves an interface alone. */
  readonly unfiltered: boolean;
}

/** At which interfaces does somebody get in? */
function openAt({ reach }: ReportListener, { windows }: AdviceFacts): OpenAt {
  const open = reach.filter(letsThrough).map((way): keyof OpenAt => {
    if (windows?.managed.includes(way.interface) === true) return 'managed';
    return windows?.unfiltered.some(({ interfaces }) => interfaces.includes(way.interface)) === true
      ? 'unfiltered'
      : 'shut';
  });
  return { shut: open.includes('shut'), managed: open.includes('managed'), unfiltered: open.includes('unfiltered') };
}

/** Reached from the internet by IPv6 alone: people expect their router to stand in the way. */
function isOverIPv6(listener: ReportListener): boolean {
  if (listener.exposure !== 'internet') return false;
  const families = listener.reach
    .filter((way) => letsThrough(way) && addressKind(way.address) === 'public')
    .map(({ family }) => family);
  return families.length > 0 && families.every((family) => family === 6);
}

/** Does anybody get in by the listener's own number? */
const isDirectlyOpen = ({ port, reach }: ReportListener): boolean =>
  reach.some((way) => way.port === port && letsThrough(way));

/** What is said of an exposed listener. `because` is the rule's own sentence. */
export const exposedSays = (
  listener: ReportListener,
  facts: Pick<AdviceFacts, 'interfaces' | 'platform'>,
  because: Because | null,
  title: SaysExposed['title'] = 'ports',
): SaysExposed => ({
  kind: 'exposed',
  listener: listener.id,
  who: whoReaches(listener, facts),
  title,
  known: knownOf(listener),
  because,
  overIPv6: isOverIPv6(listener),
  slowed: isLimited(listener),
  direct: isDirectlyOpen(listener),
  others: sidePorts(listener),
  letBy: letBy(listener),
  passedOn: facts.platform === 'win32',
  passing: isPassing(listener),
});

/** The finding for an exposed listener. */
export const exposed = (
  listener: ReportListener,
  facts: AdviceFacts,
  because: Because | null,
  title?: SaysExposed['title'],
): Draft => ({
  advice: sidePorts(listener).length === 0 ? adviceOf(listener) : 'review',
  severity: severityOf(listener),
  ways: waysOf(listener, facts),
  says: exposedSays(listener, facts, because, title),
});

/** A rule that speaks for the services that `covers` accepts. */
export const exposedRule = (
  name: string,
  covers: (listener: ReportListener) => boolean,
  because: Because | null,
): ListenerRule => ({
  name,
  about: 'listener',
  advise: (listener, facts) => (covers(listener) ? exposed(listener, facts, because) : null),
});
