import { describe, expect, test } from 'vitest';
import { advise } from '../../../src/core/advice/index.ts';
import { gap, ruleDoubt, unreadDoubt } from '../../../src/core/gaps/index.ts';
import type { FirewallState } from '../../../src/core/model.ts';
import { facts, forward, listener, loopback, refused, ufw, unknown, way } from './build.ts';

const ids = (parts: Parameters<typeof facts>[0]) => advise(facts(parts)).map(({ id }) => id);
const find = (parts: Parameters<typeof facts>[0], id: string) =>
  advise(facts(parts)).find((finding) => finding.id === id);

const exposedServer = listener('tcp/3000', 'node');
const iptables = (inbound: FirewallState['defaults']['inbound']): FirewallState => ({
  id: 'iptables',
  active: true,
  defaults: { inbound, outbound: 'allow' },
  rules: 4,
});

describe('the firewall', () => {
  test('on: nothing is said', () => expect(ids({ listeners: [loopback('tcp/3000', 'node')] })).toEqual([]));

  test('off, and something is open', () => {
    const finding = find({ listeners: [exposedServer], firewalls: [ufw(false)] }, 'firewall-off:ufw');
    expect(finding).toMatchObject({ listener: null, advice: 'review', severity: 'medium', ways: ['enable-firewall'] });
    expect(finding?.why).toContain('One port that you may not need is open');
    expect(finding?.ifClosed).toContain('remote sessions that are open now');
  });

  test('off, and nothing is open, or what is open is kept', () => {
    for (const listeners of [[loopback('tcp/3000', 'node')], [{ ...exposedServer, kept: true }]]) {
      expect(find({ listeners, firewalls: [ufw(false)] }, 'firewall-off:ufw')?.severity).toBe('low');
    }
  });

  test('off, and what listens could not be read: nothing is said to be closed', () => {
    const gaps = [gap({ what: { kind: 'listening' }, why: { kind: 'missing' }, how: { kind: 'install-iproute2' } })];
    const finding = find({ listeners: [], firewalls: [ufw(false)], gaps }, 'firewall-off:ufw');
    expect(finding?.why).toContain('Whether anything is open to others could not be told.');
  });

  test('off, with rules of Docker in the kernel that close nothing', () =>
    expect(ids({ firewalls: [ufw(false), iptables('allow')] })).toEqual(['firewall-off:ufw']));

  test('off, but somebody’s own rules close by default', () =>
    expect(ids({ firewalls: [ufw(false), iptables('deny')] })).toEqual([]));

  test('not known: nothing is said', () => expect(ids({ firewalls: [ufw(null)] })).toEqual([]));

  test('none', () => {
    const finding = find({ listeners: [exposedServer], firewalls: [] }, 'firewall-absent:linux');
    expect(finding).toMatchObject({ advice: 'review', severity: 'medium', ways: ['install-firewall'] });
    expect(ids({ firewalls: [], platform: 'win32' })).toEqual([]);
    expect(ids({ firewalls: [iptables('deny')] })).toEqual([]);
  });

  test('none that could be read: not claimed', () => {
    const gaps = [refused];
    expect(ids({ listeners: [unknown('tcp/22', 'sshd')], firewalls: [], gaps })).toEqual(['reach-unknown:tcp/22']);
  });

  test('on, but lets everything in', () =>
    expect(find({ listeners: [exposedServer], firewalls: [ufw(true, 'allow')] }, 'firewall-allows:ufw')).toMatchObject({
      severity: 'medium',
      advice: 'review',
    }));
});

const opening = (port: number) => ({
  target: { protocol: 'tcp' as const, port },
  firewall: 'ufw' as const,
  rule: `allow ${port}/tcp`,
  families: [4, 6] as const,
  removal: ['ufw', 'delete', 'allow', `${port}/tcp`],
});

