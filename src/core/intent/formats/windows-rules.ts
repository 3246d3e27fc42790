/**
 * An intent as block rules of Windows Firewall. A block there beats whatever only allows, so nobody can be left out of one by
 * a second rule, and the rest is closed by blocking all ports that are not kept. Source: "Windows Firewall rules", Microsoft
 * Learn: explicitly defined block rules take precedence over allow rules. Not run on Windows here.
 */
import type { Intent } from '../../firewalls/export.ts';
import { byPort, DHCP_PORTS, portsOf } from '../parts.ts';

export interface WindowsRule {
  readonly name: string;
  readonly protocol: 'tcp' | 'udp';
  /** As the rule's local port is written: `3000`, or ranges apart by commas. */
  readonly ports: string;
}

export function windowsRules(intent: Intent): readonly WindowsRule[] {
  const close = byPort(intent.close);
  if (intent.rest === 'leave') {
    return close.map(({ protocol, port }) => ({
      name: `Portcullis export: closed port (${protocol.toUpperCase()} ${port})`,
      protocol,
      ports: String(port),
    }));
  }
  return (['tcp', 'udp'] as const).map((protocol) => ({
    name: `Portcullis export: all but what is kept (${protocol.toUpperCase()})`,
    protocol,
    ports: without([...portsOf(protocol, intent.keep), ...(protocol === 'udp' ? DHCP_PORTS : [])]),
  }));
}

/** Every port but these, as ranges. */
function without(ports: readonly number[]): string {
  const ranges: string[] = [];
  let from = 1;
  for (const port of [...new Set(ports), 65_536].sort((a, b) => a - b)) {
    if (port > from) ranges.push(port - 1 === from ? String(from) : `${from}-${port - 1}`);
    from = port + 1;
  }
  return ranges.join(',');
}
