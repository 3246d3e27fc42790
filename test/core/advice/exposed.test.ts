import { describe, expect, test } from 'vitest';
import { advise } from '../../../src/core/advice/index.ts';
import { typedToClose, whatToType } from '../../../src/core/advice/typed.ts';
import type { Finding, ReportListener } from '../../../src/core/model.ts';
import { decided, facts, listener, loopback, place, ufw, way } from './build.ts';

const allowed = (port: number) => [way(port, { decidedBy: decided('ufw', `allow ${port}/tcp`) })];

const on = (subject: ReportListener, parts = {}): Finding | undefined => {
  const findings = advise(facts({ listeners: [subject], ...parts }));
  expect(findings.length).toBeLessThanOrEqual(1);
  return findings[0];
};

const ssh = (parts: Parameters<typeof listener>[2]) => on(listener('tcp/22', 'sshd', { reach: allowed(22), ...parts }));
const database = (parts: Parameters<typeof listener>[2]) =>
  on(listener('tcp/5432', 'postgres', { reach: allowed(5432), ...parts }));

const ways = (id: string, program: string, parts = {}, more = {}) =>
  on(listener(id, program, { reach: allowed(Number(id.split('/')[1])), ...parts }), more)?.ways;

describe('which rule speaks, and what it advises', () => {
  test.each<[string, string, string | null, string, string, string]>([
    ['a development server', 'tcp/3000', 'node', 'exposed-dev-server', 'close', 'high'],
    ['a debugger', 'tcp/9229', 'node', 'exposed-debugger', 'close', 'high'],
    ['a driven browser', 'tcp/9222', 'chrome', 'exposed-debugger', 'close', 'high'],
    ['a database', 'tcp/5432', 'postgres', 'exposed-database', 'close', 'high'],
    ['a database of which only the number is known', 'tcp/5432', null, 'exposed-database', 'close', 'high'],
    ['the Docker API', 'tcp/2375', 'dockerd', 'exposed-admin', 'close', 'high'],
    ['Cockpit', 'tcp/9090', 'cockpit-ws', 'exposed-admin', 'close', 'high'],
    ['the settings page of Syncthing', 'tcp/8384', 'syncthing', 'exposed-admin', 'close', 'high'],
    ['a published port of Docker Desktop', 'tcp/5432', 'com.docker.backend', 'exposed-container', 'close', 'high'],
    ['a published port', 'tcp/8080', 'docker-proxy', 'exposed-container', 'close', 'high'],
    ['SSH', 'tcp/22', 'sshd', 'exposed-remote-access', 'review', 'medium'],
    ['VNC', 'tcp/5900', 'x11vnc', 'exposed-remote-access', 'restrict', 'high'],
    ['shared folders', 'tcp/445', 'smbd', 'exposed-file-sharing', 'restrict', 'high'],
    ['printing', 'tcp/631', 'cupsd', 'exposed-discovery', 'close', 'medium'],
    ['LLMNR', 'udp/5355', 'systemd-resolved', 'exposed-discovery', 'close', 'low'],
    ['a media server', 'tcp/8096', 'jellyfin', 'exposed-service', 'review', 'medium'],
    ['a language model', 'tcp/11434', 'ollama', 'exposed-service', 'close', 'high'],
    ['a program of a person', 'tcp/4567', 'mystery', 'exposed-program', 'close', 'medium'],
    ['node on an unusual number', 'tcp/2222', 'node', 'exposed-program', 'close', 'medium'],
  ])('%s', (_, id, program, rule, advice, severity) => {
    const finding = on(listener(id, program, { reach: allowed(Number(id.split('/')[1])) }));
    expect(finding).toMatchObject({ id: `${rule}:${id}`, listener: id, advice, severity });
  });

  test('an interpreter that no unit started was started by a person', () => {
    for (const [unit, advice] of [
      [null, 'close'],
      ['session-3.scope', 'close'],
      ['appliance.service', 'review'],
    ] as const) {
      expect(on(listener('tcp/2222', 'node', { reach: allowed(2222), owner: { user: '0', unit } }))?.advice).toBe(
        advice,
      );
    }
  });

  test('no rule by number is offered for a program that has another one when it starts again', () => {
    const platform = 'darwin' as const;
    const at = (port: number) => on(listener(`tcp/${port}`, 'rapportd', { reach: allowed(port) }), { platform });
    const finding = at(49_312);
    expect(finding?.ways).toEqual(['stop']);
    expect(finding?.why).toContain('for now');
    const report = { platform, findings: finding === undefined ? [] : [finding] };
    expect(report.findings.map((one) => whatToType(one, report))).toEqual(['portcullis explain 49312/tcp']);
    expect(typedToClose({ id: 'tcp/49312', protocol: 'tcp', port: 49_312 }, report)).toBeNull();
    // A number that is not one of those was given to it by somebody.
    expect(at(4000)?.ways).toContain('firewall');
    expect(at(4000)?.why).not.toContain('for now');
  });

  test('a program of the system that is not known is looked at first', () =>
    expect(on(listener('tcp/4567', 'mystery', { reach: allowed(4567), owner: { user: '0' } }))?.advice).toBe('review'));

  test.each([
    ['udp/5353', 'avahi-daemon'],
    ['udp/68', 'dhclient'],
    ['udp/41641', 'tailscaled'],
    ['udp/41337', 'tailscaled'],
    ['udp/51820', null],
    ['udp/45678', 'mystery'],
  ])('nothing is said about %s of %s', (id, program) => expect(on(listener(id, program))).toBeUndefined());

  test('the name of a harmless program does not silence another port', () => {
    expect(on(listener('tcp/4444', 'tailscaled', { reach: allowed(4444) }))).toMatchObject({ advice: 'review' });
    expect(on(listener('udp/4444', 'avahi-daemon', { reach: allowed(4444) }))).toBeDefined();
  });
});