describe('openings for nothing', () => {
  test('half of a rule, left for a family in which nothing listens, is told apart from closing the port', () => {
    const four = listener('tcp/8080', 'node', {
      addresses: [{ address: '0.0.0.0', family: 4, scope: 'any', device: null }],
    });
    const half = { ...opening(8080), families: [6] as const };
    expect(find({ listeners: [four], openings: [half] }, 'unused-opening:8080-tcp-ipv6')).toMatchObject({
      advice: 'review',
      ways: [],
      why: expect.stringContaining('sudo ufw delete allow 8080/tcp') as string,
    });
    expect(ids({ listeners: [four], openings: [opening(8080)] }).filter((id) => id.startsWith('unused'))).toEqual([]);
  });

  const other = loopback('tcp/9999', 'node');

  test('nothing listens', () =>
    expect(find({ listeners: [other], openings: [opening(8080)] }, 'unused-opening:tcp/8080')).toMatchObject({
      listener: null,
      advice: 'close',
      severity: 'low',
      title: 'A rule opens port 8080, but nothing listens there',
      ways: ['firewall'],
    }));

  test('several rules for one port are one finding', () => {
    const findings = advise(
      facts({
        listeners: [other],
        openings: [opening(8080), { ...opening(8080), rule: 'allow 8080/tcp from 10.0.0.0/8' }],
      }),
    );
    expect(findings.map(({ id }) => id)).toEqual(['unused-opening:tcp/8080']);
    expect(findings[0]?.why).toContain('"allow 8080/tcp" (ufw) and "allow 8080/tcp from 10.0.0.0/8" (ufw)');
  });

  test('a program that listens on this computer only needs no opening', () =>
    expect(
      find({ listeners: [loopback('tcp/8080', 'node')], openings: [opening(8080)] }, 'unused-opening:tcp/8080')?.why,
    ).toContain('this computer only'));

  test('somebody listens, keeps it, or a rule leads from there to a listener', () => {
    expect(ids({ listeners: [listener('tcp/8080', 'sshd', { exposure: 'self' })], openings: [opening(8080)] })).toEqual(
      [],
    );
    expect(ids({ listeners: [{ ...loopback('tcp/8080', 'node'), kept: true }], openings: [opening(8080)] })).toEqual(
      [],
    );
    const led = listener('tcp/3000', 'node', { exposure: 'self', reach: [way(8080)] });
    expect(ids({ listeners: [led], openings: [opening(8080)] })).toEqual([]);
  });

  test('UDP on the same number does not count', () =>
    expect(ids({ listeners: [loopback('udp/8080', 'node')], openings: [opening(8080)] })).toEqual([
      'unused-opening:tcp/8080',
    ]));

  test('when the listeners were not read, nothing is claimed', () => {
    expect(ids({ listeners: [], openings: [opening(8080)] })).toEqual([]);
    const gaps = [gap({ what: { kind: 'listening' }, why: { kind: 'timeout' }, how: { kind: 'scan-again' } })];
    expect(ids({ listeners: [other], openings: [opening(8080)], gaps })).toEqual([]);
  });
});

