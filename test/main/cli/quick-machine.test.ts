/**
 * The quick program on a real machine: what it reads of a network of its own, with listeners and rules, and says of it is
 * what Node's says. As root, and as an ordinary user.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { launcherFor } from '../../../scripts/package/launcher.mjs';
import { quickProgram, whyNoQuick } from '../../../scripts/quick.mjs';
import { whyNotHere } from '../gather/namespace.ts';
import { program } from './program.ts';

const PROGRAMS = ['ip', 'ss', 'nft', 'iptables', 'iptables-save', 'perl', 'unshare', 'setpriv'];
const why = whyNoQuick() ?? whyNotHere(PROGRAMS);
if (whyNoQuick() === null && why !== null)
  process.stderr.write(`SKIPPED the quick program on a real machine: ${why}\n`);

/** Who listens where, which rules there are, and where others are. */
const MACHINE = `
ip link set lo up
ip link add wlan0 type veth peer name peer0
ip link set peer0 up
ip address add 192.168.77.10/24 dev wlan0
ip address add 2001:db8::10/64 dev wlan0 nodad
ip link set wlan0 up
iptables -P INPUT DROP
iptables -A INPUT -i lo -j ACCEPT
iptables -A INPUT -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT
iptables -A INPUT -p tcp -s 192.168.77.0/25 --dport 4000 -j ACCEPT
iptables -A INPUT -p udp --dport 4001 -m limit --limit 3/min -j ACCEPT
iptables -A INPUT -p tcp --dport 4002 -j REJECT
iptables -t nat -A PREROUTING -p tcp --dport 80 -j REDIRECT --to-ports 4000
nft add table inet own
nft 'add chain inet own in { type filter hook input priority 10; }'
nft add rule inet own in ip6 saddr 2001:db8::/64 tcp dport 4003 drop
perl -MSocket -e '
  for my $one (["4000"], ["4001", SOCK_DGRAM], ["4002"], ["4004", SOCK_STREAM, INADDR_LOOPBACK]) {
    my ($port, $type, $address) = @$one;
    $type ||= SOCK_STREAM;
    socket(my $s, PF_INET, $type, 0) or die $!;
    bind($s, sockaddr_in($port, $address // INADDR_ANY)) or die $!;
    $type == SOCK_DGRAM or listen($s, 5) or die $!;
    push @keep, $s;
  }
  socket(my $six, PF_INET6, SOCK_STREAM, 0) or die $!;
  bind($six, Socket::pack_sockaddr_in6(4003, "\\0" x 16)) or die $!;
  listen($six, 5) or die $!;
  sleep 100;
' &
for n in 1 2 3 4 5 6 7 8 9 10; do ss -Htln | grep -q ':4003 ' && break; sleep 0.2; done
`;

describe.skipIf(why !== null)('on a machine with listeners and rules', { timeout: 120_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'portcullis-quick-machine-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  if (why === null) {
    // Where an ordinary user can start them.
    chmodSync(folder, 0o755);
    cpSync(quickProgram, join(folder, 'quick'));
    for (const part of ['bin', 'out/cli', 'package.json'])
      cpSync(join(program, '../..', part), join(folder, 'app', part), { recursive: true });
    const app = join(folder, 'app');
    // One that surely starts the quick program, and the same where there is none.
    const processor = join(folder, 'processor');
    writeFileSync(processor, 'cpu:type:aarch64:feature:\n');
    const places = { quick: join(folder, 'quick'), node: process.execPath, app, processor };
    writeFileSync(join(folder, 'portcullis'), launcherFor(places), { mode: 0o755 });
    const without = launcherFor({ ...places, quick: join(folder, 'nothing') });
    writeFileSync(join(folder, 'on-node'), without, { mode: 0o755 });
  }

  const COMMANDS = [
    'scan --json',
    'scan --all',
    'scan --fail-on low',
    'explain 4000',
    'explain 80 --json',
    'explain 4001/udp',
    'reach 4000 --json',
    'reach 4003',
    'reach 4000 --source 192.168.77.200',
    'reach 4444',
  ];

  /** Status and both streams of each command, one after the other, by each program; times aside. */
  function saidBy(as: string): Readonly<Record<'portcullis' | 'on-node', readonly string[]>> {
    const each = ['portcullis', 'on-node'].flatMap((name) =>
      COMMANDS.map(
        (words) =>
          `${as} '${join(folder, name)}' ${words} >'${folder}/out' 2>'${folder}/err' && s=0 || s=$?; ` +
          `printf '%s\\0' "$s"; cat '${folder}/out'; printf '\\0'; cat '${folder}/err'; printf '\\0'`,
      ),
    );
    const { stdout, stderr, status } = spawnSync(
      'unshare',
      ['-n', '-p', '-f', '--kill-child', '--mount-proc', 'sh', '-e', '-c', `{ ${MACHINE}\n} >&2\n${each.join('\n')}`],
      {
        encoding: 'utf8',
        env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/nonexistent' },
        maxBuffer: 64 * 1024 * 1024,
      },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const parts = stdout.split('\0').slice(0, -1);
    const said = COMMANDS.concat(COMMANDS).map((words, index) =>
      [words, ...parts.slice(index * 3, index * 3 + 3)]
        .join('\n')
        .replaceAll(/"\d{4}-\d\d-\d\dT[\d:.]+Z"/g, '"WHEN"')
        .replaceAll(/\d\d:\d\d, just now/g, 'WHEN'),
    );
    return { portcullis: said.slice(0, COMMANDS.length), 'on-node': said.slice(COMMANDS.length) };
  }

  test.each([
    ['root', 'env'],
    ['an ordinary user', 'setpriv --reuid=65534 --regid=65534 --clear-groups'],
  ])('as %s', (who, as) => {
    const said = saidBy(as);
    expect(said.portcullis).toEqual(said['on-node']);
    const [json = '', all = ''] = said.portcullis;
    for (const port of ['4000', '4001', '4002', '4003', '4004']) expect(json).toContain(`"port": ${port}`);
    expect(all).toContain('192.168.77.10/24');
    expect(json).toContain(`"complete": ${who === 'root'}`);
    expect(new Set(said.portcullis.map((one) => one.split('\n', 1)[0]))).toEqual(new Set(COMMANDS));
  });
});
