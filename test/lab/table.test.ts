/**
 * Closing in Portcullis's own table, proved with packets: without a firewall, beside ufw, and for a port that a redirect
 * leads to, which a rule of ufw could not close alone. What others do to their own rules does not open it again.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Choice } from '../../src/core/model.ts';
import type { Problem } from '../../src/core/problem.ts';
import type { Done } from '../../src/main/apply/index.ts';
import { type Bundles, bundle } from './bundle.ts';
import { type Lab, type Outcome, describeLab, laptop, neighbour, probe, startLab } from './harness.ts';
import { checkedOf, warningsOf } from '../core/plan/in-english.ts';

type Reply = { readonly ok: true; readonly value: Done } | { readonly ok: false; readonly error: Problem };

const FILE = '/etc/portcullis/table.nft';
const SOURCES = [
  [neighbour, laptop],
  ['203.0.113.5', laptop],
  ['fd77::20', 'fd77::10'],
  ['2001:db8:ff::5', '2001:db8:77::10'],
] as const;
const all = (outcome: Outcome): readonly Outcome[] => SOURCES.map(() => outcome);

const choose = (kind: 'close' | 'reopen', port: number, more: Partial<Choice & { kind: 'close' }> = {}): string =>
  JSON.stringify({
    kind,
    targets: [{ protocol: 'tcp', port }],
    audience: 'everyone',
    way: 'own-table',
    ...more,
  });

/** Sends a SYN in two fragments, the first too short for the flags; prints what flags the answer has, if there is one. */
const CUT_SYN = `
import socket, struct, sys
source, target, port = sys.argv[1], sys.argv[2], int(sys.argv[3])
a, b = socket.inet_aton(source), socket.inet_aton(target)
head = struct.pack('!HHIIBBHHH', 40123, port, 7, 0, 5 << 4, 2, 1024, 0, 0)
data = a + b + struct.pack('!BBH', 0, 6, len(head)) + head
total = sum(struct.unpack('!%dH' % (len(data) // 2), data))
while total >> 16: total = (total & 0xffff) + (total >> 16)
tcp = head[:16] + struct.pack('!H', ~total & 0xffff) + head[18:]
hear = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_TCP)
hear.settimeout(1.5)
send = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW)
for part, place in ((tcp[:8], 0x2000), (tcp[8:], 1)):
    ip = struct.pack('!BBHHHBBH4s4s', 0x45, 0, 20 + len(part), 4242, place, 64, 6, 0, a, b)
    send.sendto(ip + part, (target, 0))
try:
    while True:
        packet = hear.recv(100)
        if struct.unpack('!HH', packet[20:24]) == (port, 40123):
            print(packet[33])
            break
except socket.timeout:
    print('nothing')
`;

