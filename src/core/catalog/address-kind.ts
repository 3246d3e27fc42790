/** What kind of address this is, by the IANA special-purpose address registries. */
import ipaddr from 'ipaddr.js';

type AddressKind =
  | 'unspecified'
  | 'loopback'
  | 'private'
  /** Shared by a provider's customers (carrier-grade NAT, 100.64.0.0/10); Tailscale uses it too. */
  | 'shared'
  | 'link-local'
  | 'multicast'
  | 'broadcast'
  /** Documentation, benchmarks, protocol assignments and other addresses that no laptop is reached at. */
  | 'reserved'
  | 'public';

const KINDS: Readonly<Record<string, AddressKind>> = {
  unspecified: 'unspecified',
  loopback: 'loopback',
  private: 'private',
  uniqueLocal: 'private',
  carrierGradeNat: 'shared',
  linkLocal: 'link-local',
  multicast: 'multicast',
  broadcast: 'broadcast',
  unicast: 'public',
  // Reachable from everywhere by their entries in the registries.
  '6to4': 'public',
  teredo: 'public',
  rfc6052: 'public',
  as112: 'public',
  as112v6: 'public',
  amt: 'public',
};

/**
 * The kind of an IPv4 or IPv6 address in text; a zone is allowed, an IPv4-mapped address counts as its IPv4 address.
 * Null: this is not an address.
 * Sources: https://www.iana.org/assignments/iana-ipv4-special-registry/iana-ipv4-special-registry.xhtml and
 * https://www.iana.org/assignments/iana-ipv6-special-registry/iana-ipv6-special-registry.xhtml
 */
export function addressKind(text: string): AddressKind | null {
  // ipaddr.js also takes `10.1` and `0x7f.1`, as inet_aton does; whoever writes those means something else.
  if (!text.includes(':') && !ipaddr.IPv4.isValidFourPartDecimal(text)) return null;
  if (!ipaddr.isValid(text)) return null;
  const address = ipaddr.process(text);
  const range = address.range();
  // 2000::/3 is all that IANA hands out as global unicast; the rest of the unicast space is reserved.
  if (address.kind() === 'ipv6' && range === 'unicast' && ((address.toByteArray()[0] ?? 0) & 0xe0) !== 0x20) {
    return 'reserved';
  }
  return KINDS[range] ?? 'reserved';
}
