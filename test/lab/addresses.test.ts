/** Which addresses this computer answers, and whom: local routes, groups that were joined, answers that are thrown away. */
import { expect, test } from 'vitest';
import { readFacts, worldOf } from '../../src/core/facts.ts';
import { createJudge } from '../../src/core/reach/index.ts';
import { type Lab, type Probe, describeLab, laptop, neighbour, probe, startLab } from './harness.ts';

async function openLab(...addresses: readonly string[]): Promise<Lab> {
  const lab = await startLab();
  await lab.listen(
    addresses.flatMap((any) => (['tcp', 'udp'] as const).map((protocol) => [protocol, any, 3000] as const)),
  );
  return lab;
}

const judgeOn = async (lab: Lab) => createJudge(worldOf(readFacts(await lab.snapshot())));

/** The verdict on each probe, after seeing that packets say the same. */
async function agreed(lab: Lab, probes: readonly Probe[]): Promise<readonly string[]> {
  await lab.forget();
  const packets = await lab.probe(probes);
  const judge = await judgeOn(lab);
  const verdicts = probes.map((one) => judge.ask({ ...one, sourcePort: undefined }).verdict);
  expect(packets.map((packet) => (packet === 'open' ? 'open' : 'blocked'))).toEqual(verdicts);
  return verdicts;
}

const wild = (protocol: 'tcp' | 'udp', family: 4 | 6) => ({
  id: `${protocol}/3000`,
  protocol,
  port: 3000,
  range: 'registered' as const,
  sockets: [
    {
      protocol,
      family,
      address: family === 4 ? '0.0.0.0' : '::',
      port: 3000,
      v6only: true,
      device: null,
      inode: 1,
      uid: 0,
      cgroup: '/',
      pid: null,
    },
  ],
  owner: {
    pid: null,
    program: null,
    path: null,
    commandLine: null,
    unit: null,
    container: null,
    user: null,
    complete: false,
  },
});

describeLab('addresses', () => {
  test('a local route: every address of the range is this computer’s own', async () => {
    await using lab = await openLab('0.0.0.0', '::');
    await lab.must('A', ['ip', 'route', 'add', 'local', '198.51.100.0/24', 'dev', 'lo']);
    await lab.must('A', ['ip', '-6', 'route', 'add', 'local', '2001:db8:aa::/64', 'dev', 'lo']);
    await lab.must('B', ['ip', 'route', 'add', '198.51.100.0/24', 'via', laptop]);
    await lab.must('B', ['ip', '-6', 'route', 'add', '2001:db8:aa::/64', 'via', 'fd77::10']);
    await lab.must('A', ['iptables', '-A', 'INPUT', '-d', '198.51.100.64/26', '-p', 'tcp', '-j', 'DROP']);
    const to = (destination: string) => probe('tcp', neighbour, destination, 3000);
    const verdicts = await agreed(lab, [
      to('198.51.100.7'),
      to('198.51.100.70'),
      to('198.51.100.200'),
      probe('udp', neighbour, '198.51.100.70', 3000),
      probe('tcp', 'fd77::20', '2001:db8:aa::5', 3000),
    ]);
    expect(verdicts).toEqual(['open', 'blocked', 'open', 'open', 'open']);
    const { reach } = (await judgeOn(lab)).reachOf(wild('tcp', 4));
    const blocked = reach.filter((way) => way.open.length === 0).map(({ address }) => address);
    expect(new Set(blocked)).toEqual(new Set(['198.51.100.64']));
  });

  test('answers that are thrown away: no connection, but datagrams arrive', async () => {
    await using lab = await openLab('0.0.0.0', '::');
    await lab.must('A', ['ip', 'route', 'add', 'blackhole', '192.168.77.21/32']);
    await lab.must('A', ['ip', 'route', 'add', 'unreachable', '192.168.77.22/32']);
    await lab.must('A', ['ip', 'rule', 'add', 'to', '192.168.77.130', 'lookup', '88']);
    await lab.must('A', ['ip', 'route', 'add', 'prohibit', 'default', 'table', '88']);
    const from = (source: string, protocol: 'tcp' | 'udp' = 'tcp') => probe(protocol, source, laptop, 3000);
    const sources = [neighbour, '192.168.77.21', '192.168.77.22', '192.168.77.130'];
    expect(
      await agreed(
        lab,
        sources.map((source) => from(source)),
      ),
    ).toEqual(['open', 'blocked', 'blocked', 'blocked']);
    expect((await judgeOn(lab)).ask({ ...from('192.168.77.21', 'udp'), sourcePort: undefined }).verdict).toBe('open');
    const { reach } = (await judgeOn(lab)).reachOf(wild('tcp', 4));
    expect(reach[0]?.open.join()).toContain('192.168.77.131-');
    expect(reach[0]?.trace.some(({ rule }) => rule.includes('thrown away'))).toBe(true);
  });

  test('a group that any program here has joined, and one that nobody has', async () => {
    await using lab = await openLab('0.0.0.0', '::');
    await lab.listen([['udp', '0.0.0.0', 5000]]);
    await lab.join([['239.1.2.3', 5000, 'wlan0']]);
    const groups = async (protocol: 'tcp' | 'udp', family: 4 | 6) =>
      new Set(
        (await judgeOn(lab)).reachOf(wild(protocol, family)).reach.map((way) => `${way.address}@${way.interface}`),
      );
    await lab.must('A', ['iptables', '-A', 'INPUT', '-d', '224.0.0.0/4', '-p', 'udp', '-j', 'DROP']);
    const blocked = await groups('udp', 4);
    expect([...blocked].filter((way) => way.startsWith('239.'))).toEqual(['239.1.2.3@wlan0']);
    expect([...(await groups('tcp', 4))].filter((way) => way.startsWith('239.'))).toEqual([]);
    // Joined for one socket, received by another: what the kernel does, and what the answer rests on.
    await lab.must('A', ['iptables', '-F', 'INPUT']);
    const [there, nowhere] = await lab.probe([
      probe('udp', neighbour, '239.1.2.3', 3000),
      probe('udp', neighbour, '239.9.9.9', 3000),
    ]);
    expect([there, nowhere]).toEqual(['open', 'filtered']);
  });
});
