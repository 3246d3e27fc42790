/** Synthetic listeners and facts for tests of the advice: made by hand, with the shapes of a real report. */
import type { AdviceFacts } from '../../../src/core/advice/index.ts';
import { identify, rangeOf } from '../../../src/core/catalog/index.ts';
import { type Doubt, gap, reasonsFrom, unreadDoubt } from '../../../src/core/gaps/index.ts';
import type {
  Deciding,
  Exposure,
  FirewallState,
  Gap,
  Owner,
  Place,
  Protocol,
  Reach,
  ReportForward,
  ReportListener,
} from '../../../src/core/model.ts';

export interface Parts {
  readonly owner?: Partial<Owner>;
  readonly exposure?: Exposure;
  readonly exposureComplete?: boolean;
  readonly places?: readonly Place[];
  readonly reach?: readonly Reach[];
  readonly kept?: boolean;
  readonly addresses?: ReportListener['addresses'];
}

export const place = (kind: Place['kind'], verdict: Place['verdict'] = 'open'): Place => ({
  kind,
  interface: { lan: 'wlan0', vpn: 'wg0', tailnet: 'tailscale0', container: 'docker0', internet: null }[kind],
  verdict,
});

export const way = (port: number, parts: Partial<Reach> = {}): Reach => ({
  interface: 'wlan0',
  family: 4,
  address: '192.168.77.10',
  port,
  open: ['0.0.0.0/0'],
  limited: [],
  unknown: [],
  decidedBy: [{ firewall: 'kernel', rule: 'no firewall rule stands in the way' }],
  reasons: [],
  doubts: [],
  trace: [],
  ...parts,
});

export const decided = (firewall: string, rule: string): readonly Deciding[] => [{ firewall, rule }];

/** A listener that everybody on the Wi-Fi gets through to, unless `parts` says otherwise. */
export function listener(id: string, program: string | null, parts: Parts = {}): ReportListener {
  const [protocol, rest] = id.split('/');
  const port = Number(rest?.split('@')[0]);
  const owner: Owner = {
    pid: program === null ? null : 4242,
    program,
    path: program === null ? null : `/usr/bin/${program}`,
    commandLine: null,
    unit: null,
    container: null,
    user: '1000',
    complete: true,
    ...parts.owner,
  };
  const range = rangeOf(port);
  const base = { id, protocol: protocol as Protocol, port, range, owner };
  const identity = identify({ ...base, sockets: [] }, new Map());
  return {
    ...base,
    exposure: parts.exposure ?? 'network',
    exposureComplete: parts.exposureComplete ?? parts.exposure !== 'unknown',
    places: parts.places ?? [place('lan'), place('internet', 'blocked')],
    reach: parts.reach ?? [way(port)],
    addresses: parts.addresses ?? [{ address: '0.0.0.0', family: 4, scope: 'any', device: null }],
    service: identity.service === null ? null : { id: identity.service.id, name: identity.service.name },
    identity,
    kept: parts.kept ?? false,
  };
}

/** Nobody else gets through. */
export const loopback = (id: string, program: string): ReportListener =>
  listener(id, program, {
    exposure: 'self',
    places: [place('lan', 'blocked'), place('internet', 'blocked')],
    reach: [],
    addresses: [{ address: '127.0.0.1', family: 4, scope: 'loopback', device: null }],
  });

/** The kernel's rules could not be read without rights. */
export const refused: Gap = gap({
  what: { kind: 'kernel-rules', by: null, family: null, legacy: false },
  why: { kind: 'refused' },
  how: { kind: 'exact' },
});

export const unknown = (id: string, program: string | null, why: Doubt = unreadDoubt(refused)): ReportListener =>
  listener(id, program, {
    exposure: 'unknown',
    places: [place('lan', 'unknown'), place('internet', 'unknown')],
    reach: [way(Number(id.split('/')[1]), { open: [], unknown: ['0.0.0.0/0'], decidedBy: [], ...reasonsFrom([why]) })],
  });

export const ufw = (active: boolean | null, inbound: FirewallState['defaults']['inbound'] = 'deny'): FirewallState => ({
  id: 'ufw',
  active,
  defaults: { inbound, outbound: 'allow' },
  rules: active === null ? null : 3,
});

/** Docker's port 8080, open to the Wi-Fi. */
export const forward = (changes: Partial<ReportForward>): ReportForward => ({
  id: 'tcp/8080>172.17.0.2:80',
  protocol: 'tcp',
  port: 8080,
  lastPort: 8080,
  via: 'rule',
  to: { address: '172.17.0.2', port: 80, interface: 'docker0', kind: 'container' },
  firewall: 'docker',
  container: null,
  listener: null,
  kept: false,
  exposure: 'network',
  exposureComplete: true,
  places: [place('lan', 'open'), place('internet', 'blocked')],
  reach: [way(8080, { decidedBy: [{ firewall: 'docker', rule: 'publishes 8080/tcp -> 172.17.0.2:80' }] })],
  ...changes,
});

export const facts = (parts: Partial<AdviceFacts>): AdviceFacts => ({
  listeners: [],
  forwards: [],
  firewalls: [ufw(true)],
  openings: [],
  gaps: [],
  idle: [],
  platform: 'linux',
  firewalld: null,
  windows: null,
  mac: null,
  tunnels: [],
  interfaces: [
    { name: 'wlan0', kind: 'wifi' },
    { name: 'eth0', kind: 'ethernet' },
  ],
  ...parts,
});
