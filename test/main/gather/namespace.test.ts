import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readFacts } from '../../../src/core/facts.ts';
import type { Failure } from '../../../src/core/model.ts';
import { type Bench, bundleInside, foundIn, inNamespace, whyNotHere } from './namespace.ts';

const why = whyNotHere(['ip', 'ss', 'nft', 'iptables-save', 'perl', 'netstat', 'unshare', 'setpriv']);
if (why !== null) process.stderr.write(`gathering in a namespace is not tested: ${why}\n`);

/** A program of perl's that listens, under a name and in a cgroup of its choice, until its parent is gone. */
const listener = (name: string, ports: string): string => `
perl -MSocket -e '
  for my $port (split / /, $ARGV[1]) {
    my $udp = $port =~ s/^u//;
    socket(my $s, PF_INET, $udp ? SOCK_DGRAM : SOCK_STREAM, 0) or die $!;
    setsockopt($s, SOL_SOCKET, SO_REUSEADDR, 1);
    bind($s, sockaddr_in($port, INADDR_ANY)) or die $!;
    $udp or listen($s, 5) or die $!;
    push @keep, $s;
  }
  $0 = $ARGV[0];
  open my $c, ">", "/proc/self/comm"; print $c $ARGV[0]; close $c;
  sleep 20;
' '${name}' '${ports}' &
`;
const ready = (port: number): string =>
  `for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do ss -Htuln | grep -q ':${port} ' && break; sleep 0.1; done`;