describe('who and how far', () => {
  test('nobody else: nothing is said', () => {
    expect(on(loopback('tcp/5432', 'postgres'))).toBeUndefined();
    expect(
      on(listener('tcp/5432', 'postgres', { exposure: 'self', places: [place('lan', 'blocked')] })),
    ).toBeUndefined();
  });

  test('the title names program, port and place', () => {
    expect(database({})?.title).toBe('PostgreSQL on port 5432 is open to anyone on this Wi-Fi');
    expect(on(listener('tcp/3000', 'node', { reach: allowed(3000) }))?.title).toBe(
      'Development web server (node) on port 3000 is open to anyone on this Wi-Fi',
    );
    expect(ssh({})?.title).toBe('Remote login (SSH, sshd) on port 22 is open to anyone on this Wi-Fi');
  });

  test('places are named once each, and without their kind it is "your network"', () => {
    const places = [place('lan'), place('vpn'), place('tailnet'), place('container'), place('internet', 'blocked')];
    expect(database({ places })?.title).toMatch(/anyone on this Wi-Fi, on the VPN \(wg0\) and in your tailnet$/);
    const plain = advise({ ...facts({ listeners: [listener('tcp/5432', 'postgres')] }), interfaces: [] })[0];
    expect(plain?.title).toMatch(/anyone on your network/);
  });

  test('the internet: SSH is to be restricted, and weighs more', () =>
    expect(ssh({ exposure: 'internet', places: [place('lan'), place('internet')] })).toMatchObject({
      advice: 'restrict',
      severity: 'high',
      title: expect.stringMatching(/anyone on the internet$/),
    }));

  test('the internet by IPv6 alone: told, since people count on their router', () => {
    const places = [place('lan'), place('internet')];
    const v6 = way(22, {
      family: 6,
      address: '2a00:1450:4001::7',
      open: ['::/0'],
      decidedBy: decided('ufw', 'allow 22/tcp'),
    });
    const by = (reach: readonly ReturnType<typeof way>[]) => ssh({ exposure: 'internet', places, reach })?.why;
    expect(by([...allowed(22), v6])).toContain('over IPv6');
    expect(by([{ ...way(22), address: '93.184.215.14', decidedBy: decided('ufw', 'allow 22/tcp') }, v6])).not.toContain(
      'IPv6',
    );
  });

  test('some addresses: somebody has narrowed it already', () =>
    expect(database({ exposure: 'some', places: [place('lan', 'some')] })).toMatchObject({
      advice: 'review',
      severity: 'medium',
      title: expect.stringMatching(/some addresses on this Wi-Fi$/),
    }));

  test('containers alone', () =>
    expect(database({ places: [place('lan', 'blocked'), place('container')] })).toMatchObject({
      advice: 'review',
      severity: 'low',
      title: expect.stringMatching(/containers on this computer$/),
    }));

  test('the tailnet alone weighs less', () =>
    expect(database({ places: [place('lan', 'blocked'), place('tailnet')] })).toMatchObject({
      advice: 'close',
      severity: 'medium',
    }));

  test('slowed: told, a reminder for what serves others, still advised to close for a database', () => {
    const places = [place('lan', 'limited'), place('internet', 'blocked')];
    const reach = [way(22, { open: [], limited: ['0.0.0.0/0'], decidedBy: decided('ufw', 'limit 22/tcp') })];
    expect(ssh({ places, reach })).toMatchObject({ id: 'limited:tcp/22', advice: 'review', severity: 'low' });
    const slowed = database({
      places,
      reach: [{ ...way(5432), open: [], limited: ['0.0.0.0/0'], decidedBy: decided('ufw', 'limit 5432/tcp') }],
    });
    expect(slowed).toMatchObject({ id: 'exposed-database:tcp/5432', advice: 'close', severity: 'high' });
    expect(slowed?.why).toContain('slows repeated tries');
  });

  test('only the number is known: the text says so', () =>
    expect(on(listener('tcp/5432', null, { reach: allowed(5432) }))?.why).toMatch(
      /could not be seen.*most likely this: PostgreSQL/,
    ));
});

