/** Is Windows Firewall on, and for which networks? */
import { isStandIn } from './apps.ts';
import type { FirewallState, Policy as Word, ProfileState, Reading, Snapshot } from '../../model.ts';
import { isUnread, PROFILES, type Profile } from './model.ts';
import type { ProfileSettings } from './profiles.ts';
import { readWindows } from './read.ts';

/** On where it is on for any network that this computer is in now; what it does by default is the least of those. */
export function stateOf(snapshot: Snapshot): Reading<readonly FirewallState[]> {
  const { policy, gaps } = readWindows(snapshot);
  const here = policy.adapters.filter(({ up, kind }) => up && kind !== 'loopback');
  const inUse = (profile: Profile): readonly string[] =>
    here.filter(({ category }) => category === profile).map(({ name }) => name);
  const used = PROFILES.filter((profile) => inUse(profile).length > 0);
  // Where the kind of a network was not told, or there is none, any of them may be in use.
  const counted = used.length === 0 || here.some(({ category }) => category === null) ? PROFILES : used;
  const settings = counted.map((profile) => policy.settings[profile]);
  const known = gaps.length === 0;
  const active = !known
    ? null
    : settings.every(({ enabled }) => enabled === false)
      ? false
      : settings.some(({ enabled }) => enabled === true)
        ? true
        : null;
  const on = settings.filter(({ enabled }) => enabled !== false);
  return {
    value: [
      {
        id: 'windows',
        active,
        defaults: { inbound: least(on.map(inboundOf)), outbound: least(on.map(({ outbound }) => word(outbound))) },
        // Those for what comes in: that is what the default stands beside.
        rules: known
          ? policy.rules.filter(
              (rule) => !isStandIn(rule) && (isUnread(rule) || (rule.active && rule.direction !== 'out')),
            ).length
          : null,
        profiles: PROFILES.map((profile): ProfileState => {
          const own = policy.settings[profile];
          return {
            name: profile,
            active: known ? own.enabled : null,
            inbound: inboundOf(own),
            interfaces: inUse(profile),
          };
        }),
      },
    ],
    gaps,
  };
}

const word = (does: 'allow' | 'block' | null): Word =>
  does === null ? 'unknown' : does === 'allow' ? 'allow' : 'deny';

const inboundOf = ({ inbound }: ProfileSettings): Word => word(inbound);

/** What is open for one network is open. */
const least = (words: readonly Word[]): Word =>
  words.includes('allow') ? 'allow' : words.length === 0 || words.includes('unknown') ? 'unknown' : 'deny';
