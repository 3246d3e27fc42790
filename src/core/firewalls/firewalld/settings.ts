/**
 * What a zone, a policy or a service of firewalld holds, as its D-Bus interface gives it.
 * Fields: firewalld.dbus(5), getZoneSettings2, getPolicySettings, getServiceSettings2. What is at its default is left out.
 */
import { type Dictionary, isDictionary, rowsOf, stringsOf } from './replies.ts';

/** A port or range with its protocol: `8000-8010`, `udp`. */
export interface PortSpec {
  readonly ports: string;
  readonly protocol: string;
}

interface ForwardSpec extends PortSpec {
  readonly toPort: string;
  readonly toAddress: string;
}

/** A zone or a policy. */
export interface Settings {
  /** `default`, `ACCEPT`, `DROP`, `%%REJECT%%`, `REJECT`, `CONTINUE`. */
  readonly target: string;
  readonly services: readonly string[];
  readonly ports: readonly PortSpec[];
  readonly sourcePorts: readonly PortSpec[];
  readonly protocols: readonly string[];
  readonly forwardPorts: readonly ForwardSpec[];
  readonly masquerade: boolean;
  readonly icmpBlocks: readonly string[];
  readonly icmpBlockInversion: boolean;
  /** As firewalld prints them: `rule family="ipv4" source address="10.0.0.0/8" accept`. */
  readonly richRules: readonly string[];
  readonly interfaces: readonly string[];
  readonly sources: readonly string[];
  /** Policies only. */
  readonly ingress: readonly string[];
  readonly egress: readonly string[];
}

export interface Service {
  readonly ports: readonly PortSpec[];
  readonly sourcePorts: readonly PortSpec[];
  readonly protocols: readonly string[];
  readonly includes: readonly string[];
  /** Where packets must be for, by family: `224.0.0.251`. */
  readonly destination: { readonly ipv4?: string; readonly ipv6?: string };
}

const portsOf = (value: unknown): readonly PortSpec[] =>
  rowsOf(value).map(([ports = '', protocol = '']) => ({ ports, protocol }));

const text = (value: unknown, other: string): string => (typeof value === 'string' && value !== '' ? value : other);

/** @param target what it is where nothing is said: `default` for zones, `CONTINUE` for policies */
export const settingsOf = (reply: Dictionary, target: string): Settings => ({
  target: text(reply['target'], target),
  services: stringsOf(reply['services']),
  ports: portsOf(reply['ports']),
  sourcePorts: portsOf(reply['source_ports']),
  protocols: stringsOf(reply['protocols']),
  forwardPorts: rowsOf(reply['forward_ports']).map(([ports = '', protocol = '', toPort = '', toAddress = '']) => ({
    ports,
    protocol,
    toPort,
    toAddress,
  })),
  masquerade: reply['masquerade'] === true,
  icmpBlocks: stringsOf(reply['icmp_blocks']),
  icmpBlockInversion: reply['icmp_block_inversion'] === true,
  // Zones call them rules_str, policies rich_rules.
  richRules: [...stringsOf(reply['rules_str']), ...stringsOf(reply['rich_rules'])],
  interfaces: stringsOf(reply['interfaces']),
  sources: stringsOf(reply['sources']),
  ingress: stringsOf(reply['ingress_zones']),
  egress: stringsOf(reply['egress_zones']),
});

export function serviceOf(reply: Dictionary): Service {
  const destination = isDictionary(reply['destination']) ? reply['destination'] : {};
  const { ipv4, ipv6 } = destination;
  return {
    ports: portsOf(reply['ports']),
    sourcePorts: portsOf(reply['source_ports']),
    protocols: stringsOf(reply['protocols']),
    includes: stringsOf(reply['includes']),
    destination: {
      ...(typeof ipv4 === 'string' ? { ipv4 } : {}),
      ...(typeof ipv6 === 'string' ? { ipv6 } : {}),
    },
  };
}