describe('ways', () => {
  test('firewall, this computer only, stop', () =>
    expect(ways('tcp/5432', 'postgres')).toEqual(['firewall', 'bind-loopback', 'stop']));

  test('where the program cannot be bound', () =>
    expect(ways('tcp/5938', 'teamviewerd')).toEqual(['firewall', 'stop']));

  test('what nobody could name cannot be stopped', () =>
    expect(on(listener('tcp/2049', null, { reach: allowed(2049) }))?.ways).toEqual(['firewall', 'bind-loopback']));

  test('a container publishes on another address', () =>
    expect(ways('tcp/8080', 'docker-proxy')).toEqual(['firewall', 'container', 'stop']));

  test('PID 4 of Windows is never ended', () => {
    const owner = { pid: 4, program: 'System', path: null };
    expect(ways('tcp/445', 'System', { owner }, { platform: 'win32', firewalls: [] })).toEqual([
      'firewall',
      'bind-loopback',
    ]);
  });

  test('without a firewall one must be installed', () => {
    const findings = advise(facts({ listeners: [listener('tcp/5432', 'postgres')], firewalls: [] }));
    expect(findings[0]?.ways).toEqual(['install-firewall', 'own-table', 'bind-loopback', 'stop']);
  });
});

describe('past the firewall', () => {
  const docker = [
    way(8080, { decidedBy: decided('docker', '-A DOCKER -d 172.17.0.2/32 -p tcp --dport 80 -j ACCEPT') }),
  ];

  test('a published port that ufw never sees', () => {
    const finding = on(listener('tcp/8080', 'docker-proxy', { reach: docker }));
    expect(finding).toMatchObject({
      id: 'around-firewall:tcp/8080',
      advice: 'close',
      severity: 'high',
      ways: ['own-table', 'container', 'stop'],
    });
    expect(finding?.title).toMatch(/past ufw$/);
    expect(finding?.why).toContain('Docker lets these connections in');
  });

  test('not where ufw is off, nor where its own rule decides', () => {
    const subject = listener('tcp/8080', 'docker-proxy', { reach: docker });
    expect(advise(facts({ listeners: [subject], firewalls: [ufw(false)] }))[0]?.id).toBe('exposed-container:tcp/8080');
    expect(on(listener('tcp/8080', 'docker-proxy', { reach: allowed(8080) }))?.id).toBe('exposed-container:tcp/8080');
  });

  test('a rule made by hand is quoted with nothing hidden in it', () => {
    const reach = [
      way(5432, { decidedBy: decided('iptables', '-A INPUT -m comment --comment "\u001b[2J" -j ACCEPT') }),
    ];
    const finding = on(listener('tcp/5432', 'postgres', { reach }));
    expect(finding?.why).toContain('\\u{1b}');
    expect(finding?.ways).toEqual(['own-table', 'bind-loopback', 'stop']);
  });
});

test('a port that a rule leads elsewhere is not closed with one click', () => {
  const reach = [...allowed(3000), way(80, { decidedBy: decided('ufw', 'allow 3000/tcp') })];
  const finding = on(listener('tcp/3000', 'node', { reach }));
  expect(finding).toMatchObject({ id: 'exposed-dev-server:tcp/3000', advice: 'review', severity: 'high' });
  expect(finding?.why).toContain('port 80, which a rule leads here');
  expect(finding?.ways).not.toContain('firewall');
});
