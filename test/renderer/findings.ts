/** Findings of every kind: of rule sets that people run, of the window's scenes, and of machines made up for one rule each. */
import { advise } from '../../src/core/advice/index.ts';
import type { AdviceFacts } from '../../src/core/advice/index.ts';
import type { Pointed } from '../../src/core/advice/subjects.ts';
import { tunnelPrograms } from '../../src/core/catalog/tunnels.ts';
import type { Tunnel } from '../../src/core/catalog/index.ts';
import { gap, ruleDoubt, unreadDoubt } from '../../src/core/gaps/index.ts';
import type { OwnedRule } from '../../src/core/firewalls/owned.ts';
import type { RuleFault } from '../../src/core/hygiene/index.ts';
import type { Finding, FirewallState, Report } from '../../src/core/model.ts';
import { makeReport } from '../../src/core/report.ts';
import {
  decided,
  facts,
  forward,
  listener,
  loopback,
  place,
  refused,
  ufw,
  unknown,
  way,
} from '../core/advice/build.ts';
import { NOTED } from '../core/firewalls/windows/noted.ts';
import { readSnapshots } from '../core/rulesets/snapshots.ts';

/** A finding, with the report that it points into. */
export type Found = readonly [finding: Finding, report: Pointed];

const firewalld = (active: boolean, inbound: FirewallState['defaults']['inbound'] = 'reject'): FirewallState => ({
  ...ufw(active, inbound),
  id: 'firewalld',
});

/** Everybody on the Wi-Fi gets in by these ports. */
const by = (...ports: readonly number[]) => ports.map((port) => way(port));

const exposed: readonly Partial<AdviceFacts>[] = [
  {
    listeners: [
      listener('tcp/22', 'sshd', { places: [place('lan', 'limited')] }),
      listener('tcp/5432', 'postgres', { exposure: 'internet', places: [place('lan'), place('internet')] }),
      listener('tcp/3000', 'node'),
      listener('tcp/3001', null),
      listener('tcp/64999', 'mystery', { exposure: 'some', places: [place('tailnet', 'some'), place('vpn', 'some')] }),
      listener('tcp/64998', 'node', { places: [place('container')] }),
      listener('udp/4000', null, { reach: by(4000, 53, 54) }),
      listener('tcp/8443', 'nginx', { reach: by(443) }),
      listener('tcp/8444', 'nginx', { reach: by(8444, 444) }),
      listener('tcp/6379', 'redis-server', {
        exposure: 'internet',
        places: [place('internet')],
        reach: [way(6379, { family: 6, address: '2001:db8::1', open: ['::/0'] })],
      }),
    ],
    firewalls: [],
    interfaces: [],
  },
  ...['docker', 'kernel', 'nftables'].map((firewall) => ({
    listeners: [listener('tcp/8080', 'nginx', { reach: [way(8080, { decidedBy: decided(firewall, 'a rule') })] })],
  })),
];

const forwarded: readonly Partial<AdviceFacts>[] = [
  { forwards: [forward({}), forward({ id: 'x', to: { ...forward({}).to, address: 'fd00::2' } })] },
  { forwards: [forward({ firewall: 'incus', lastPort: 8090, to: { ...forward({}).to, kind: 'guest' } })] },
  { forwards: [forward({ firewall: 'iptables', protocol: 'udp', to: { ...forward({}).to, kind: 'computer' } })] },
  { forwards: [forward({ container: 'web', firewall: 'podman' })], firewalls: [ufw(false)] },
  { forwards: [forward({ via: 'route', port: 80, lastPort: 80 })] },
  { forwards: [forward({ via: 'route', port: 80, lastPort: 80, container: 'web', firewall: 'podman' })] },
];

