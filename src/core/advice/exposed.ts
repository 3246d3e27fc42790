/** What all rules about an exposed listener have in common: how much it matters, what to do, and in which ways. */
import { addressKind } from '../catalog/index.ts';
import type { AdviceKind, ReportListener, Severity, Way } from '../model.ts';
import { audienceOf, isLimited, joined, reachedFrom, sidePorts } from './audience.ts';
import { canClose, frontsOf } from './fronts.ts';
import type { AdviceFacts, Draft, ListenerRule } from './rule.ts';
import { aboutOf, subjectOf } from './subject.ts';

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
  if (plain && canClose(facts)) ways.push('firewall');
  else {
    if (plain && frontsOf(facts).length === 0) ways.push('install-firewall');
    if (facts.platform === 'linux' && isDirectlyOpen(listener)) ways.push('own-table');
  }
  if (inContainer) ways.push('container');
  else if (identity.service !== null && identity.service.bindLocal !== null) ways.push('bind-loopback');
  // Where a rule leads past the program that holds the place, ending that program closes nothing.
  const led = facts.forwards.some((forward) => forward.listener === listener.id);
  const stoppable = !led && (owner.unit !== null || (owner.program !== null && owner.pid !== null && owner.pid > 1));
  if (stoppable && !(facts.platform === 'win32' && owner.pid === 4)) ways.push('stop');
  return ways;
}

/** Reached from the internet by IPv6 alone: people expect their router to stand in the way. */
function isDirect(listener: ReportListener): boolean {
  if (listener.exposure !== 'internet') return false;
  const families = listener.reach
    .filter((way) => way.open.length + way.limited.length > 0 && addressKind(way.address) === 'public')
    .map(({ family }) => family);
  return families.length > 0 && families.every((family) => family === 6);
}

const portsOf = (ports: readonly number[]): string =>
  `${ports.length === 1 ? 'port' : 'ports'} ${joined(ports.map(String))}`;

/** Does anybody get in by the listener's own number? */
const isDirectlyOpen = ({ port, reach }: ReportListener): boolean =>
  reach.some((way) => way.port === port && way.open.length + way.limited.length > 0);

/**
 * A site that is served through a redirect: which way in is which, and why a plain rule is not the way to close one. Rules
 * that turn packets elsewhere come first, so the firewall sees the listener's number for both.
 */
function sideDoors(listener: ReportListener, others: readonly number[]): string | null {
  if (others.length === 0) return null;
  const [own, side] = [`port ${listener.port}`, portsOf(others)];
  if (!isDirectlyOpen(listener))
    return `The way in is ${side}, which a rule leads here; ${own} itself is shut. A rule for ${own} in the firewall would close ${side} too.`;
  return `There are two ways in: ${own} itself, and ${side}, which a rule leads here. If others are meant to come through ${side} only, it is ${own} that is to be closed, but a plain rule for it in the firewall would close both: the firewall sees ${own} for both.`;
}

/** The finding for an exposed listener. `because` is the rule's own sentence. */
export function exposed(listener: ReportListener, facts: AdviceFacts, because: string | null): Draft {
  const { service } = listener.identity;
  const others = sidePorts(listener);
  const why = [
    aboutOf(listener),
    service?.ifExposed ?? null,
    because,
    isDirect(listener)
      ? 'It gets through over IPv6, where this computer has an address of its own on the internet.'
      : null,
    isLimited(listener) ? 'The firewall slows repeated tries but lets connections in.' : null,
    sideDoors(listener, others),
  ];
  return {
    advice: others.length === 0 ? adviceOf(listener) : 'review',
    severity: severityOf(listener),
    title: `${subjectOf(listener)} is open to ${audienceOf(listener, facts)}${others.length === 0 || isDirectlyOpen(listener) ? '' : `, through ${portsOf(others)} only`}`,
    why: why.filter((sentence) => sentence !== null).join(' '),
    ifClosed:
      service?.ifClosed ?? 'What other devices do with this port stops working. This computer still reaches it.',
    ways: waysOf(listener, facts),
  };
}

/** A rule that speaks for the services that `covers` accepts. */
export const exposedRule = (
  name: string,
  covers: (listener: ReportListener) => boolean,
  because: string | null,
): ListenerRule => ({
  name,
  about: 'listener',
  advise: (listener, facts) => (covers(listener) ? exposed(listener, facts, because) : null),
});
