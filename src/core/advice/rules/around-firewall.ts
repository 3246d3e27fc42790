/**
 * Looks at what gets in although the firewall that the user switched on closes ports by default: a rule that is not that
 * firewall's decides (Docker's published ports, rules made by hand). A rule in the firewall would change nothing.
 */
import type { Deciding, ReportListener, Way } from '../../model.ts';
import { passesForwarded } from '../../firewalls/registry.ts';
import { exposed, waysOf } from '../exposed.ts';
import { closesByDefault, frontsOf } from '../fronts.ts';
import type { ListenerRule } from '../rule.ts';

/** Left out: it has just been said that a rule there would not do. */
const FRONT_WAYS: ReadonlySet<Way> = new Set(['firewall', 'install-firewall', 'own-table']);

export const aroundFirewall: ListenerRule = {
  name: 'around-firewall',
  about: 'listener',
  advise: (listener, facts) => {
    const fronts = frontsOf(facts).filter(closesByDefault);
    const front = fronts[0];
    if (front === undefined) return null;
    const other = decidedElsewhere(
      listener,
      fronts.map(({ id }) => id),
    );
    if (other === null) return null;
    return {
      ...exposed(listener, facts, { firewall: front.id, by: other }, 'past'),
      advice: 'close',
      ways: [
        ...(facts.platform === 'linux' ? (['own-table'] as const) : []),
        ...waysOf(listener, facts).filter((way) => !FRONT_WAYS.has(way)),
      ],
    };
  },
};

/** The first rule of somebody else's that lets people in where none of the fronts' own rules had a say. */
function decidedElsewhere(listener: ReportListener, fronts: readonly string[]): Deciding | null {
  for (const way of listener.reach) {
    if (way.open.length === 0 && way.limited.length === 0) continue;
    const first = way.decidedBy.find(({ firewall }) => firewall !== 'socket');
    const hadASay = way.decidedBy.some((one) => fronts.includes(one.firewall) && !passesForwarded(one));
    if (first !== undefined && !hadASay) return first;
  }
  return null;
}
