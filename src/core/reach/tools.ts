/** Whose rule it is, and what it does in words: what programs put into the kernel on their own, by names they are documented to use. */
import { formatAddress } from '../address.ts';
import type { Flow, Passed } from './flow.ts';

/** Docker before 29 drops direct access in the table `raw`, in no chain of its own. */
const DOCKER_RAW = /^-A PREROUTING -d \S+ ! -i (?:docker0|br-[0-9a-f]{12}|lo) (?:-p \w+ .*)?-j DROP$/;

/** Whose chain it is. */
export function firewallOf(chainKey: string, chain: string, rule: string): string {
  const [backend, , table = ''] = chainKey.split('/');
  if (/^ufw6?-/.test(chain)) return 'ufw';
  // What stands there was put there by a person, through Docker's own opening for that.
  if (chain === 'DOCKER-USER') return 'iptables';
  if (chain.startsWith('DOCKER') || table === 'docker-bridges') return 'docker';
  if (backend?.startsWith('iptables') === true && table === 'raw' && DOCKER_RAW.test(rule)) return 'docker';
  if (table === 'firewalld') return 'firewalld';
  if (chain.startsWith('ts-')) return 'tailscale';
  if (/^LIBVIRT_|^guest_/.test(chain) || table === 'libvirt_network') return 'libvirt';
  if (/^(NETAVARK|CNI)/.test(chain) || table === 'netavark') return 'podman';
  if (/^(KUBE-|cali-|CILIUM_)/.test(chain)) return 'kubernetes';
  if (table === 'lxd' || table === 'incus') return 'incus';
  if (table === 'portcullis') return 'portcullis';
  if (backend === 'kernel' || backend === 'pf' || backend === 'alf') return backend;
  return backend === 'nft' ? 'nftables' : 'iptables';
}

const TOOLS: ReadonlySet<string> = new Set(['docker', 'podman', 'libvirt', 'tailscale', 'incus', 'kubernetes']);

/** What a step of a tool's own rules did to this packet; null: the rule's own words say it best. */
export function toolWords(firewall: string, step: Passed, { packet }: Flow): string | null {
  if (!TOOLS.has(firewall) || step.rule.startsWith('policy ')) return null;
  const protocol = packet.protocol === 17 ? 'udp' : 'tcp';
  const target = withPort(formatAddress({ family: packet.family, value: packet.destination }), packet.destinationPort);
  if (step.effect === 'dnat') return `publishes ${packet.originalDestinationPort}/${protocol} -> ${target}`;
  if (firewall === 'tailscale') return tailscale(step, packet.inInterface);
  if (packet.outInterface !== null) {
    if (step.effect === 'accept') return `lets ${target} be reached (${protocol})`;
    if (/ISOLATION/.test(step.chain))
      return `keeps its networks apart: nobody on ${packet.inInterface} reaches ${target}`;
    if (step.effect === 'drop' || step.effect === 'reject') return `lets nobody in to ${target}`;
  }
  if (step.hook === 'prerouting' && step.effect === 'drop') return `lets nobody outside speak to ${target} directly`;
  return null;
}

function tailscale({ hook, rule, effect }: Passed, inInterface: string): string | null {
  if (hook !== 'input') return null;
  if (effect === 'accept' && / -i /.test(rule)) return `lets in what comes through ${inInterface}`;
  return effect === 'drop' ? 'drops tailnet addresses that do not come through the tailnet' : null;
}

/** `172.17.0.2:80`, `[fd00::2]:80`. */
export const withPort = (address: string, port: number): string =>
  address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
