/** Looks at denies that keep nobody out of a port that others reach: somebody believes that it is closed. */
import { letsThrough } from '../../reach/summary.ts';
import type { RuleFault } from '../../hygiene/index.ts';
import { concerns } from '../../firewalls/owned.ts';
import type { ReportListener } from '../../model.ts';
import { isReached, whoReaches } from '../audience.ts';
import { idleSaid, named } from '../idle.ts';
import type { AdviceFacts, MachineRule } from '../rule.ts';
import { aroundFirewall } from './around-firewall.ts';

export const powerlessDeny: MachineRule = {
  name: 'powerless-deny',
  about: 'machine',
  advise: (facts) => {
    const told = new Set<string>();
    return facts.idle.flatMap((fault) => {
      const [listener] = believedClosed(fault, facts);
      const key = named(fault);
      if (listener === undefined || told.has(key)) return [];
      told.add(key);
      return [
        {
          key,
          listener: null,
          advice: 'review' as const,
          severity: listener.exposure === 'some' ? ('medium' as const) : ('high' as const),
          ways: [],
          says: {
            kind: 'powerless-deny' as const,
            rule: idleSaid(fault),
            listener: listener.id,
            who: whoReaches(listener, facts),
            command: `portcullis close ${listener.port}/${listener.protocol}`,
          },
        },
      ];
    });
  },
};

/** Listeners that the rule means to close and that are open; those of which another finding says so are left to it. */
export const believedClosed = (
  { rule, against, kind, families }: RuleFault,
  facts: AdviceFacts,
): readonly ReportListener[] =>
  rule.action !== 'deny' || !against || kind === 'redundant'
    ? []
    : facts.listeners
        .filter(
          (listener) =>
            concerns(rule, listener) &&
            listener.reach.some((way) => families.includes(way.family) && letsThrough(way)) &&
            isReached(listener) &&
            !listener.kept &&
            (aroundFirewall.about !== 'listener' || aroundFirewall.advise(listener, facts) === null),
        )
        .toSorted((a, b) => (a.id < b.id ? -1 : 1));
