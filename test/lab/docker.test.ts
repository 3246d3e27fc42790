/** Docker's own daemon, ufw beside it, and packets: what is published, to whom, and what the program says about it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { scanSchema } from '../main/cli/schema.ts';
import { answersFor } from './compare.ts';
import { cannotTry } from './full-host.ts';
import { type DockerHost, answers, startDockerHost } from './docker-host.ts';
import { laptop, neighbour, probe } from './harness.ts';

const WEB = ['lab/web:1', '/bin/httpd', '-f', '-p', '80', '-h', '/www'];

let host: DockerHost | string = cannotTry ?? '';

beforeAll(async () => {
  if (cannotTry === null) host = await startDockerHost();
  if (typeof host === 'string') {
    console.warn(`SKIPPED Docker’s own daemon: ${host}`);
    return;
  }
  const { lab, docker } = host;
  await docker('run', '-d', '--name', 'w1', '-p', '8080:80', ...WEB);
  await docker('run', '-d', '--name', 'w2', '-p', '127.0.0.1:8081:80', ...WEB);
  await docker('run', '-d', '--name', 'w3', '-p', '192.168.77.10:8082:80', ...WEB);
  await docker(
    'run',
    '-d',
    '--name',
    'w4',
    '--network',
    'host',
    'lab/web:1',
    '/bin/httpd',
    '-f',
    '-p',
    '8083',
    '-h',
    '/www',
  );
  for (const address of ['172.17.0.2', '172.17.0.3', '172.17.0.4']) await answers(lab, address);
  await answers(lab, '127.0.0.1', 8083);
  await lab.must('A', ['ufw', '--force', 'enable']);
  await lab.must('A', ['ufw', 'deny', '8080/tcp']);
  await lab.must('A', ['ufw', 'route', 'deny', '8080/tcp']);
  await lab.must('B', ['ip', 'route', 'add', '172.17.0.0/16', 'via', laptop]);
}, 300_000);
afterAll(async () => {
  if (typeof host !== 'string') await host[Symbol.asyncDispose]();
}, 60_000);

/** Outcomes of a neighbour's knocks: `[address, port]`. */
const knock = async ({ lab }: DockerHost, ...doors: readonly (readonly [address: string, port: number])[]) => {
  await lab.forget();
  return lab.probe(
    doors.map(([address, port]) => probe('tcp', address.includes(':') ? 'fd77::20' : neighbour, address, port)),
    0.4,
  );
};

const scanOf = async ({ portcullis }: DockerHost) => {
  const { stdout, stderr, exit } = await portcullis('scan', '--json');
  if (exit !== 0) throw new Error(stderr);
  return scanSchema.parse(JSON.parse(stdout));
};

/** The engine about every door and neighbour, against packets; one line for each disagreement. */
async function compare({ lab }: DockerHost): Promise<string[]> {
  await lab.forget();
  const probes = [8080, 8081, 8082, 8083, 80].flatMap((port) => [
    ...[laptop, '172.17.0.2', '172.17.0.3', '172.17.0.4'].map((to) => probe('tcp', neighbour, to, port)),
    probe('tcp', '203.0.113.5', laptop, port),
    probe('tcp', '10.66.0.20', '10.66.0.10', port, { interface: 'eth0' }),
    probe('tcp', '192.168.77.130', '10.66.0.10', port),
    probe('tcp', 'fd77::20', 'fd77::10', port),
  ]);
  const answers = answersFor(await lab.snapshot(), probes);
  const outcomes = await lab.probe(probes, 0.4);
  return probes.flatMap((one, index) => {
    const { verdict, reasons } = answers[index]!;
    // Nothing listens on some of them: what is refused by the machine itself was let through.
    const arrived = outcomes[index] === 'open' || outcomes[index] === 'refused';
    return verdict !== 'unknown' && (verdict === 'open') === arrived
      ? []
      : [
          `${one.source} -> ${one.destination}:${one.port}: packets ${outcomes[index]}, engine ${verdict} ${reasons.join('; ')}`,
        ];
  });
}

