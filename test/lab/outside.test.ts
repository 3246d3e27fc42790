/** What decides beside the rules, put into the kernel for real: the packets differ from the rules, and the verdict says so. */
import { mkdirSync, rmdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readFacts, worldOf } from '../../src/core/facts.ts';
import type { Answer, Listener, Protocol } from '../../src/core/model.ts';
import { createJudge } from '../../src/core/reach/index.ts';
import { bundle } from './bundle.ts';
import { type Lab, type Probe, describeLab, isRoot, laptop, neighbour, probe, startLab } from './harness.ts';

const bpf = fileURLToPath(new URL('bpf.py', import.meta.url));
const onRoot = test.skipIf(!isRoot);

const wifi = (port: number, protocol: Protocol = 'tcp', source = neighbour) => probe(protocol, source, laptop, port);
const wire = (port: number, protocol: Protocol = 'tcp') =>
  probe(protocol, '10.66.0.20', '10.66.0.10', port, { interface: 'eth0' });
const six = (port: number) => probe('tcp', 'fd77::20', 'fd77::10', port);

/** A lab in which ports 3000 and 3001 listen on everything. */
async function openLab(): Promise<Lab> {
  const lab = await startLab();
  await lab.listen(
    [3000, 3001].flatMap((port) =>
      (['tcp', 'udp'] as const).flatMap((protocol) => ['0.0.0.0', '::'].map((any) => [protocol, any, port] as const)),
    ),
  );
  return lab;
}

