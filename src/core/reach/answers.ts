/**
 * Sources whose answers this computer throws away: a blackhole, unreachable or prohibit route leads to them. A connection
 * of TCP does not come about then; a datagram arrives all the same. Source: ip-route(8).
 *
 * Where there is no route at all nothing is said: what is cut off today is connected again tomorrow.
 */
import { type AddressSet, NOTHING } from '../address.ts';
import { doubt } from '../gaps/index.ts';
import { intersect, union } from '../intervals.ts';
import type { Family, Routing } from '../model.ts';
import { splitSources } from './flow.ts';
import { NOWHERE, makeLookUp } from './lookup.ts';
import { type Outcome, kernelStep } from './path.ts';

const RULE = 'answers to this source are thrown away (ip route)';

export type Answers = (outcome: Outcome) => readonly Outcome[];

export function makeAnswers(routing: Routing): Answers {
  const refuses = (family: Family): boolean =>
    routing.entries.some((entry) => entry.family === family && NOWHERE.has(entry.type)) ||
    routing.rules[family]?.some(({ action }) => action.do === 'refuse') === true;
  const some = { 4: refuses(4), 6: refuses(6) };
  if (!some[4] && !some[6]) return (outcome) => [outcome];
  const lookUp = makeLookUp(routing);
  return (outcome) => {
    const { packet, sources } = outcome.flow;
    const { family, originalDestination: from } = packet;
    if (outcome.verdict !== 'open' || packet.protocol !== 6 || !some[family]) return [outcome];
    const rules = routing.rules[family];
    const going = lookUp({
      family,
      to: sources,
      from: [[from, from]],
      // Rules of the firewall may mark an answer, and so choose another table for it.
      mark: rules?.some(({ mark }) => mark !== null) === true ? null : 0,
      inInterface: 'lo',
      via: null,
      holds: () => true,
    });
    const cut = going
      .filter(({ type }) => type === 'refused')
      .reduce<AddressSet>((set, { to }) => union(set, to), NOTHING);
    const [inside, outside] = splitSources(outcome.flow, intersect(sources, cut));
    return [
      ...(outside === null ? [] : [{ ...outcome, flow: outside }]),
      ...(inside === null
        ? []
        : rules === null
          ? [{ flow: { ...inside, assumed: [...inside.assumed, UNREAD] }, verdict: 'unknown' as const }]
          : [{ flow: kernelStep(inside, 'routing', RULE, 'drop'), verdict: 'blocked' as const }]),
    ];
  };
}

const UNREAD = doubt({ kind: 'answers-unread' });