const some = [listener('tcp/3000', 'node')];
const firewalls: readonly Partial<AdviceFacts>[] = [
  ...[[], some, [...some, listener('tcp/22', 'sshd')], [unknown('tcp/22', 'sshd')]].map((listeners) => ({
    listeners,
    firewalls: [ufw(false)],
  })),
  { firewalls: [firewalld(false)] },
  { firewalls: [{ ...ufw(false), id: 'windows' }], platform: 'win32' },
  { listeners: some, firewalls: [] },
  { listeners: some, firewalls: [ufw(true, 'allow')] },
  { firewalls: [firewalld(true, 'allow')] },
  { firewalls: [ufw(true), firewalld(true)] },
  ...[1, 6].map((count) => {
    const entries = Array.from({ length: count }, (_, at) => `zone public: port ${at + 1}/tcp`);
    const all = { openAfterRestart: entries, closedUntilRestart: entries, openUntilRestart: entries };
    return {
      firewalls: [firewalld(true)],
      firewalld: {
        ...all,
        closedAfterRestart: entries,
        panic: true,
        wide: [{ zone: 'home', ports: ['1025-65535/tcp', '1025-65535/udp'] }],
        trusting: [
          { zone: 'trusted', interfaces: ['wlan0', 'eth0'].slice(0, count), isDefault: false },
          { zone: 'mine', interfaces: [], isDefault: true },
        ],
      },
    };
  }),
];

const NO_PF = gap({ what: { kind: 'mac', part: 'pf' }, why: { kind: 'refused' }, how: { kind: 'as-root' } });
const unlessPf = (id: string, program: string) => unknown(id, program, unreadDoubt(NO_PF));
const local = { ...unlessPf('tcp/3000', 'node'), reach: [] };
const alf: FirewallState = { ...ufw(true), id: 'alf' };
const onMacs: readonly Partial<AdviceFacts>[] = [
  {
    listeners: [
      listener('tcp/5000', 'ControlCenter'),
      listener('tcp/5900', 'launchd'),
      listener('tcp/3283', 'ARDAgent'),
      listener('tcp/445', 'smbd'),
      listener('tcp/22', 'launchd', { exposure: 'internet', places: [place('internet')] }),
      listener('tcp/3031', 'launchd'),
      listener('tcp/631', 'cupsd'),
      listener('tcp/3689', 'AMPLibraryAgent'),
      listener('tcp/49160', 'AssetCache'),
      listener('udp/67', 'bootpd'),
    ],
    firewalls: [{ ...alf, active: false, defaults: { inbound: 'allow', outbound: 'allow' } }],
    mac: { alf: false, stealth: false, signed: true, pf: null },
  },
  { firewalls: [alf], mac: { alf: true, stealth: false, signed: true, pf: { anchors: [], askers: [] } } },
  {
    firewalls: [alf],
    mac: {
      alf: true,
      stealth: true,
      signed: false,
      pf: { anchors: ['a', 'b', 'c', 'd', 'e', 'f', 'g'], askers: ['InternetSharing', 'vpn'] },
    },
  },
  { listeners: [unlessPf('tcp/5000', 'ControlCenter'), unlessPf('tcp/8080', 'nginx'), local], gaps: [NO_PF] },
  { listeners: [local, { ...local, id: 'tcp/3001', port: 3001 }], gaps: [NO_PF] },
  { listeners: [local], gaps: [NO_PF] },
  { listeners: Array.from({ length: 20 }, (_, at) => unlessPf(`tcp/${8000 + at}`, 'nginx')), gaps: [NO_PF] },
];
const macs = onMacs.map((one): Partial<AdviceFacts> => ({ ...one, platform: 'darwin' }));

const untold: readonly Partial<AdviceFacts>[] = [
  { listeners: [unknown('tcp/22', 'sshd'), unknown('udp/631', null)], gaps: [refused] },
  { listeners: [unknown('tcp/22', 'sshd', ruleDoubt('rule A')), unknown('tcp/80', 'nginx', ruleDoubt('rule B'))] },
  { listeners: Array.from({ length: 40 }, (_, at) => unknown(`tcp/${2000 + at}`, 'node', ruleDoubt('rule A'))) },
];

