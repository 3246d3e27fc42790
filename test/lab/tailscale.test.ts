/**
 * Tailscale's rules (synthetic, as its documents and sources describe them: the program needs an account) in a real kernel,
 * over ufw: what comes through the tailnet passes ufw by, and addresses of the tailnet do not pass anywhere else.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { answersFor } from './compare.ts';
import { type Lab, type Probe, describeLab, laptop, neighbour, probe, startLab } from './harness.ts';

const TUNNEL = `
ip link add tailscale0 type veth peer name tailscale0 netns $LAB_B
sysctl -qw net.ipv4.conf.tailscale0.rp_filter=0
ip link set tailscale0 up
ip address add 100.101.102.10/32 dev tailscale0
ip route add 100.64.0.0/10 dev tailscale0
nsenter -t $LAB_B -n sh -ec '
  ip link set tailscale0 up
  ip address add 100.101.102.20/32 dev tailscale0
  ip route add 100.101.102.10/32 dev tailscale0
  # Somebody on the Wi-Fi who pretends to be in the tailnet.
  ip address add 100.101.102.66/32 dev lo
  ip rule add from 100.101.102.66 lookup 88
  ip route add 192.168.77.10 dev wlan0 table 88'`;

const RULES = `*filter
:ts-input - [0:0]
:ts-forward - [0:0]
-I INPUT 1 -j ts-input
-I FORWARD 1 -j ts-forward
-A ts-input -s 100.101.102.10/32 -i lo -j ACCEPT
-A ts-input -s 100.115.92.0/23 ! -i tailscale0 -j RETURN
-A ts-input -s 100.64.0.0/10 ! -i tailscale0 -j DROP
-A ts-input -i tailscale0 -j ACCEPT
-A ts-input -p udp -m udp --dport 41641 -j ACCEPT
-A ts-forward -i tailscale0 -j MARK --set-xmark 0x40000/0xff0000
-A ts-forward -m mark --mark 0x40000/0xff0000 -j ACCEPT
-A ts-forward -s 100.64.0.0/10 -o tailscale0 -j DROP
-A ts-forward -o tailscale0 -j ACCEPT
COMMIT
*nat
:ts-postrouting - [0:0]
-I POSTROUTING 1 -j ts-postrouting
-A ts-postrouting -m mark --mark 0x40000/0xff0000 -j MASQUERADE
COMMIT
`;

describeLab('Tailscale’s rules', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await startLab();
    await lab.listen([
      ['tcp', '0.0.0.0', 3000],
      ['udp', '0.0.0.0', 41641],
    ]);
    await lab.must('A', ['sh', '-ec', TUNNEL]);
    await lab.must('A', ['ufw', '--force', 'enable']);
    await lab.must('A', ['ufw', 'deny', '3000']);
    await lab.must('A', ['ufw', 'allow', 'from', '100.64.0.0/10']);
    await lab.must('A', ['iptables-restore', '--noflush'], { input: RULES });
  }, 60_000);
  afterAll(() => lab.close());

  test('the engine and packets agree: the tailnet is let in past ufw, a neighbour who pretends is not', async () => {
    const through = { interface: 'tailscale0' };
    const probes: Probe[] = [
      probe('tcp', '100.101.102.20', '100.101.102.10', 3000, through),
      probe('tcp', neighbour, laptop, 3000),
      probe('tcp', '100.101.102.66', laptop, 3000),
      probe('udp', neighbour, laptop, 41641),
    ];
    const answers = answersFor(await lab.snapshot(), probes);
    const outcomes = await lab.probe(probes, 0.4);
    expect(outcomes).toEqual(['open', 'filtered', 'filtered', 'open']);
    expect(answers.map(({ verdict }) => verdict)).toEqual(['open', 'blocked', 'blocked', 'open']);
    expect(answers.map(({ decidedBy }) => decidedBy)).toEqual([
      [{ firewall: 'tailscale', rule: 'lets in what comes through tailscale0' }],
      [{ firewall: 'ufw', rule: 'deny 3000/tcp' }],
      [{ firewall: 'tailscale', rule: 'drops tailnet addresses that do not come through the tailnet' }],
      [{ firewall: 'tailscale', rule: '-A ts-input -p udp -m udp --dport 41641 -j ACCEPT' }],
    ]);
  });
});
