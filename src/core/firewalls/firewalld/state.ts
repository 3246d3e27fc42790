/** The state that every face shows: on or off, what happens to the rest, how many rules. */
import type { FirewallState, Policy, Snapshot } from '../../model.ts';
import { find } from '../../transcripts.ts';
import type { FirewalldState } from './read.ts';
import type { Settings } from './settings.ts';

/** Targets of zones. Source: firewalld.zone(5). */
const POLICIES: Readonly<Record<string, Policy>> = {
  default: 'reject',
  '%%REJECT%%': 'reject',
  REJECT: 'reject',
  DROP: 'deny',
  ACCEPT: 'allow',
};

const entries = (settings: Settings): number =>
  settings.services.length +
  settings.ports.length +
  settings.sourcePorts.length +
  settings.protocols.length +
  settings.forwardPorts.length +
  settings.richRules.length +
  settings.icmpBlocks.length +
  (settings.masquerade ? 1 : 0);

/** A policy that decides about everything this computer sends, where one does. */
function outbound(state: FirewalldState): Policy {
  if (state.running !== true || !state.whole) return 'unknown';
  const all = [...state.policies.values()].find(
    ({ target, ingress, egress }) => target !== 'CONTINUE' && ingress.includes('HOST') && egress.includes('ANY'),
  );
  return all === undefined ? 'allow' : (POLICIES[all.target] ?? 'unknown');
}

export function stateOf(state: FirewalldState, snapshot: Snapshot): FirewallState {
  const loaded = isLoaded(snapshot);
  const target = state.defaultZone === null ? undefined : state.zones.get(state.defaultZone)?.target;
  const inbound = state.panic === true ? 'deny' : (POLICIES[target ?? state.defaultTarget ?? ''] ?? 'unknown');
  const all = [...state.zones.values(), ...state.policies.values()];
  return {
    id: 'firewalld',
    active: state.running === false ? loaded === true : (state.running ?? loaded),
    defaults: { inbound, outbound: outbound(state) },
    rules: state.running === true && state.whole ? all.reduce((sum, settings) => sum + entries(settings), 0) : null,
  };
}

/** Are its chains in the kernel? They may stay there when it has ended. null: the kernel was not read. */
function isLoaded(snapshot: Snapshot): boolean | null {
  const [nft, iptables] = [find(snapshot, 'nft'), find(snapshot, 'iptables-save')];
  if (nft?.failure === null && /"table": ?"firewalld"/.test(nft.stdout)) return true;
  if (iptables?.failure === null && /^:INPUT_ZONES /m.test(iptables.stdout)) return true;
  return nft?.failure === null ? false : null;
}

/** In built-in chains: what firewalld puts before and after the zones. Source: ipXtables.py, build_default_rules. */
const BUILTIN =
  /^-A (?<chain>INPUT|FORWARD|OUTPUT|PREROUTING|POSTROUTING) (-j (\k<chain>_\w+|RFC3964_IPv4)|-m conntrack --ctstate (RELATED,ESTABLISHED(,DNAT)?|INVALID) -j \w+|-[io] lo -j ACCEPT|-j REJECT --reject-with \S+-prohibited|-m rpfilter --validmark --invert -j DROP|-p ipv6-icmp -m icmp6 --icmpv6-type 13[45] -j ACCEPT|.*-j LOG --log-prefix "(STATE_INVALID_DROP|FINAL_REJECT|rpfilter_DROP): ")/;

/** Whether a line of `iptables-save` stands in firewalld's chains, or is its own in a built-in one. */
export function isFirewalldLine(line: string): boolean {
  const chain = /-A (\S+)/.exec(line)?.[1] ?? '';
  return (
    /_(ZONES(_SOURCE|_IFACES)?|POLICIES_(pre|post)|direct)$/.test(chain) ||
    /^((IN|FWD[IO]?|OUT|PRE|POST)_|RFC3964_IPv4$)/.test(chain) ||
    BUILTIN.test(line)
  );
}