describeLab('Portcullis’s own table', () => {
  let bundles: Bundles;
  beforeAll(async () => {
    bundles = await bundle();
  });
  afterAll(() => bundles[Symbol.asyncDispose]());

  const act = async (lab: Lab, ...words: readonly string[]): Promise<Reply> =>
    JSON.parse(await lab.must('A', [process.execPath, bundles.act, ...words])) as Reply;
  const must = async (lab: Lab, ...words: readonly string[]): Promise<Done> => {
    const reply = await act(lab, ...words);
    if (!reply.ok) throw new Error(`${reply.error.code}: ${reply.error.message} ${reply.error.hint}`);
    return reply.value;
  };
  const knock = async (lab: Lab, port: number, protocol: 'tcp' | 'udp' = 'tcp'): Promise<readonly Outcome[]> => {
    await lab.forget();
    return lab.probe(
      SOURCES.map(([source, destination]) => probe(protocol, source, destination, port)),
      0.4,
    );
  };
  const machine = async (): Promise<Lab> => {
    const lab = await startLab();
    await lab.listen(
      [22, 3000, 8080].flatMap(
        (port) =>
          [
            ['tcp', '0.0.0.0', port],
            ['tcp', '::', port],
          ] as const,
      ),
    );
    return lab;
  };
  const rules = async (lab: Lab): Promise<string> =>
    [
      await lab.must('A', ['nft', 'list', 'ruleset']),
      await lab.must('A', ['iptables-save']),
      await lab.must('A', ['ip6tables-save']),
    ]
      .join('\n')
      .replaceAll(/^#.*\n|\[\d+:\d+\]|packets \d+ bytes \d+/gm, '');

  test('no firewall at all: closed for everyone, live connections and this computer stay, undone to the byte', async () => {
    await using lab = await machine();
    const before = await rules(lab);
    expect(await knock(lab, 3000)).toEqual(all('open'));
    const session = await lab.connect(probe('tcp', neighbour, laptop, 3000));
    const done = await must(lab, 'apply', choose('close', 3000));
    expect(done.verified).toBe(true);
    expect(
      (await lab.must('A', ['stat', '-c', '%a', '/etc/portcullis', '/etc/portcullis/table.nft'])).split('\n', 2),
    ).toEqual(['755', '644']);
    expect(checkedOf(done).join(' ')).toContain('nobody else can reach it now');
    expect(await lab.talk(session ?? '')).toBe(true);
    expect(await knock(lab, 3000)).toEqual(all('filtered'));
    expect(await knock(lab, 8080)).toEqual(all('open'));
    const here = 'import socket; socket.create_connection(("127.0.0.1", 3000), 2).close()';
    await lab.must('A', ['/usr/bin/python3', '-c', here]);
    const undone = await must(lab, 'undo');
    expect(checkedOf(undone)).toContain('Portcullis’s own table is what it was.');
    expect(await knock(lab, 3000)).toEqual(all('open'));
    expect(await rules(lab)).toBe(before);
    expect(await lab.read([FILE])).toEqual([null]);
  });

  test('for all but this network: neighbours still get in, others do not; opening again takes that block alone', async () => {
    await using lab = await machine();
    await must(lab, 'apply', choose('close', 8080));
    await must(lab, 'apply', choose('close', 3000, { audience: 'all-but-this-network' }));
    expect(await knock(lab, 3000)).toEqual(['open', 'filtered', 'open', 'filtered']);
    await must(lab, 'apply', choose('close', 3000));
    expect(await knock(lab, 3000)).toEqual(all('filtered'));
    await must(lab, 'apply', choose('reopen', 3000));
    expect(await knock(lab, 3000)).toEqual(all('open'));
    expect(await knock(lab, 8080)).toEqual(all('filtered'));
    await lab.must('A', ['nft', 'flush', 'ruleset']);
    expect(await knock(lab, 8080)).toEqual(all('open'));
    await must(lab, 'apply', choose('close', 8080));
    expect(await knock(lab, 8080)).toEqual(all('filtered'));
  });

  test('the last block is taken out, with its file and folder, and undo brings all of it back', async () => {
    await using lab = await machine();
    await must(lab, 'apply', choose('close', 3000));
    const [before, file] = [await rules(lab), await lab.read([FILE])];
    await must(lab, 'apply', choose('reopen', 3000));
    expect(await lab.read([FILE])).toEqual([null]);
    expect(await knock(lab, 3000)).toEqual(all('open'));
    await must(lab, 'undo');
    expect(await rules(lab)).toBe(before);
    expect(await lab.read([FILE])).toEqual(file);
    expect(await knock(lab, 3000)).toEqual(all('filtered'));
  });

  test('somebody else’s table of that name is left alone', async () => {
    await using lab = await machine();
    await lab.must('A', [
      'nft',
      'add table inet portcullis; add chain inet portcullis mine; add rule inet portcullis mine accept',
    ]);
    const before = await rules(lab);
    const refused = await act(lab, 'apply', choose('close', 3000));
    expect(refused.ok ? '' : refused.error.message).toContain('not what Portcullis’s file says');
    expect(await rules(lab)).toBe(before);
  });

  test('a full disk: nothing is changed, or everything is put back', async () => {
    await using lab = await machine();
    await must(lab, 'apply', choose('close', 8080));
    const before = [await rules(lab), ...(await lab.read([FILE]))];
    await lab.must('A', [
      'sh',
      '-c',
      `cp -a /etc/portcullis /mnt/kept && mount -t tmpfs -o size=4k none /etc/portcullis && cp -a /mnt/kept/. /etc/portcullis && ! head -c 9000 /dev/zero > /etc/portcullis/filler`,
    ]);
    const refused = await act(lab, 'apply', choose('close', 3000));
    expect(refused.ok ? '' : refused.error.message).toContain('the disk is full');
    expect([await rules(lab), ...(await lab.read([FILE]))]).toEqual(before);
    expect(await knock(lab, 3000)).toEqual(all('open'));
    expect(await knock(lab, 8080)).toEqual(all('filtered'));
  });

  test('the field case: 80 is redirected to 3000; 3000 itself is closed and the site stays, whatever ufw does', async () => {
    await using lab = await machine();
    for (const ip of ['iptables', 'ip6tables'])
      await lab.must('A', [ip, ...'-t nat -A PREROUTING -p tcp --dport 80 -j REDIRECT --to-ports 3000'.split(' ')]);
    await lab.must('A', ['ufw', 'allow', '3000/tcp']);
    await lab.must('A', ['ufw', '--force', 'enable']);
    expect(await knock(lab, 80)).toEqual(all('open'));
    expect(await knock(lab, 3000)).toEqual(all('open'));
    // The ordinary way is asked for: ufw cannot tell the two ways in apart, so the table does it.
    const done = await must(lab, 'apply', choose('close', 3000, { way: 'firewall' }));
    expect(done.change.layers).toEqual(['nftables']);
    expect(warningsOf(done.change.plan)[0]).toContain('redirected');
    const still = async (when: string): Promise<void> => {
      expect(await knock(lab, 3000), when).toEqual(all('filtered'));
    };
    await still('after closing');
    expect(await knock(lab, 80)).toEqual(all('open'));
    await lab.must('A', ['ufw', 'reload']);
    await still('after ufw reload');
    expect(await knock(lab, 80)).toEqual(all('open'));
    await lab.must('A', ['ufw', 'disable']);
    await still('after ufw disable');
    await lab.must('A', ['ufw', '--force', 'enable']);
    await still('after ufw enable');
    // Debian's nftables.conf begins with `flush ruleset`: what loads the file again, as the unit does, brings it back.
    await lab.must('A', ['nft', 'flush', 'ruleset']);
    expect(await knock(lab, 3000)).toEqual(all('open'));
    await lab.must('A', ['nft', '-f', FILE]);
    await still('after its file was loaded again');
    await lab.must('A', ['nft', '-f', FILE]);
    await still('loaded twice');
  }, 120_000);

  test('a SYN that is cut in two gets no further than a whole one', async () => {
    await using lab = await machine();
    const cut = async (port: number): Promise<string> =>
      (await lab.must('B', ['/usr/bin/python3', '-c', CUT_SYN, neighbour, laptop, String(port)])).trim();
    // SYN and ACK.
    expect(await cut(3000)).toBe('18');
    await must(lab, 'apply', choose('close', 3000));
    expect(await cut(3000)).toBe('nothing');
    expect(await cut(8080)).toBe('18');
  });

  test('UDP, both families', async () => {
    await using lab = await startLab();
    await lab.listen([
      ['udp', '0.0.0.0', 5000],
      ['udp', '::', 5000],
    ]);
    expect(await knock(lab, 5000, 'udp')).toEqual(all('open'));
    const udp = { targets: [{ protocol: 'udp', port: 5000 }] } as const;
    await must(lab, 'apply', choose('close', 5000, udp));
    expect(await knock(lab, 5000, 'udp')).toEqual(all('filtered'));
    await must(lab, 'undo');
    expect(await knock(lab, 5000, 'udp')).toEqual(all('open'));
  });

  test('the table changed by somebody else: told, nothing written over', async () => {
    await using lab = await machine();
    await must(lab, 'apply', choose('close', 3000));
    await lab.must('A', ['sh', '-c', `echo '# mine' >> ${FILE}`]);
    const [text] = await lab.read([FILE]);
    const drift = await act(lab, 'undo');
    expect(drift.ok ? '' : drift.error.code).toBe('drift');
    const other = await act(lab, 'apply', choose('close', 8080));
    expect(other.ok ? '' : other.error.message).toContain('it holds what Portcullis did not write');
    expect(await lab.read([FILE])).toEqual([text]);
    expect(await knock(lab, 3000)).toEqual(all('filtered'));
  });

  test('killed while it loads the table: the next change finds everything as it was', async () => {
    await using lab = await machine();
    const before = await rules(lab);
    // An nft that ends its parent, the helper, once it has loaded what it was given.
    await lab.must('A', [
      'sh',
      '-c',
      `cp /usr/sbin/nft /mnt/nft && printf '#!/bin/sh\\n/mnt/nft "$@"; e=$?; [ "$1" = -f ] && [ -e /mnt/armed ] && kill -9 $PPID; exit $e\\n' > /mnt/wrapped && chmod 755 /mnt/wrapped && touch /mnt/armed && mount --bind /mnt/wrapped /usr/sbin/nft`,
    ]);
    const killed = await act(lab, 'apply', choose('close', 3000));
    expect(killed.ok).toBe(false);
    expect(await knock(lab, 3000)).toEqual(all('filtered'));
    await lab.must('A', ['rm', '/mnt/armed']);
    const undone = await must(lab, 'undo');
    expect(undone.change.state).toBe('rolled-back');
    expect(await knock(lab, 3000)).toEqual(all('open'));
    expect(await rules(lab)).toBe(before);
    expect(await lab.read([FILE])).toEqual([null]);
  });
});
