/**
 * libvirt's own daemon with its default network, ufw beside it, and packets. No machine is started in it (the lab has no
 * KVM): a network namespace with a card on libvirt's bridge stands for the guest.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answersFor } from './compare.ts';
import { type ContainerHost, startContainerHost } from './docker-host.ts';
import { cannotTry } from './full-host.ts';
import { laptop, neighbour, probe } from './harness.ts';

const START = `mkdir -p /run/dbus /run/libvirt
dbus-daemon --system --fork
virtlogd -d
libvirtd -d
for i in $(seq 100); do virsh -c network:///system net-list >/dev/null 2>&1 && break; sleep 0.1; done
virsh -c network:///system net-start default`;

const BRIDGE = '192.168.122.1';
const GUEST = '192.168.122.50';
const ATTACH = `ip netns add guest
ip link add vnet0 type veth peer name eth0 netns guest
ip link set vnet0 master virbr0 up
ip -n guest link set lo up
ip -n guest link set eth0 up
ip -n guest address add ${GUEST}/24 dev eth0
ip -n guest route add default via ${BRIDGE}
# The bridge first listens whether the new port leads in a circle.
for i in $(seq 300); do ip -d link show vnet0 | grep -q 'state forwarding' && exit; sleep 0.1; done
exit 1`;

let host: ContainerHost | string = cannotTry ?? '';

beforeAll(async () => {
  if (cannotTry === null) host = await startContainerHost('libvirt-daemon-system libvirt-clients dnsmasq-base dbus');
  if (typeof host !== 'string') {
    const { lab } = host;
    const ran = await lab.run('A', ['sh', '-ec', START]);
    if (ran.exit === 0) {
      await lab.must('A', ['sh', '-ec', ATTACH]);
      await lab.must('B', ['ip', 'route', 'add', '192.168.122.0/24', 'via', laptop]);
      await lab.listen([
        ['tcp', '0.0.0.0', 3000],
        ['udp', '0.0.0.0', 3000],
      ]);
      await lab.listenIn('guest', [['tcp', '0.0.0.0', 8000]]);
    } else {
      await host[Symbol.asyncDispose]();
      host = `libvirt does not run here: ${ran.stderr.trim().split('\n').at(-1)}`;
    }
  }
  if (typeof host === 'string') console.warn(`SKIPPED libvirt’s own daemon: ${host}`);
}, 300_000);
afterAll(async () => {
  if (typeof host !== 'string') await host[Symbol.asyncDispose]();
}, 60_000);

/** The guest at a TCP and a UDP port here, and at libvirt's names; a neighbour at this computer, and at the guest. */
async function knock({ lab }: ContainerHost): Promise<readonly (readonly [answer: string, packet: string])[]> {
  const guest = { interface: 'virbr0', at: 'guest' };
  const probes = [
    { ...probe('tcp', GUEST, BRIDGE, 3000), ...guest },
    { ...probe('udp', GUEST, BRIDGE, 3000), ...guest },
    { ...probe('tcp', GUEST, BRIDGE, 53), ...guest },
    probe('tcp', neighbour, laptop, 3000),
    probe('tcp', neighbour, GUEST, 8000),
  ];
  await lab.forget();
  const told = answersFor(await lab.snapshot(), probes).map(({ verdict }) => verdict);
  const packets = await lab.probe(probes, 0.5);
  return probes.map((_, at) => [told[at] ?? '', packets[at] ?? ''] as const);
}

const OPEN = ['open', 'open'] as const;
const SHUT = ['blocked', 'filtered'] as const;
/** libvirt rejects what is not an answer to its guests. */
const REFUSED = ['blocked', 'refused'] as const;

describe.skipIf(cannotTry !== null)('libvirt’s own daemon', () => {
  test('its guests get to names here past ufw and to nothing else; nobody gets to them', async (context) => {
    if (typeof host === 'string') return context.skip(host);
    const { lab } = host;
    expect(await knock(host)).toEqual([OPEN, OPEN, OPEN, OPEN, REFUSED]);
    await lab.must('A', ['ufw', '--force', 'enable']);
    expect((await knock(host)).slice(0, 4)).toEqual([SHUT, SHUT, OPEN, SHUT]);
    await lab.must('A', ['ufw', 'allow', 'in', 'on', 'virbr0', 'to', 'any', 'port', '3000', 'proto', 'tcp']);
    const [tcp, udp, names, near, beyond] = await knock(host);
    expect([tcp, udp, names, near]).toEqual([OPEN, SHUT, OPEN, SHUT]);
    expect(beyond?.[0]).toBe('blocked');
    expect(beyond?.[1]).not.toBe('open');
  });
});