describe.skipIf(why !== null)('gathering in a private namespace', { timeout: 60_000 }, () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await bundleInside();
  }, 60_000);
  afterAll(() => bench[Symbol.dispose]());

  const failureOf = (found: ReturnType<typeof foundIn>, id: string): Failure | null | undefined =>
    found.snapshot.transcripts.find((transcript) => transcript.id === id)?.failure;

  test('a listener with its process, whatever the process calls itself', () => {
    const name = 'a",pid=1,fd=9)';
    const found = foundIn(bench, `${listener(name, '4000 u4001')}\necho $! > pid\n${ready(4001)}`);
    expect(found.listeners.gaps).toEqual([]);
    expect(found.listeners.value.map(({ id }) => id)).toEqual(['tcp/4000', 'udp/4001']);
    for (const { owner } of found.listeners.value) {
      expect(owner).toMatchObject({ program: name, complete: true, user: 'root' });
      expect(owner.pid).not.toBe(1);
      expect(owner.path).toMatch(/perl/);
    }
    expect(new Set(found.listeners.value.map(({ owner }) => owner.pid)).size).toBe(1);
  });

  test('a process that scans again sees what is new, and ends although programs wait for it', () => {
    for (const times of [2, 3, 5]) {
      const text = inNamespace(bench, `"$NODE" "$SCRIPT" - ${times}`);
      const found = JSON.parse(text) as ReturnType<typeof foundIn>;
      expect([...found.listeners.gaps, ...found.interfaces.gaps, ...found.routes.gaps]).toEqual([]);
      expect(found.listeners.value.map(({ id, owner }) => [id, owner.complete])).toEqual([['tcp/4100', true]]);
      expect(failureOf(found, 'nft')).toBeNull();
      const nft = found.snapshot.transcripts.find(({ id }) => id === 'nft');
      expect(JSON.parse(nft?.stdout ?? '')).toHaveProperty('nftables');
    }
  });

  test('rules that came since are seen by a program that was started before them', () => {
    const script = `( sleep 0.7; nft add table inet later ) & "$NODE" "$SCRIPT" - 6`;
    const found = JSON.parse(inNamespace(bench, script)) as ReturnType<typeof foundIn>;
    expect(found.snapshot.transcripts.find(({ id }) => id === 'nft')?.stdout).toContain('"later"');
  });

  test('a program that fails when it is started with the others is run by itself', () => {
    const folder = join(bench.folder, 'failing');
    mkdirSync(folder);
    for (const name of ['ss', 'ip', 'iptables-save', 'ip6tables-save'])
      symlinkSync(`/usr/sbin/${name === 'ss' ? '../bin/ss' : name}`, join(folder, name));
    writeFileSync(
      join(folder, 'nft'),
      '#!/bin/sh\nif [ "$(/bin/cat /proc/$PPID/comm)" = sh ]; then echo half; exit 1; else exec /usr/sbin/nft "$@"; fi\n',
    );
    chmodSync(join(folder, 'nft'), 0o755);
    const found = JSON.parse(inNamespace(bench, `nft add table inet t; "$NODE" "$SCRIPT" ${folder} 3`)) as ReturnType<
      typeof foundIn
    >;
    const nft = found.snapshot.transcripts.find(({ id }) => id === 'nft');
    expect(nft).toMatchObject({ failure: null, argv: ['nft', '-j', 'list', 'ruleset'] });
    expect(nft?.stdout).toContain('"name": "t"');
  });

  test('addresses, routes and settings of this namespace', () => {
    const found = foundIn(
      bench,
      `ip link add wlan0 type veth peer name peer0; ip link set wlan0 up; ip link set peer0 up
       ip address add 192.168.7.2/24 dev wlan0; ip -6 address add 2001:db8:7::2/64 dev wlan0 nodad
       ip route add default via 192.168.7.1; ip -6 route add default via 2001:db8:7::1
       sysctl -qw net.ipv4.conf.wlan0.route_localnet=1`,
    );
    expect([...found.interfaces.gaps, ...found.routes.gaps]).toEqual([]);
    const wlan = found.interfaces.value.find(({ name }) => name === 'wlan0');
    expect(wlan).toMatchObject({ kind: 'wifi', up: true });
    expect(wlan?.addresses.map(({ address, prefix }) => `${address}/${prefix}`)).toEqual(
      expect.arrayContaining(['192.168.7.2/24', '2001:db8:7::2/64']) as string[],
    );
    const routes = found.routes.value.map((route) => `${route.destination} ${route.gateway}`);
    expect(routes).toEqual(
      expect.arrayContaining(['0.0.0.0/0 192.168.7.1', '::/0 2001:db8:7::1', '192.168.7.0/24 null']) as string[],
    );
    expect(new Map(found.sysctls).get('net.ipv4.conf.wlan0.route_localnet')).toBe('1');
    expect(new Map(found.sysctls).get('net.ipv4.ip_local_port_range')).toMatch(/^\d+\s+\d+$/);
  });

  test('inbound and outbound connections', () => {
    const found = foundIn(
      bench,
      `${listener('server', '4000')}\n${ready(4000)}
       perl -MIO::Socket::INET -e '$s = IO::Socket::INET->new("127.0.0.1:4000") or die; sleep 20' & sleep 0.5`,
    );
    expect(found.connections.gaps).toEqual([]);
    expect(
      found.connections.value
        .map(({ direction, program }) => `${direction} ${program}`)
        .toSorted((a, b) => (a < b ? -1 : 1)),
    ).toEqual(['inbound null', 'outbound perl']);
  });

  test('a program that is a tunnel by its file, and one that only bears the name', () => {
    const connect = `-MIO::Socket::INET -e '$s = IO::Socket::INET->new("127.0.0.1:4000") or die; sleep 20'`;
    const found = foundIn(
      bench,
      `${listener('ngrok', '4000')}\n${ready(4000)}
       cp "$(command -v perl)" ./ngrok; ./ngrok ${connect} http 3000 & ngrok= perl ${connect} ngrok http 3001 & sleep 0.5`,
    );
    const { tunnels } = readFacts(found.snapshot);
    expect(tunnels.map(({ id, port }) => `${id} ${port}`)).toEqual(['ngrok 3000']);
  });

  test('what decides beside the rules, found the first time and when programs wait', () => {
    const setUp = `ip link add d0 type veth peer name d1; ip link set d0 up; ip link set d1 up
      tc qdisc add dev d0 clsact
      tc filter add dev d0 ingress protocol ip u32 match ip dport 80 0xffff action mirred egress redirect dev d1
      nft add table netdev t; nft 'add chain netdev t i { type filter hook ingress device d1 priority 0; policy drop; }'`;
    for (const times of [1, 3]) {
      const text = inNamespace(bench, `${setUp}\n"$NODE" "$SCRIPT" - ${times}`);
      const { snapshot } = JSON.parse(text) as ReturnType<typeof foundIn>;
      const { outsiders, gaps } = readFacts(snapshot);
      expect(gaps.filter(({ what }) => what.includes('beside the rules'))).toEqual([]);
      // Cgroups are the machine's: programs of its services stand there whatever this network holds.
      const here = outsiders.filter(({ gap }) => !/^a BPF program for .* \(.*\)$/.test(gap.what));
      expect(here.map(({ gap, power, interfaces }) => [gap.what, power, [...(interfaces ?? [])]])).toEqual([
        ['rules of table netdev t', 'drop', ['d1']],
        ['filters of traffic control on d0, ingress', 'anything', ['d0']],
      ]);
    }
  });

  test('nothing is changed: rules, addresses and legacy tables are what they were', () => {
    const state = `nft -j list ruleset; ip -j address; ip -j -4 route show table all; ip -j -6 route show table all
      cat /proc/net/ip_tables_names /proc/net/ip6_tables_names 2>/dev/null || true; sysctl -a 2>/dev/null | grep '^net[.]ipv[46][.]' | grep -v -e stat -e 'ip6_frags\\|stable_secret'`;
    for (const before of [
      'true',
      'iptables-nft -A INPUT -p tcp --dport 1 -j DROP; nft add table inet mine; nft add chain inet mine c "{ type filter hook input priority 0; }"',
    ]) {
      const changed = inNamespace(
        bench,
        `{ ${before}; } >&2
         { ${state}; } > before; "$NODE" "$SCRIPT" > found; { ${state}; } > after
         test -s before; test -s found; cmp before after && echo same`,
      );
      expect(changed).toBe('same\n');
    }
  });

  test('the save commands run where nft shows a table of their family, and not where there is nothing', () => {
    const empty = foundIn(bench, 'true');
    const get = (found: typeof empty, id: string) =>
      found.snapshot.transcripts.find((transcript) => transcript.id === id);
    expect(get(empty, 'iptables-save')).toMatchObject({ kind: 'collected', failure: null });
    expect(get(empty, 'iptables-save')?.stdout).toMatch(/^# Not run/);
    const filled = foundIn(bench, 'iptables-nft -A INPUT -p tcp --dport 1 -j DROP');
    expect(get(filled, 'iptables-save')?.stdout).toMatch(/-A INPUT -p tcp -m tcp --dport 1 -j DROP/);
    expect(get(filled, 'ip6tables-save')?.stdout).toMatch(/^# Not run/);
    expect(get(filled, 'iptables-legacy-save')).toBeUndefined();
  });

  test('legacy tables are read where the kernel lists some', (context) => {
    const script = 'iptables-legacy -A INPUT -p tcp --dport 2 -j DROP';
    try {
      inNamespace(bench, script);
    } catch {
      context.skip('no legacy iptables here');
    }
    const found = foundIn(bench, script);
    const legacy = found.snapshot.transcripts.find(({ id }) => id === 'iptables-legacy-save');
    expect(legacy?.stdout).toMatch(/--dport 2 -j DROP/);
    expect(failureOf(found, 'iptables-save')).toBeNull();
  });

  test('without nft the kernel is asked how many tables there are', () => {
    const folder = join(bench.folder, 'no-nft');
    mkdirSync(folder);
    for (const [name, path] of [
      ['ss', '/usr/bin/ss'],
      ['ip', '/usr/sbin/ip'],
      ['perl', '/usr/bin/perl'],
      ['iptables-save', '/usr/sbin/iptables-save'],
      ['ip6tables-save', '/usr/sbin/ip6tables-save'],
    ] as const)
      symlinkSync(path, join(folder, name));
    for (const [setup, count] of [
      ['true', '0\n'],
      ['nft add table inet a; nft add table ip b', '2\n'],
    ] as const) {
      const text = inNamespace(bench, `{ ${setup}; } >&2\n"$NODE" "$SCRIPT" ${folder}`);
      const found = JSON.parse(text) as ReturnType<typeof foundIn>;
      expect(failureOf(found, 'nft')).toBe('missing');
      const asked = found.snapshot.transcripts.find(({ id }) => id === 'nft.tables');
      expect(asked).toMatchObject({ failure: null, stdout: count });
    }
  });

  test('an ordinary user: what needs rights is refused, the rest is read', () => {
    const found = JSON.parse(
      inNamespace(
        bench,
        `chmod -R a+rX .; { ${listener('other', '4000')}\n${ready(4000)}; } >&2
         setpriv --reuid 65534 --regid 65534 --clear-groups "$NODE" "$SCRIPT"`,
      ),
    ) as ReturnType<typeof foundIn>;
    expect(found.snapshot.uid).toBe(65534);
    for (const id of ['nft', 'iptables-save', 'ip6tables-save']) expect(failureOf(found, id)).toBe('refused');
    for (const id of ['ss.listening', 'ss.connections', 'ip.address', 'ip.route4', 'owners'])
      expect(failureOf(found, id)).toBeNull();
    expect(found.listeners.value.map(({ id, owner }) => [id, owner.pid, owner.complete])).toEqual([
      ['tcp/4000', null, false],
    ]);
    expect(found.listeners.gaps.map((gap) => gap.why)).toEqual(['needs administrator rights']);
  });

  const broken: readonly (readonly [string, string, Failure | null])[] = [
    ['missing', '', 'missing'],
    ['refused', 'echo "ss: Permission denied" >&2; exit 1', 'refused'],
    ['killed', 'kill -9 $$', 'killed'],
    ['failed', 'echo "ss: no" >&2; exit 1', 'failed'],
    ['garbage', 'head -c 300 /dev/urandom | tr -d "\\n"; echo; echo "<html>"', null],
    ['half a line', 'printf "tcp LISTEN 0 5 0.0.0.0:40"', null],
  ];
  test.each(broken)('a program that is %s leaves a gap, never an empty list alone', (kind, body, failure) => {
    const folder = join(bench.folder, `broken-${kind.replaceAll(' ', '-')}`);
    mkdirSync(folder);
    if (body !== '') {
      for (const name of ['ss', 'ip', 'nft', 'iptables-save', 'ip6tables-save']) {
        writeFileSync(join(folder, name), `#!/bin/sh\nPATH=/usr/bin:/bin\n${body}\n`);
        chmodSync(join(folder, name), 0o755);
      }
    }
    const found = JSON.parse(inNamespace(bench, `"$NODE" "$SCRIPT" ${folder}`)) as ReturnType<typeof foundIn>;
    for (const id of ['ss.listening', 'ss.connections', 'ip.address', 'ip.route4', 'ip.route6', 'nft']) {
      if (failure === null) expect([null, 'failed']).toContain(failureOf(found, id));
      else expect(failureOf(found, id)).toBe(failure);
    }
    expect(found.listeners.gaps).not.toEqual([]);
    if (failure !== null) expect(found.connections.gaps).not.toEqual([]);
    expect(found.interfaces.gaps).not.toEqual([]);
    expect(found.routes.gaps).toHaveLength(2);
  });

  test('node-netstat and ss agree on protocol, port and pid; netstat knows less of the rest', () => {
    const folder = join(bench.folder, 'no-ss');
    mkdirSync(folder);
    for (const [name, path] of [
      ['ip', '/usr/sbin/ip'],
      ['netstat', '/usr/bin/netstat'],
      ['nft', '/usr/sbin/nft'],
    ] as const)
      symlinkSync(path, join(folder, name));
    const text = inNamespace(
      bench,
      `{ ${listener('one', '4000 4001 u4002 u5353')} ${listener('two b/c', '4003')}
         perl -MSocket -e 'socket($s, PF_INET6, SOCK_STREAM, 0); bind($s, pack_sockaddr_in6(4004, Socket::IN6ADDR_ANY)); listen($s, 5); sleep 20' &
         ip link add wlan0 type veth peer name peer0; ip link set wlan0 up; ip -6 address add 2001:db8:1234:5678:9abc:def0:1234:5678/64 dev wlan0 nodad
         perl -MSocket=:all -e 'socket($s, PF_INET6, SOCK_STREAM, 0); bind($s, pack_sockaddr_in6(4005, inet_pton(AF_INET6, "2001:db8:1234:5678:9abc:def0:1234:5678"))) or die $!; listen($s, 5); sleep 20' &
         ${ready(4000)}; ${ready(4003)}; ${ready(4004)}; ${ready(4005)}; } >&2
       "$NODE" "$SCRIPT" > ss.json; "$NODE" "$SCRIPT" ${folder} > netstat.json
       echo '['; cat ss.json; echo ','; cat netstat.json; echo ']'`,
    );
    const [ss, netstat] = JSON.parse(text) as [ReturnType<typeof foundIn>, ReturnType<typeof foundIn>];
    const rows = ({ listeners }: typeof ss) =>
      listeners.value.flatMap(({ protocol, port, owner, sockets }) =>
        sockets.map(({ family, address }) => `${protocol} ${port} ${owner.pid} ${owner.program} ${family} ${address}`),
      );
    expect(rows(ss)).toHaveLength(7);
    expect(rows(netstat)).toEqual(rows(ss));
    // The known differences.
    const differing = (found: typeof ss) => found.listeners.value.flatMap(({ sockets }) => sockets);
    for (const socket of differing(netstat))
      expect(socket).toMatchObject({ v6only: null, inode: null, uid: null, cgroup: null });
    expect(differing(ss).find(({ port }) => port === 4004)?.v6only).toBe(false);
    expect(ss.listeners.gaps).toEqual([]);
    expect(netstat.listeners.gaps.map((gap) => gap.what)).toEqual(['which IPv6 ports take IPv4 as well']);
  });
});
