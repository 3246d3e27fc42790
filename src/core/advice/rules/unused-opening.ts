/** Looks at allow rules of the user's for ports on which nothing listens for others: the next program there would be open at once. */
import type { ReportListener, Target } from '../../model.ts';
import { NAMES } from '../fronts.ts';
import type { AdviceFacts, MachineRule, Opening } from '../rule.ts';
import { portOf } from '../subject.ts';
import { visible } from '../../visible.ts';
import { joined } from '../audience.ts';

export const unusedOpening: MachineRule = {
  name: 'unused-opening',
  about: 'machine',
  advise: (facts) => {
    // Without the whole list of listeners "nothing listens" would be a guess.
    if (facts.listeners.length === 0 || facts.gaps.some(({ what }) => /listen|socket/i.test(what))) return [];
    return byTarget(facts.openings).flatMap(({ target, openings }) => {
      const there = facts.listeners.filter(
        ({ protocol, port }) => protocol === target.protocol && port === target.port,
      );
      if (there.some((listener) => listener.kept || !isLoopbackOnly(listener)) || isSideDoor(target, facts)) return [];
      const rules = joined([
        ...new Set(openings.map(({ rule, firewall }) => `"${visible(rule)}" (${NAMES[firewall]})`)),
      ]);
      const off = facts.firewalls.some(({ id, active }) => id === openings[0]?.firewall && active === false);
      return [
        {
          key: `${target.protocol}/${target.port}`,
          listener: null,
          advice: 'close' as const,
          severity: 'low' as const,
          title: `A rule opens ${portOf(target)}, but nothing listens there${there.length > 0 ? ' for others' : ''}`,
          why: `The rule is ${rules}. ${there.length > 0 ? 'The program there listens on this computer only. ' : ''}${
            off ? 'The firewall is off now; turned on, the' : 'The'
          } next program that listens there would be open at once.`,
          ifClosed:
            'Nothing that runs now is affected. A program that listens there later is closed to others until you open the port again.',
          ways: ['firewall' as const],
        },
      ];
    });
  },
};

function byTarget(
  openings: readonly Opening[],
): readonly { readonly target: Target; readonly openings: readonly Opening[] }[] {
  const groups = new Map<string, { target: Target; openings: Opening[] }>();
  for (const opening of openings) {
    const key = `${opening.target.protocol}/${opening.target.port}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { target: opening.target, openings: [opening] });
    else group.openings.push(opening);
  }
  return [...groups.values()];
}

const isLoopbackOnly = ({ addresses }: ReportListener): boolean =>
  addresses.length > 0 && addresses.every(({ scope }) => scope === 'loopback');

/** Nothing listens on a port that is redirected to another, and it is used all the same. */
const isSideDoor = ({ protocol, port }: Target, { listeners }: AdviceFacts): boolean =>
  listeners.some((listener) => listener.protocol === protocol && listener.reach.some((way) => way.port === port));