describe.skipIf(cannotTry !== null)('Docker’s own daemon beside ufw', () => {
  test('a published port is open past ufw’s deny on IPv4 and shut on IPv6, and the program says why', async (context) => {
    if (typeof host === 'string') return context.skip(host);
    expect(await knock(host, [laptop, 8080], ['fd77::10', 8080], [laptop, 8082], [laptop, 8083])).toEqual([
      'open',
      'filtered',
      'open',
      'filtered',
    ]);
    expect(await compare(host)).toEqual([]);
    const { stdout } = await host.portcullis('reach', '8080/tcp');
    expect(stdout).toContain('docker: publishes 8080/tcp -> 172.17.0.2:80');
    expect(stdout).toContain('ufw: deny 8080/tcp');
    const { listeners, findings } = await scanOf(host);
    const wlan0 = (family: 4 | 6) =>
      listeners
        .filter(({ id }) => id.startsWith('tcp/8080'))
        .flatMap(({ reach }) => reach)
        .filter((way) => way.interface === 'wlan0' && way.family === family);
    expect(wlan0(4).map(({ open, decidedBy }) => ({ open, decidedBy }))).toEqual([
      { open: ['0.0.0.0/0'], decidedBy: [{ firewall: 'docker', rule: 'publishes 8080/tcp -> 172.17.0.2:80' }] },
    ]);
    expect(wlan0(6).length).toBeGreaterThan(0);
    for (const { open, decidedBy } of wlan0(6))
      expect({ open, decidedBy }).toEqual({ open: [], decidedBy: [{ firewall: 'ufw', rule: 'deny 8080/tcp' }] });
    const finding = findings.find(({ id }) => id.startsWith('around-firewall:tcp/8080'));
    expect(finding).toMatchObject({ advice: 'close', ways: expect.arrayContaining(['own-table', 'container']) });
    expect(finding?.ways).not.toContain('firewall');
  });

  test('with the host’s network it is an ordinary listener, which ufw guards', async (context) => {
    if (typeof host === 'string') return context.skip(host);
    const about = async () => (await scanOf(host as DockerHost)).listeners.find(({ id }) => id === 'tcp/8083');
    const listener = await about();
    expect(listener).toMatchObject({ exposure: 'self', exposureComplete: true });
    expect(listener?.owner.container).toMatch(/^[0-9a-f]{12,64}$/);
    await host.lab.must('A', ['ufw', 'allow', '8083/tcp']);
    expect(await knock(host, [laptop, 8083])).toEqual(['open']);
    expect(await about()).toMatchObject({ exposure: 'internet' });
    await host.lab.must('A', ['ufw', 'delete', 'allow', '8083/tcp']);
  });

  test('published on this computer only, and reached at its own address; what the advice says closes that', async (context) => {
    if (typeof host === 'string') return context.skip(host);
    expect(await knock(host, [laptop, 8081], ['172.17.0.3', 80])).toEqual(['filtered', 'open']);
    const before = await scanOf(host);
    const pick = ({ forwards }: typeof before) =>
      forwards.filter(({ to }) => to.address === '172.17.0.3').map(({ id, exposure }) => [id, exposure]);
    expect(pick(before)).toEqual([
      ['tcp/8081>172.17.0.3:80', 'self'],
      ['tcp/172.17.0.3:80', 'network'],
    ]);
    // The daemon runs, and root may ask it: the container has a name.
    expect(before.forwards.filter(({ to }) => to.address === '172.17.0.3').map(({ container }) => container)).toEqual([
      'w2',
      'w2',
    ]);
    const finding = before.findings.find(({ id }) => id === 'forwarded-port:tcp/80@172.17.0.3');
    const command = /iptables -I DOCKER-USER [^.]+(?:\.\d+)+ [^.]*DROP/.exec(finding?.why ?? '')?.[0];
    expect(command).toBeDefined();
    await host.lab.must('A', (command ?? '').split(' '));
    expect(await knock(host, ['172.17.0.3', 80], [laptop, 8080], ['172.17.0.2', 80])).toEqual([
      'filtered',
      'open',
      'open',
    ]);
    const after = await scanOf(host);
    expect(pick(after)[1]).toEqual(['tcp/172.17.0.3:80', 'self']);
    expect(after.findings.some(({ id }) => id === 'forwarded-port:tcp/80@172.17.0.3')).toBe(false);
    await host.lab.must('A', ['iptables', '-D', 'DOCKER-USER', '1']);
  });

  test('DOCKER-USER closes a published port on one network and leaves it on the other', async (context) => {
    if (typeof host === 'string') return context.skip(host);
    const rule = '-i wlan0 -p tcp -m conntrack --ctorigdstport 8080 --ctdir ORIGINAL -j DROP';
    await host.lab.must('A', ['iptables', '-I', 'DOCKER-USER', ...rule.split(' ')]);
    expect(await knock(host, [laptop, 8080], [laptop, 8082])).toEqual(['filtered', 'open']);
    expect(await compare(host)).toEqual([]);
    const { listeners } = await scanOf(host);
    const listener = listeners.find(({ id, exposure }) => id.startsWith('tcp/8080') && exposure === 'network');
    expect(listener?.places.map(({ interface: name, verdict }) => [name, verdict])).toEqual(
      expect.arrayContaining([
        ['wlan0', 'blocked'],
        ['eth0', 'open'],
      ]),
    );
    await host.lab.must('A', ['iptables', '-D', 'DOCKER-USER', '1']);
  });

  /** Closing 8080 by the ordinary command, and undoing it. */
  async function closeAndUndo(docker: DockerHost, between: () => Promise<void>): Promise<void> {
    const done = await docker.portcullis('close', '8080', '--yes');
    expect(done.exit, done.stderr).toBe(0);
    expect(done.stdout).toContain('table of Portcullis’s own');
    expect(await knock(docker, [laptop, 8080], [laptop, 8082])).toEqual(['filtered', 'open']);
    await docker.lab.must('A', ['busybox', 'wget', '-q', '-O', '/dev/null', 'http://127.0.0.1:8080/']);
    await between();
    const undone = await docker.portcullis('undo');
    expect(undone.exit, undone.stderr).toBe(0);
    expect(await knock(docker, [laptop, 8080], [laptop, 8082])).toEqual(['open', 'open']);
  }

  test('the published port is closed for others alone, through ufw’s reload, and undone', async (context) => {
    if (typeof host === 'string') return context.skip(host);
    const { lab } = host;
    await closeAndUndo(host, async () => {
      await lab.must('A', ['ufw', 'reload']);
      expect(await knock(host as DockerHost, [laptop, 8080])).toEqual(['filtered']);
      expect(await compare(host as DockerHost)).toEqual([]);
    });
  });

  test('without the userland proxy the door is there all the same', async (context) => {
    if (typeof host === 'string') return context.skip(host);
    await host.docker('rm', '-f', 'w1', 'w2', 'w3', 'w4');
    await host.restart('--userland-proxy=false');
    await host.docker('run', '-d', '--name', 'w1', '-p', '8080:80', ...WEB);
    await answers(host.lab, '172.17.0.2');
    expect(await knock(host, [laptop, 8080])).toEqual(['open']);
    expect(await compare(host)).toEqual([]);
    const report = await scanOf(host);
    expect(report.forwards.find(({ id }) => id.startsWith('tcp/8080>'))).toMatchObject({ exposure: 'network' });
    const findings = report.findings.filter(({ id }) => id.includes('tcp/8080'));
    expect(findings.map(({ severity, advice, ways }) => ({ severity, advice, ways }))).toEqual([
      { severity: 'high', advice: 'close', ways: ['own-table', 'container'] },
    ]);
    // Nothing listens here at all, and the door is closed all the same.
    const done = await host.portcullis('close', '8080', '--yes');
    expect(done.exit, done.stderr).toBe(0);
    expect(await knock(host, [laptop, 8080])).toEqual(['filtered']);
    await host.restart('--userland-proxy=false');
    await host.docker('start', 'w1');
    await answers(host.lab, '172.17.0.2');
    expect(await knock(host, [laptop, 8080])).toEqual(['filtered']);
    const reopened = await host.portcullis('reopen', '8080', '--yes');
    expect(reopened.exit, reopened.stderr).toBe(0);
    expect(await knock(host, [laptop, 8080])).toEqual(['open']);
  });
});
