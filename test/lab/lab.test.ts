/** The lab itself: a proof from it is worth only as much as this. */
import { readdirSync, readlinkSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isRoot, describeLab, laptop, neighbour, probe, startLab } from './harness.ts';

const ways = (port: number) => [
  probe('tcp', neighbour, laptop, port),
  probe('udp', neighbour, laptop, port),
  probe('tcp', 'fd77::20', 'fd77::10', port),
  probe('udp', 'fe80::ff:fe00:7720%wlan0', 'fe80::ff:fe00:7710%wlan0', port),
  probe('tcp', '203.0.113.5', laptop, port),
  probe('udp', '2001:db8:ff::5', '2001:db8:77::10', port),
  probe('tcp', '10.66.0.20', '10.66.0.10', port, { interface: 'eth0' }),
];
const six = () => Array.from({ length: 6 }, () => probe('tcp', neighbour, laptop, 22));

describeLab('the lab', () => {
  test('packets tell open, refused and filtered apart, on both protocols and families', async () => {
    await using lab = await startLab();
    await lab.listen([
      ['tcp', '0.0.0.0', 3000],
      ['udp', '0.0.0.0', 3000],
      ['tcp', '::', 3000],
      ['udp', '::', 3000],
    ]);
    expect(await lab.probe(ways(3000))).toEqual(ways(3000).map(() => 'open'));
    expect(await lab.probe(ways(3001))).toEqual(ways(3001).map(() => 'refused'));
    await lab.must('A', [
      'nft',
      'add table inet t; add chain inet t c { type filter hook input priority 0; policy drop; }',
    ]);
    expect(await lab.probe(ways(3000))).toEqual(ways(3000).map(() => 'filtered'));
  });

  test('a set of ufw rules applied at once stands as ufw would have written it', async () => {
    await using quick = await startLab();
    await using slow = await startLab();
    const commands = [
      ['allow', '22/tcp'],
      ['prepend', 'deny', '80'],
      ['limit', 'ssh'],
      ['allow', 'from', 'fd77::/64'],
    ];
    await quick.ufw({ commands, inbound: 'reject', ipv6: true });
    await slow.must('A', ['ufw', 'default', 'reject']);
    for (const command of commands) await slow.must('A', ['ufw', ...command]);
    await slow.must('A', ['ufw', '--force', 'enable']);
    for (const program of ['iptables-save', 'ip6tables-save']) {
      const rules = async (lab: typeof quick) =>
        (await lab.must('A', [program, '-t', 'filter']))
          .replaceAll(/^#.*\n|\[\d+:\d+\]/gm, '')
          .split('\n')
          .sort();
      expect(await rules(quick)).toEqual(await rules(slow));
    }
  });

  test.runIf(isRoot)('forgetting lets a rationed source in again', async () => {
    await using lab = await startLab();
    await lab.listen([['tcp', '0.0.0.0', 22]]);
    await lab.ufw({ commands: [['limit', '22/tcp']], inbound: 'deny', ipv6: true });
    expect(await lab.probe(six())).toEqual(['open', 'open', 'open', 'open', 'open', 'refused']);
    await lab.forget();
    expect(await lab.probe(six().slice(1))).toEqual(['open', 'open', 'open', 'open', 'open']);
  });

  test('the machine outside is not touched, and nothing stays behind', async () => {
    const lab = await startLab();
    await lab.must('A', ['ufw', '--force', 'enable']);
    const { pid } = await lab.start('A', ['sleep', '1000']);
    expect(pid).toBeGreaterThan(1);
    const { stdout } = await lab.run('A', ['readlink', '/proc/self/ns/net']);
    await lab.close();
    const namespaces = () =>
      readdirSync('/proc')
        .filter((name) => /^\d+$/.test(name))
        .map((name) => {
          try {
            return readlinkSync(`/proc/${name}/ns/net`);
          } catch {
            return '';
          }
        });
    // The kernel gives the number out again: for a while another file's machine may have it.
    await expect.poll(namespaces, { timeout: 60_000 }).not.toContain(stdout.trim());
  });
});