const PORT = [[8080, 8080]] as const;
const owned = (action: OwnedRule['action'], text = `${action} 8080/tcp`): OwnedRule => ({
  firewall: 'ufw',
  text,
  families: [4, 6],
  action,
  chain: 'iptables/4/filter/ufw-user-input',
  lines: [0],
  doesMore: false,
  ours: false,
  ports: { tcp: PORT, udp: [] },
  forAll: true,
  removal: ['ufw', 'delete', ...text.split(' ')],
});
const faults = (['shadowed', 'redundant', 'overridden'] as const).flatMap((kind) =>
  (['allow', 'deny'] as const).flatMap((action) =>
    [true, false].flatMap((against) =>
      [[], ['allow 8000:9000/tcp'], ['allow 8080', 'allow 8000:9000/tcp']].map((others, at): RuleFault => {
        const rule = owned(action, `${action} 8080/tcp${'x'.repeat(at)}`);
        const because = others.map((text, n) => ({ firewall: n === 0 ? 'ufw' : 'docker', rule: text }));
        return { kind, rule, rules: [rule], families: at === 0 ? [6] : [4, 6], against, by: because };
      }),
    ),
  ),
);
const rules: readonly Partial<AdviceFacts>[] = [
  ...faults.map((fault) => ({ idle: [fault] })),
  { idle: faults.slice(0, 3) },
  { idle: faults },
  ...faults.map((fault) => ({ idle: [fault], listeners: [listener('tcp/8080', 'nginx')], firewalls: [] })),
  ...[ufw(true), ufw(false)].flatMap((state) =>
    [loopback('tcp/8080', 'node'), loopback('tcp/9999', 'node')].map((one) => ({
      listeners: [one],
      firewalls: [state],
      openings: ['allow 8080/tcp', 'allow from 10.0.0.0/8 to any port 8080'].map((rule) => ({
        target: { protocol: 'tcp', port: 8080 } as const,
        firewall: 'ufw' as const,
        rule,
        families: [4, 6] as const,
        removal: ['ufw', 'delete', 'allow', '8080/tcp'],
      })),
    })),
  ),
  {
    listeners: [listener('udp/8080', 'node')],
    openings: [
      {
        target: { protocol: 'udp', port: 8080 },
        firewall: 'ufw',
        rule: 'allow 8080/udp',
        families: [6],
        removal: ['ufw', 'delete', 'allow', '8080/udp'],
      },
    ],
  },
];

const SSH: Tunnel = {
  id: 'ssh',
  name: 'SSH (ssh -R)',
  pid: 7,
  port: 22,
  lets: 'server',
  stop: { by: 'option', program: 'ssh', option: '-R' },
};
const SERVE: Tunnel = {
  id: 'tailscale-serve',
  name: 'Tailscale Serve',
  pid: null,
  port: null,
  lets: 'members',
  stop: { by: 'command', command: 'tailscale serve reset', look: 'tailscale serve status' },
};
const tunnels: readonly Partial<AdviceFacts>[] = [
  ...tunnelPrograms.map(({ id, name, lets, stop }) => ({
    listeners: [loopback('tcp/3000', 'node')],
    tunnels: [42, 43].map((pid) => ({ id, name, lets, stop, pid, port: 3000 })),
  })),
  { tunnels: [SSH] },
  { tunnels: [SERVE] },
];

const madeUp = [...exposed, ...forwarded, ...firewalls, ...untold, ...rules, ...tunnels, ...macs].flatMap(
  (parts): Found[] => {
    const given = facts(parts);
    return advise(given).map((finding) => [finding, given]);
  },
);

const foundIn = (report: Report): readonly Found[] => report.findings.map((finding) => [finding, report]);

const real = Object.values(readSnapshots()).flatMap((snapshot) => foundIn(makeReport(snapshot, { kept: new Set() })));

const windows = Object.values(NOTED).flatMap((snapshot) => foundIn(makeReport(snapshot, { kept: new Set() })));

export const findings: readonly Found[] = [...madeUp, ...real, ...windows];
