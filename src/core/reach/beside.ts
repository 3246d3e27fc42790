/** What acts beside the rules, and what it leaves certain of their answer. */
import type { Doubt } from '../gaps/index.ts';
import type { Concerns, Outsider } from '../outside/index.ts';
import { type Flow, type Packet, splitSources } from './flow.ts';
import type { Start } from './follow.ts';
import type { Outcome } from './path.ts';

/**
 * What may do anything may drop what the rules let through and lead elsewhere what they would drop: nothing is certain.
 * What can only drop leaves certain what the rules block.
 */
export function besideRules(start: Start, outcomes: readonly Outcome[], concerns: Concerns): readonly Outcome[] {
  const first = concerns.packet(start);
  const doubts = first.filter(({ power }) => power === 'anything').map(({ doubt }) => doubt);
  if (doubts.length > 0) return outcomes.map(({ flow }) => ({ flow: unsure(flow, doubts), verdict: 'unknown' }));
  return outcomes.flatMap((outcome) => {
    const { packet } = outcome.flow;
    const later = packet.redirected ? concerns.packet(rewritten(start, packet)) : [];
    return outcome.verdict === 'open' ? narrowed(outcome, new Set([...first, ...later])) : [outcome];
  });
}

const rewritten = (start: Start, { destination, destinationPort }: Packet): Start => ({
  ...start,
  destination,
  port: destinationPort,
});

/** Of what gets through, the part that one of these may drop is unknown. */
export function narrowed(outcome: Outcome, by: Iterable<Outsider>): readonly Outcome[] {
  let rest: Flow | null = outcome.flow;
  const doubtful: Outcome[] = [];
  for (const { sources, doubt } of by) {
    if (rest === null) break;
    const [inside, outside]: readonly [Flow | null, Flow | null] =
      sources === null ? [rest, null] : splitSources(rest, sources);
    if (inside !== null) doubtful.push({ flow: unsure(inside, [doubt]), verdict: 'unknown' });
    rest = outside;
  }
  return rest === null ? doubtful : [...doubtful, { ...outcome, flow: rest }];
}

const unsure = (flow: Flow, doubts: readonly Doubt[]): Flow => ({ ...flow, assumed: [...flow.assumed, ...doubts] });
