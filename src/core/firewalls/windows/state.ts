/** Is Windows Firewall on, and for which networks? */
import { isStandIn } from './apps.ts';
import type { FirewallState, Policy as Word, ProfileState, Reading, Snapshot } from '../../model.ts';
import { interfacesIn, possibleProfiles } from './in-use.ts';
import { isUnread, PROFILES } from './model.ts';
import type { ProfileSettings } from './profiles.ts';
import { readWindows } from './read.ts';

/** On where it is on for any network that this computer is in now; what it does by default is the least of those. */
export function stateOf(snapshot: Snapshot): Reading<readonly FirewallState[]> {
  const { policy, gaps } = readWindows(snapshot);
  // Where there is no network, any kind may be in use next.
  const used = possibleProfiles(policy.adapters);
  const counted = used.length === 0 ? PROFILES : used;
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
            interfaces: interfacesIn(profile, policy.adapters),
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
