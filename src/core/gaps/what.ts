/** What is not known, in English. */
import type { BesidePart, BpfPlace, Device, GapWhat } from './meaning.ts';

export function whatText(what: GapWhat): string {
  switch (what.kind) {
    case 'addresses':
      return "this computer's addresses";
    case 'sysctls':
      return 'kernel settings';
    case 'listening':
      return 'listening ports';
    case 'connections':
      return 'live connections';
    case 'dual-stack':
      return 'which IPv6 ports take IPv4 as well';
    case 'owners':
      return 'the programs behind some ports';
    case 'units':
      return 'the services';
    case 'kernel-tables':
      return 'the rules in the kernel';
    case 'nftables':
      return 'nftables rules';
    case 'nftables-list':
      return 'nftables’ rules';
    case 'own-table':
      return 'the kernel’s table inet portcullis';
    case 'ufw-on':
      return 'whether ufw is on';
    case 'ufw-defaults':
      return "ufw's default policies";
    case 'firewalld-in-kernel':
      return 'firewalld’s rules in the kernel';
    case 'part-of-a-rule':
      return 'part of a firewall rule';
    case 'parts-of-rules':
      return 'parts of firewall rules';
    case 'kept':
      return 'what you chose to keep open';
    case 'routes':
      return what.family === null ? 'routes' : `routes, IPv${what.family}`;
    case 'kernel-rules': {
      const by = [...(what.by === null ? [] : [what.by]), ...(what.family === null ? [] : [`IPv${what.family}`])];
      return `kernel rules${by.length === 0 ? '' : ` (${by.join(', ')})`}${what.legacy ? ', legacy' : ''}`;
    }
    case 'table':
      return `rules of table ${what.table}`;
    case 'file':
      return what.path;
    case 'ufw-rules-end':
      return `the end of ${what.path}`;
    case 'ufw-rule':
      return `a rule in ${what.path}`;
    case 'ufw-setting':
      return `ufw's ${what.setting}`;
    case 'ufw-rules':
      return `ufw's IPv${what.family} rules`;
    case 'firewalld':
      return FIREWALLD[what.part];
    case 'firewalld-entry':
      return `firewalld's ${what.of.replace('kept-', 'permanent ')} ${what.name}`;
    case 'beside':
      return `what decides beside the rules${what.part === null ? '' : `: ${partText(what.part)}`}`;
    case 'xdp':
      return `an XDP program on ${what.device}${named(what.programs)}`;
    case 'vrf':
      return `the VRF ${what.vrf}`;
    case 'tc-filters':
      return `filters of traffic control on ${deviceText(what.device)}, ${what.hook}`;
    case 'bpf':
      return `a BPF program ${placeText(what.at)}${named(what.programs)}`;
    case 'ipsec':
      return `an IPsec policy for ${what.from} to ${what.to}`;
    case 'windows':
      return WINDOWS[what.part];
    case 'mac':
      return MAC[what.part];
    case 'pf-anchor':
      return `the rules of pf's anchor ${what.anchor}`;
  }
}

const MAC: Readonly<Record<Extract<GapWhat, { kind: 'mac' }>['part'], string>> = {
  pf: 'the rules of the packet filter (pf)',
  'pf-redirects': 'where the packet filter (pf) leads connections',
  'application-firewall': 'the settings of the application firewall',
  'application-list': "the application firewall's list of programs",
};

const WINDOWS: Readonly<Record<Extract<GapWhat, { kind: 'windows' }>['part'], string>> = {
  rules: 'the rules of Windows Firewall',
  policy: 'the firewall rules of group policy',
  settings: 'the settings of Windows Firewall',
  services: 'whether the service of Windows Firewall runs',
  products: 'whether another firewall has taken the place of Windows Firewall',
  'port-proxy': 'ports that are passed on (netsh interface portproxy)',
};

const FIREWALLD: Readonly<Record<Extract<GapWhat, { kind: 'firewalld' }>['part'], string>> = {
  on: 'whether firewalld is on',
  'default-zone': "firewalld's default zone",
  'active-zones': "firewalld's active zones",
  panic: 'whether firewalld is in panic mode',
  zones: "what firewalld's zones hold",
};

const PARTS: Readonly<Record<Exclude<BesidePart['kind'], 'named'>, string>> = {
  'traffic-control': 'traffic control',
  ipsec: 'IPsec policies',
  nftables: 'nftables',
  bpf: 'BPF programs',
};

const partText = (part: BesidePart): string => (part.kind === 'named' ? part.name : PARTS[part.kind]);

export const deviceText = (device: Device): string => (typeof device === 'string' ? device : `device ${device}`);

function placeText(place: BpfPlace): string {
  switch (place.on) {
    case 'device':
      return `on ${deviceText(place.device)}`;
    case 'sk-lookup':
      return 'for sk_lookup';
    case 'netfilter':
      // No question to the kernel is answered with the network namespace that it is in.
      return 'in netfilter, here or in a container';
    case 'cgroup':
      return `for ${place.unit ?? 'all programs'}`;
  }
}

const named = (programs: readonly string[]): string => (programs.length === 0 ? '' : ` (${programs.join(', ')})`);