async function attach(lab: Lab, ...what: readonly string[]): Promise<void> {
  const { name } = await lab.start('A', ['/usr/bin/python3', bpf, ...what]);
  for (let tries = 0; ; tries++) {
    const [out, err] = await lab.read([`/mnt/state/${name}.out`, `/mnt/state/${name}.err`]);
    if (out?.includes('attached') === true) return;
    if (tries > 200 || err !== '') throw new Error(`${what.join(' ')} was not attached: ${err}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** What the packets did, and what the verdicts are. */
async function both(
  lab: Lab,
  probes: readonly Probe[],
): Promise<{ packets: readonly string[]; verdicts: readonly string[]; answers: readonly Answer[] }> {
  await lab.forget();
  const packets = await lab.probe(probes);
  const judge = createJudge(worldOf(readFacts(await lab.snapshot())));
  const answers = probes.map((one) => judge.ask({ ...one, sourcePort: undefined }));
  return { packets, verdicts: answers.map(({ verdict }) => verdict), answers };
}

describeLab('beside the rules', () => {
  onRoot.each([
    ['xdp', 'an XDP program on wlan0 (lab_xdp)'],
    ['tcx-ingress', 'a BPF program on wlan0 (lab_tcx_ingress)'],
  ])('%s: nothing is certain on its interface, and everything on the others', async (what, named) => {
    await using lab = await openLab();
    await attach(lab, what, '3000', 'wlan0');
    const { packets, verdicts, answers } = await both(lab, [wifi(3000), wifi(3001), wire(3000), wire(3001)]);
    expect(packets).toEqual(['filtered', 'open', 'open', 'open']);
    expect(verdicts).toEqual(['unknown', 'unknown', 'open', 'open']);
    expect(answers[0]!.reasons.join()).toContain(named);
  });

  onRoot('a program on the way out: TCP gets no answer, a datagram is there', async () => {
    await using lab = await openLab();
    await lab.must('A', ['iptables', '-A', 'INPUT', '-p', 'tcp', '--dport', '3001', '-j', 'DROP']);
    await attach(lab, 'tcx-egress', '3000', 'wlan0');
    const { packets, verdicts } = await both(lab, [wifi(3000), wifi(3000, 'udp'), wifi(3001), wire(3000)]);
    expect(packets).toEqual(['filtered', 'open', 'filtered', 'open']);
    expect(verdicts).toEqual(['unknown', 'open', 'blocked', 'open']);
  });

  onRoot('a program in netfilter drops beside the rules: what they block stays blocked', async () => {
    await using lab = await openLab();
    await lab.must('A', ['iptables', '-A', 'INPUT', '-p', 'tcp', '--dport', '3001', '-j', 'DROP']);
    await attach(lab, 'netfilter', '0');
    const { packets, verdicts, answers } = await both(lab, [wifi(3000), wifi(3001), six(3000)]);
    expect(packets).toEqual(['filtered', 'filtered', 'open']);
    expect(verdicts).toEqual(['unknown', 'blocked', 'open']);
    expect(answers[0]!.reasons.join()).toContain('in netfilter, here or in a container (lab_netfilter)');
  });

  onRoot(
    'one in the netfilter of another namespace is not told from one in this: it is said to be there or here',
    async () => {
      await using lab = await openLab();
      await using other = await startLab();
      await attach(other, 'netfilter', '0');
      const { packets, verdicts, answers } = await both(lab, [wifi(3000), six(3000)]);
      expect(packets).toEqual(['open', 'open']);
      expect(verdicts).toEqual(['unknown', 'open']);
      expect(answers[0]!.reasons.join()).toContain('in netfilter, here or in a container (lab_netfilter)');
    },
  );

  onRoot('one that comes in the middle of a change: put back, and told as what cannot be told', async () => {
    await using bundles = await bundle();
    await using lab = await startLab();
    await lab.listen([3000, 8080].map((port) => ['tcp', '0.0.0.0', port]));
    for (const command of ['allow 3000/tcp', 'allow 8080/tcp', '--force enable'])
      await lab.must('A', ['ufw', ...command.split(' ')]);
    const files = ['/etc/ufw/user.rules', '/etc/ufw/user6.rules'];
    const before = await lab.read(files);
    const begun = 'until [ -s /var/lib/portcullis/journal.jsonl ]; do sleep 0.02; done';
    await lab.start('A', ['sh', '-c', `${begun}; exec /usr/bin/python3 ${bpf} netfilter 0`]);
    const said = await lab.run('A', [process.execPath, bundles.portcullis, 'close', '3000', '--yes']);
    expect(said.stderr).toContain('who can reach tcp/8080 ');
    expect(said.stderr).toContain('cannot be told any more: a BPF program in netfilter, here or in a container');
    expect(said.stderr).not.toContain('can be reached by others');
    expect(said.exit).toBe(5);
    expect(await lab.read(files)).toEqual(before);
  });

  onRoot('sk_lookup: any socket may get any packet, one that is bound to loopback too', async () => {
    await using lab = await openLab();
    await attach(lab, 'sk-lookup', '3000');
    const { packets, verdicts } = await both(lab, [wifi(3000), wifi(3001)]);
    expect(packets).toEqual(['refused', 'open']);
    expect(verdicts).toEqual(['unknown', 'unknown']);
    const judge = createJudge(worldOf(readFacts(await lab.snapshot())));
    expect(judge.reachOf(listener('127.0.0.1', 3000, '/')).exposure).toBe('unknown');
  });

  onRoot('a program for one cgroup: its sockets alone', async () => {
    await using lab = await startLab();
    const mount = /^\S+ \S+ \S+ \/ (\S+) .* - cgroup2 /m.exec((await lab.read(['/proc/self/mountinfo']))[0] ?? '')?.[1];
    if (mount === undefined) throw new Error('no cgroup2 here');
    const folder = `${mount}/portcullis-lab-${process.pid}`;
    mkdirSync(folder);
    try {
      await lab.start('A', ['/usr/bin/python3', '-c', SERVER, `${folder}/cgroup.procs`]);
      await expect
        .poll(() => lab.must('A', ['ss', '-Hltn', 'sport', '=', ':3000']), { timeout: 30_000 })
        .toContain(':3000');
      await attach(lab, 'cgroup', '0', folder);
      await lab.listen([['tcp', '0.0.0.0', 3001]]);
      expect((await both(lab, [wifi(3000), wifi(3001)])).packets).toEqual(['filtered', 'open']);
      const judge = createJudge(worldOf(readFacts(await lab.snapshot())));
      const own = folder.slice(mount.length);
      expect(judge.reachOf(listener('0.0.0.0', 3000, own)).exposure).toBe('unknown');
      expect(judge.reachOf(listener('0.0.0.0', 3000, `${own}/below`)).exposure).toBe('unknown');
      expect(judge.reachOf(listener('0.0.0.0', 3000, `${own}-other`)).exposure).toBe('network');
    } finally {
      await lab.close();
      rmdirSync(folder);
    }
  });

  test('filters of traffic control that lead packets away', async () => {
    await using lab = await openLab();
    await lab.must('A', ['tc', 'qdisc', 'add', 'dev', 'wlan0', 'clsact']);
    const match = ['u32', 'match', 'ip', 'dport', '3000', '0xffff'];
    const filter = ['tc', 'filter', 'add', 'dev', 'wlan0', 'ingress', 'protocol', 'ip', ...match];
    await lab.must('A', [...filter, 'action', 'mirred', 'egress', 'redirect', 'dev', 'eth0']);
    const { packets, verdicts, answers } = await both(lab, [wifi(3000), wifi(3001), wire(3000)]);
    expect(packets).toEqual(['filtered', 'open', 'open']);
    expect(verdicts).toEqual(['unknown', 'unknown', 'open']);
    expect(answers[0]!.reasons.join()).toContain('filters of traffic control on wlan0, ingress');
  });

  test('shaping what comes in leads it through a device and back: nothing changes', async () => {
    await using lab = await openLab();
    await lab.must('A', ['ip', 'link', 'add', 'ifb4wlan0', 'type', 'ifb']);
    await lab.must('A', ['ip', 'link', 'set', 'ifb4wlan0', 'up']);
    await lab.must('A', ['tc', 'qdisc', 'add', 'dev', 'wlan0', 'ingress']);
    const filter = [
      'tc',
      'filter',
      'add',
      'dev',
      'wlan0',
      'ingress',
      'protocol',
      'all',
      'u32',
      'match',
      'u32',
      '0',
      '0',
    ];
    await lab.must('A', [...filter, 'action', 'mirred', 'egress', 'redirect', 'dev', 'ifb4wlan0']);
    const { packets, verdicts } = await both(lab, [wifi(3000), six(3000)]);
    expect(packets).toEqual(['open', 'open']);
    expect(verdicts).toEqual(['open', 'open']);
  });

  test('a chain on one device: the others stay certain, and what the rules block stays blocked', async () => {
    await using lab = await openLab();
    await lab.must('A', ['iptables', '-A', 'INPUT', '-p', 'tcp', '--dport', '3001', '-j', 'DROP']);
    await lab.must('A', ['nft', 'add table netdev t']);
    await lab.must('A', ['nft', 'add chain netdev t early { type filter hook ingress device eth0 priority 0; }']);
    await lab.must('A', ['nft', 'add rule netdev t early tcp dport 3000 drop']);
    const { packets, verdicts } = await both(lab, [wifi(3000), wifi(3001), wire(3000), wire(3001)]);
    expect(packets).toEqual(['open', 'filtered', 'filtered', 'filtered']);
    expect(verdicts).toEqual(['open', 'blocked', 'unknown', 'blocked']);
  });

  test('an IPsec policy: for its sources alone', async () => {
    await using lab = await openLab();
    const policy = ['ip', 'xfrm', 'policy', 'add', 'src', neighbour, 'dst', laptop, 'dir', 'in', 'action', 'block'];
    await lab.must('A', policy);
    const { packets, verdicts, answers } = await both(lab, [
      wifi(3000),
      wifi(3000, 'udp'),
      wifi(3000, 'tcp', '192.168.77.21'),
    ]);
    expect(packets).toEqual(['filtered', 'filtered', 'open']);
    expect(verdicts).toEqual(['unknown', 'unknown', 'open']);
    expect(answers[0]!.reasons.join()).toContain('an IPsec policy for 192.168.77.20/32 to 192.168.77.10/32');
  });

  test('a table that sleeps is not asked, whatever this version of nft prints for it', async () => {
    await using lab = await openLab();
    await lab.must('A', ['nft', 'add table inet t { flags dormant; }']);
    await lab.must('A', ['nft', 'add chain inet t in { type filter hook input priority 0; policy drop; }']);
    const asleep = await both(lab, [wifi(3000), six(3000)]);
    expect([asleep.packets, asleep.verdicts]).toEqual([
      ['open', 'open'],
      ['open', 'open'],
    ]);
    await lab
      .must('A', ['nft', 'add table inet t { flags ; }'])
      .catch(() => lab.must('A', ['nft', 'add table inet t']));
    const awake = await both(lab, [wifi(3000), six(3000)]);
    expect(awake.verdicts.map((verdict) => (verdict === 'open' ? 'open' : 'filtered'))).toEqual(awake.packets);
  });
});

const SERVER = `
import socket, sys
open(sys.argv[1], 'w').write('0')
server = socket.create_server(('0.0.0.0', 3000))
while True: server.accept()
`;

const listener = (address: string, port: number, cgroup: string): Listener => ({
  id: `tcp/${port}`,
  protocol: 'tcp',
  port,
  range: 'registered',
  sockets: [
    { protocol: 'tcp', family: 4, address, port, v6only: null, device: null, inode: 1, uid: 0, cgroup, pid: null },
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
