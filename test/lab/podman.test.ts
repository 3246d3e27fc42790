/** Podman itself (with netavark), ufw beside it, and packets: its own rules let nobody in that ufw does not. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { scanSchema } from '../main/cli/schema.ts';
import { answersFor } from './compare.ts';
import { type ContainerHost, answers, imageFor, startContainerHost } from './docker-host.ts';
import { cannotTry } from './full-host.ts';
import { laptop, neighbour, probe } from './harness.ts';

const PODMAN = 'podman --storage-driver=vfs --cgroup-manager=cgroupfs';
/** Limits that any machine grants, and no cgroup of its own: what is tested is the network. */
const LIMITS = 'memlock=65536:65536 nofile=1024:1024 nproc=1024:1024'.replaceAll(/\S+/g, '--ulimit $&');
const RUN = `${PODMAN} run -d --cgroups=disabled ${LIMITS} --name web -p 8082:80 localhost/lab/web:1 /bin/httpd -f -p 80 -h /www`;

let host: ContainerHost | string = cannotTry ?? '';

beforeAll(async () => {
  if (cannotTry === null) host = await startContainerHost('podman netavark crun');
  if (typeof host !== 'string') {
    const ran = await host.lab.run('A', ['sh', '-c', `${imageFor(`${PODMAN} import - lab/web:1`)}\n${RUN}`]);
    if (ran.exit === 0) await answers(host.lab, '127.0.0.1', 8082);
    else {
      await host[Symbol.asyncDispose]();
      host = `Podman does not run here: ${ran.stderr.trim().split('\n').at(-1)}`;
    }
  }
  if (typeof host === 'string') console.warn(`SKIPPED Podman itself: ${host}`);
}, 300_000);
afterAll(async () => {
  if (typeof host !== 'string') await host[Symbol.asyncDispose]();
}, 60_000);

describe.skipIf(cannotTry !== null)('Podman itself', () => {
  test('a published port is open past ufw’s rules for ports, unless ufw passes nothing on', async (context) => {
    if (typeof host === 'string') return context.skip(host);
    const { lab, portcullis } = host;
    await lab.must('B', ['ip', 'route', 'add', '10.88.0.0/16', 'via', laptop]);
    const knock = async () => {
      const { stdout } = await portcullis('scan', '--json');
      const { listeners, forwards } = scanSchema.parse(JSON.parse(stdout));
      const door = forwards.find(({ id }) => id.startsWith('tcp/8082>'));
      const address = door?.to.address ?? '';
      const probes = [probe('tcp', neighbour, laptop, 8082), probe('tcp', neighbour, address, 80)];
      await lab.forget();
      const told = answersFor(await lab.snapshot(), probes);
      const outcomes = await lab.probe(probes, 0.4);
      expect(told.map(({ verdict }) => (verdict === 'open' ? 'open' : 'filtered'))).toEqual(outcomes);
      const keeper = listeners.find(({ id }) => id === 'tcp/8082');
      return { outcomes, door, keeper, by: told[0]?.decidedBy };
    };
    const open = await knock();
    expect(open.outcomes).toEqual(['open', 'open']);
    expect(open.by).toEqual([{ firewall: 'podman', rule: `publishes 8082/tcp -> ${open.door?.to.address}:80` }]);
    expect(open.door).toMatchObject({ firewall: 'podman', exposure: 'network', listener: 'tcp/8082' });
    expect(open.door?.container).toMatch(/^[0-9a-f]{12}$/);
    expect(open.keeper).toMatchObject({ exposure: 'network', service: { id: 'published-port' } });

    await lab.must('A', ['ufw', '--force', 'enable']);
    await lab.must('A', ['ufw', 'allow', '8082/tcp']);
    const shut = await knock();
    expect(shut.outcomes).toEqual(['filtered', 'filtered']);
    expect(shut.by).toEqual([{ firewall: 'ufw', rule: 'default deny (routed)' }]);
    // Podman lets its own containers through everywhere, so they still get there.
    expect(shut.keeper?.places.map(({ kind, interface: name, verdict }) => [kind, name, verdict])).toEqual(
      expect.arrayContaining([
        ['lan', 'wlan0', 'blocked'],
        ['container', 'podman0', 'open'],
      ]),
    );

    await lab.must('A', ['ufw', 'default', 'allow', 'routed']);
    await lab.must('A', ['ufw', 'deny', '8082/tcp']);
    expect((await knock()).outcomes).toEqual(['open', 'open']);
  });
});