describe('reach that cannot be told', () => {
  const gaps = [refused];

  test('one cause is one finding, whatever the number of ports, and says what settles it', () => {
    const listeners = [22, 631, 3000].map((port) => unknown(`tcp/${port}`, 'mystery'));
    const findings = advise(facts({ listeners, gaps, firewalls: [ufw(null)] }));
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      id: 'reach-unknown:kernel-rules-needs-administrator-rights',
      listener: null,
      advice: 'review',
      severity: 'low',
      title: 'Who can reach 3 ports cannot be told yet',
      ways: [],
    });
    expect(findings[0]?.why).toContain('port 22, port 631 and port 3000');
    expect(findings[0]?.why).toContain('To settle it: portcullis scan --exact.');
  });

  test('parts that were not read for the same reason are one cause, also where families differ (as gathered without rights)', () => {
    const why = { kind: 'refused' } as const;
    const rules = (by: 'iptables' | 'nftables', family: 4 | 6 | null = null, legacy = false) =>
      gap({ what: { kind: 'kernel-rules', by, family, legacy }, why, how: { kind: 'exact' } });
    const parts = [rules('nftables'), rules('iptables'), rules('iptables', null, true)];
    const listeners = [
      unknown('tcp/22', 'sshd', unreadDoubt(rules('iptables', 4))),
      unknown('tcp/80', 'nginx', unreadDoubt(rules('iptables', 6, true))),
      unknown('tcp/81', 'nginx', unreadDoubt(rules('nftables'))),
    ];
    const other = gap({ what: { kind: 'owners' }, why, how: { kind: 'as-root' } });
    const findings = advise(facts({ listeners, gaps: [other, ...parts] }));
    expect(findings.map(({ id }) => id)).toEqual(['reach-unknown:kernel-rules-needs-administrator-rights']);
    expect(findings[0]?.why).toBe(
      'Not known: kernel rules (needs administrator rights). It is about port 22, port 80 and port 81. To settle it: portcullis scan --exact.',
    );
  });

  test('many ports are not listed one by one', () => {
    const listeners = Array.from({ length: 40 }, (_, index) => unknown(`tcp/${2000 + index}`, 'mystery'));
    expect(advise(facts({ listeners, gaps }))[0]?.why).toMatch(/port 2005 and 34 more/);
  });

  test('two causes are two findings', () => {
    const listeners = [
      unknown('tcp/22', 'sshd', ruleDoubt('rule A')),
      unknown('tcp/80', 'nginx', ruleDoubt('rule B')),
      unknown('tcp/81', 'nginx', ruleDoubt('rule B')),
    ];
    expect(ids({ listeners })).toEqual(['reach-unknown:rule-b', 'reach-unknown:tcp/22']);
  });

  test('what is kept is not asked about', () =>
    expect(ids({ listeners: [{ ...unknown('tcp/22', 'sshd'), kept: true }] })).toEqual([]));
});

describe('ports that lead on', () => {
  const door = forward({});
  const direct = forward({ via: 'route', port: 80, lastPort: 80, id: 'tcp/172.17.0.2:80' });
  const self = forward({ exposure: 'self', places: [] });

  test('a container’s port that nothing listens on is told, with how to close it', () => {
    const finding = find({ forwards: [door] }, 'forwarded-port:tcp/8080');
    expect(finding).toMatchObject({
      listener: null,
      advice: 'close',
      severity: 'high',
      ways: ['own-table', 'container'],
    });
    expect(finding?.title).toBe('Port 8080 leads to a container and is open to anyone on this Wi-Fi, past ufw');
    expect(finding?.why).toContain('-p 127.0.0.1:8080:80');
  });

  test('where a listener keeps its place, that one tells it; what is kept or shut is not told', () => {
    expect(ids({ forwards: [{ ...door, listener: 'tcp/8080' }] })).toEqual([]);
    expect(ids({ forwards: [{ ...door, kept: true }] })).toEqual([]);
    expect(ids({ forwards: [self] })).toEqual([]);
  });

  test('the container’s own address is told only where its port is not open anyway', () => {
    expect(ids({ forwards: [door, direct] })).toEqual(['forwarded-port:tcp/8080']);
    expect(ids({ forwards: [self, direct] })).toEqual(['forwarded-port:tcp/80@172.17.0.2']);
  });

  test('another computer: a look, and the one way to close it from here', () => {
    const to = { address: '10.66.0.20', port: 80, interface: 'eth0', kind: 'computer' } as const;
    const [finding] = advise(facts({ forwards: [forward({ to, firewall: 'iptables' })] }));
    expect(finding).toMatchObject({ advice: 'review', severity: 'medium', ways: ['own-table'] });
    expect(finding?.why).toContain('The rule: ');
  });

  test('both families of one port are one finding', () => {
    const to = { address: 'fd00::2', port: 80, interface: 'docker0', kind: 'container' } as const;
    const [finding, ...more] = advise(facts({ forwards: [door, forward({ id: 'tcp/8080>[fd00::2]:80', to })] }));
    expect(more).toEqual([]);
    expect(finding?.why).toContain('172.17.0.2:80 and [fd00::2]:80');
  });
});
