import { describe, expect, test } from 'vitest';
import { docker20, dockerHost, raw28 } from './docker.ts';
import { judgeOf, listener, socket } from './world.ts';

const web = { port: 8080, to: '172.17.0.2', toPort: 80 };
const local = { port: 8081, to: '172.17.0.3', toPort: 80, bound: '127.0.0.1/32' };
const table = (name: string, ...lines: string[]): string => `*${name}\n${lines.join('\n')}\nCOMMIT\n`;
const closed = table('filter', ':INPUT DROP [0:0]', ':FORWARD DROP [0:0]');
const pick = (list: readonly { readonly id: string; readonly exposure: string }[]) =>
  list.map(({ id, exposure }) => [id, exposure]);

describe('ports that lead on', () => {
  test('a published port, and the container’s own address', () => {
    const forwards = dockerHost({ v4: docker20([web]), v6: closed }).forwards();
    expect(pick(forwards)).toEqual([
      ['tcp/8080>172.17.0.2:80', 'network'],
      ['tcp/172.17.0.2:80', 'network'],
    ]);
    const [door, direct] = forwards;
    expect(door).toMatchObject({ firewall: 'docker', via: 'rule', lastPort: 8080, exposureComplete: true });
    expect(door?.to).toEqual({ address: '172.17.0.2', port: 80, interface: 'docker0', kind: 'container' });
    expect(door?.reach.find((way) => way.interface === 'wlan0')?.decidedBy).toEqual([
      { firewall: 'docker', rule: 'publishes 8080/tcp -> 172.17.0.2:80' },
    ]);
    expect(direct?.reach[0]?.decidedBy).toEqual([{ firewall: 'docker', rule: 'lets 172.17.0.2:80 be reached (tcp)' }]);
  });

  test('published on this computer only: nobody by the port, a neighbour by the address before 28', () => {
    expect(pick(dockerHost({ v4: docker20([local]), v6: closed }).forwards())).toEqual([
      ['tcp/8081>172.17.0.3:80', 'self'],
      ['tcp/172.17.0.3:80', 'network'],
    ]);
    const since28 = dockerHost({ v4: docker20([local]) + raw28('172.17.0.3'), v6: closed }).forwards();
    expect(pick(since28)).toEqual([
      ['tcp/8081>172.17.0.3:80', 'self'],
      ['tcp/172.17.0.3:80', 'self'],
    ]);
    expect(since28[1]?.reach[0]?.decidedBy).toEqual([
      { firewall: 'docker', rule: 'lets nobody outside speak to 172.17.0.3:80 directly' },
    ]);
  });

  test('a rule of the user’s in DOCKER-USER closes the door, and is not called Docker’s', () => {
    const rule = '-i wlan0 -p tcp -m conntrack --ctorigdstport 8080 --ctdir ORIGINAL -j DROP';
    const [door] = dockerHost({ v4: docker20([web], [rule]), v6: closed }).forwards();
    expect(door).toMatchObject({
      exposure: 'network',
      places: expect.arrayContaining([{ kind: 'lan', interface: 'wlan0', verdict: 'blocked' }]),
    });
    expect(door?.reach.find((way) => way.interface === 'wlan0')?.decidedBy).toEqual([
      { firewall: 'iptables', rule: `-A DOCKER-USER ${rule}` },
    ]);
  });

  test('another computer, by a rule made by hand; a range; the rest of the ports is cut off before', () => {
    const nat = table(
      'nat',
      ':PREROUTING ACCEPT [0:0]',
      '-A PREROUTING -p tcp -m tcp --dport 8005 -j ACCEPT',
      '-A PREROUTING -i wlan0 -p tcp -m tcp --dport 8000:8010 -j DNAT --to-destination 10.66.0.20',
    );
    const forwards = dockerHost({ v4: nat, v6: closed }).forwards();
    expect(forwards.map(({ id, lastPort, to }) => [id, lastPort, to.kind])).toEqual([
      ['tcp/8000>10.66.0.20:8000', 8004, 'computer'],
      ['tcp/8006>10.66.0.20:8006', 8010, 'computer'],
    ]);
    expect(forwards[0]?.reach.map((way) => way.interface)).not.toContain('eth0');
  });

  test('Podman’s rules name the container; the port that leads to a shared chain says which', () => {
    const chain = 'NETAVARK-DN-1D8721804F16F';
    const lead = (port: number, id: string): string =>
      `-A NETAVARK-HOSTPORT-DNAT -p tcp -m tcp --dport ${port} -m comment --comment "dnat name: podman id: ${id}" -j ${chain}`;
    const nat = table(
      'nat',
      ':PREROUTING ACCEPT [0:0]',
      ':NETAVARK-HOSTPORT-DNAT - [0:0]',
      `:${chain} - [0:0]`,
      '-A PREROUTING -m addrtype --dst-type LOCAL -j NETAVARK-HOSTPORT-DNAT',
      lead(8080, '4d2bd1f6c4a5aaaaaaaa'),
      lead(8081, 'ffffd1f6c4a5aaaaaaaa'),
      `-A ${chain} -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.17.0.2:80`,
      `-A ${chain} -p tcp -m tcp --dport 8081 -j DNAT --to-destination 172.17.0.3:80`,
    );
    const doors = dockerHost({ v4: nat, v6: closed })
      .forwards()
      .filter(({ via }) => via === 'rule');
    expect(doors.map(({ id, firewall, container }) => [id, firewall, container])).toEqual([
      ['tcp/8080>172.17.0.2:80', 'podman', '4d2bd1f6c4a5'],
      ['tcp/8081>172.17.0.3:80', 'podman', 'ffffd1f6c4a5'],
    ]);
    expect(doors[0]?.reach[0]?.decidedBy).toEqual([
      { firewall: 'podman', rule: 'publishes 8080/tcp -> 172.17.0.2:80' },
    ]);
  });

  test('a redirect to this computer itself is not one', () => {
    const nat = table(
      'nat',
      ':PREROUTING ACCEPT [0:0]',
      '-A PREROUTING -p tcp -m tcp --dport 80 -j REDIRECT --to-ports 3000',
      '-A PREROUTING -p tcp -m tcp --dport 81 -j DNAT --to-destination 192.168.77.10:3000',
    );
    expect(judgeOf({ v4: nat, v6: closed }).forwards()).toEqual([]);
  });

  test('not passed on: nobody gets there', () => {
    const nat = table(
      'nat',
      ':PREROUTING ACCEPT [0:0]',
      '-A PREROUTING -p tcp -m tcp --dport 80 -j DNAT --to-destination 10.66.0.20:3000',
    );
    expect(pick(judgeOf({ v4: nat, v6: closed }).forwards())).toEqual([['tcp/80>10.66.0.20:3000', 'self']]);
  });

  test('a range of targets, of which the kernel takes one, is told where all of them end alike', () => {
    const nat = table(
      'nat',
      ':PREROUTING ACCEPT [0:0]',
      '-A PREROUTING -p tcp -m tcp --dport 80 -j DNAT --to-destination 10.66.0.20-10.66.0.21',
    );
    const [door] = dockerHost({ v4: nat, v6: closed }).forwards();
    expect(door).toMatchObject({ id: 'tcp/80>10.66.0.20/31:80', exposure: 'network' });
  });
});

describe('a listener that keeps a published port’s place', () => {
  const kept = listener(socket({ port: 8080 }));
  const proxy = { ...kept, owner: { ...kept.owner, program: 'docker-proxy' } };
  const v4 = docker20([web], [], 'DROP');

  test('Docker’s proxy is as open as the door, whatever the bridge is called', () => {
    expect(dockerHost({ v4, v6: closed }).reachOf(proxy).exposure).toBe('network');
    const named = dockerHost({ v4: v4.replaceAll('docker0', 'apps'), v6: closed }, { name: 'apps', kind: 'ethernet' });
    expect(named.reachOf(proxy).exposure).toBe('network');
    expect(named.forwards()[0]?.to.kind).toBe('container');
  });

  test('another program behind a door that leads elsewhere is not what answers', () => {
    const elsewhere = table(
      'nat',
      ':PREROUTING ACCEPT [0:0]',
      '-A PREROUTING -p tcp -m tcp --dport 8080 -j DNAT --to-destination 10.66.0.20:80',
    );
    expect(dockerHost({ v4: elsewhere, v6: closed }).reachOf(kept).exposure).toBe('self');
  });
});
