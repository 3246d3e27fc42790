/** A synthetic laptop for plans: wlan0 with two families, three listeners, and ufw as a test wants it. */
import { createHash } from 'node:crypto';
import type { Change, Choice, Operation, Plan, Snapshot, Transcript } from '../../../src/core/model.ts';
import { predictUfw } from '../../../src/core/firewalls/ufw/index.ts';
import { propose } from '../../../src/core/plan/index.ts';
import { makeReport } from '../../../src/core/report.ts';

const takenAt = '2026-11-20T18:00:00.000Z';
const transcript = (id: string, stdout: string, failure: Transcript['failure'] = null): Transcript => ({
  id,
  kind: id.startsWith('file:') ? 'file' : 'command',
  argv: [id],
  exit: failure === null ? 0 : 1,
  signal: null,
  stdout,
  stderr: '',
  startedAt: takenAt,
  ms: 1,
  failure,
});

const address = (family: string, local: string, prefixlen: number, scope: string) => ({
  family,
  local,
  prefixlen,
  scope,
});
const LINKS = [
  {
    ifindex: 1,
    ifname: 'lo',
    flags: ['LOOPBACK', 'UP', 'LOWER_UP'],
    link_type: 'loopback',
    operstate: 'UNKNOWN',
    addr_info: [address('inet', '127.0.0.1', 8, 'host'), address('inet6', '::1', 128, 'host')],
  },
  {
    ifindex: 2,
    ifname: 'wlan0',
    flags: ['BROADCAST', 'MULTICAST', 'UP', 'LOWER_UP'],
    link_type: 'ether',
    operstate: 'UP',
    addr_info: [address('inet', '192.168.77.10', 24, 'global'), address('inet6', 'fd77::10', 64, 'global')],
  },
];
const routes = (family: 4 | 6) =>
  family === 4
    ? [
        { dst: 'default', gateway: '192.168.77.1', dev: 'wlan0', flags: [] },
        { dst: '192.168.77.0/24', dev: 'wlan0', flags: [] },
      ]
    : [{ dst: 'fd77::/64', dev: 'wlan0', flags: [] }];

/** Small stand-ins for ufw's own frame files. */
const frame = (six: '' | '6') => ({
  before: `*filter\n:ufw${six}-before-input - [0:0]\n:ufw${six}-before-output - [0:0]\n:ufw${six}-before-forward - [0:0]\n-A ufw${six}-before-input -i lo -j ACCEPT\n-A ufw${six}-before-input -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT\nCOMMIT\n`,
  after: `*filter\n:ufw${six}-after-input - [0:0]\n:ufw${six}-after-output - [0:0]\n:ufw${six}-after-forward - [0:0]\nCOMMIT\n`,
  user: `*filter\n:ufw${six}-user-input - [0:0]\n### RULES ###\n### END RULES ###\nCOMMIT\n`,
});

export interface Options {
  readonly installed?: boolean;
  readonly on?: boolean;
  readonly inbound?: 'DROP' | 'ACCEPT' | 'REJECT';
  readonly ipv6?: boolean;
  /** `### tuple ###` lines of IPv4; those without an address stand in IPv6 as well. */
  readonly tuples?: readonly string[];
  readonly refused?: boolean;
  readonly connections?: string;
  /** Lines added to the IPv4 table in the kernel, at the head of INPUT. */
  readonly ahead?: readonly string[];
}

export function laptop(options: Options = {}): Snapshot {
  const { installed = true, on = true, inbound = 'DROP', ipv6 = true, tuples = [], refused = false } = options;
  const file = (path: string, text: string, secret = false) =>
    transcript(
      `file:${path}`,
      !installed || (secret && refused) ? '' : text,
      !installed ? 'missing' : secret && refused ? 'refused' : null,
    );
  const user = (six: '' | '6') => {
    const both = (line: string) => !line.replaceAll('0.0.0.0/0', '').includes('.');
    const own = six === '' ? tuples : tuples.filter((line) => ipv6 && both(line));
    const lines = own.map((line) => `### tuple ### ${six === '' ? line : line.replaceAll('0.0.0.0/0', '::/0')}\n`);
    return frame(six).user.replace('### END', `${lines.join('')}### END`);
  };
  const start: Snapshot = {
    schema: 1,
    takenAt,
    platform: 'linux',
    host: 'laptop',
    uid: refused ? 1000 : 0,
    redacted: false,
    transcripts: [
      transcript(
        'ss.listening',
        [
          'tcp LISTEN 0 5 0.0.0.0:3000 0.0.0.0:* uid:1000 ino:100 sk:1 cgroup:/user.slice <->',
          'tcp LISTEN 0 5 0.0.0.0:8080 0.0.0.0:* uid:1000 ino:101 sk:2 cgroup:/user.slice <->',
          'tcp LISTEN 0 5 0.0.0.0:22 0.0.0.0:* ino:102 sk:3 cgroup:/system.slice/ssh.service <->',
          '',
        ].join('\n'),
      ),
      transcript('ss.connections', options.connections ?? ''),
      transcript('owners', ''),
      transcript('ip.address', JSON.stringify(LINKS)),
      transcript('ip.route4', JSON.stringify(routes(4))),
      transcript('ip.route6', JSON.stringify(routes(6))),
      transcript('net.kinds', `${JSON.stringify({ name: 'wlan0', wireless: true, linkKind: null })}\n`),
      transcript('sysctl', ''),
      transcript('file:/proc/modules', ''),
      transcript('file:/proc/net/ip_tables_names', '', 'missing'),
      transcript('file:/proc/net/ip6_tables_names', '', 'missing'),
      transcript('file:/etc/services', ''),
      transcript('nft', '{"nftables":[]}', refused ? 'refused' : null),
      transcript('iptables-save', '', refused ? 'refused' : null),
      transcript('ip6tables-save', '', refused ? 'refused' : null),
      file('/etc/ufw/ufw.conf', 'ENABLED=no\nLOGLEVEL=low\n'),
      file(
        '/etc/default/ufw',
        `IPV6=${ipv6 ? 'yes' : 'no'}\nDEFAULT_INPUT_POLICY="${inbound}"\nDEFAULT_OUTPUT_POLICY="ACCEPT"\nDEFAULT_FORWARD_POLICY="DROP"\n`,
      ),
      file('/etc/ufw/user.rules', user(''), true),
      file('/etc/ufw/user6.rules', user('6'), true),
      ...(['', '6'] as const).flatMap((six) => [
        file(`/etc/ufw/before${six}.rules`, frame(six).before, true),
        file(`/etc/ufw/after${six}.rules`, frame(six).after, true),
      ]),
    ],
  };
  const enable: Operation = { kind: 'ufw-enable' };
  const snapshot = on && installed && !refused ? predictUfw(start, [enable]) : start;
  return {
    ...snapshot,
    transcripts: snapshot.transcripts.map((one) =>
      one.id === 'iptables-save' && options.ahead !== undefined
        ? {
            ...one,
            stdout: one.stdout.replace('-A INPUT ', `${options.ahead.map((line) => `${line}\n`).join('')}-A INPUT `),
          }
        : one,
    ),
  };
}

export function planFor(
  snapshot: Snapshot,
  choice: Choice,
  kept: readonly string[] = [],
  changes: readonly Change[] = [],
): Plan {
  const judge = (one: Snapshot) => makeReport(one, { kept: new Set(kept) });
  return propose({
    snapshot,
    choice,
    changes,
    report: judge(snapshot),
    judge,
    sha256: (text) => createHash('sha256').update(text).digest('hex'),
    now: takenAt,
  });
}

/** The laptop as it leads 8081 and 9000 to 9010 on to another computer (synthetic). */
export function leadingOn(snapshot: Snapshot): Snapshot {
  const nat = [
    '*nat',
    ':PREROUTING ACCEPT [0:0]',
    '-A PREROUTING -p tcp -m tcp --dport 8081 -j DNAT --to-destination 192.168.77.30:80',
    '-A PREROUTING -p tcp -m tcp --dport 9000:9010 -j DNAT --to-destination 192.168.77.30',
    'COMMIT',
    '',
  ].join('\n');
  const changed: Readonly<Record<string, (text: string) => string>> = {
    'iptables-save': (text) => nat + text.replace('-A FORWARD', '-A FORWARD -j ACCEPT\n-A FORWARD'),
    sysctl: () => 'net.ipv4.ip_forward = 1\n',
  };
  return {
    ...snapshot,
    transcripts: snapshot.transcripts.map((one) => ({
      ...one,
      stdout: (changed[one.id] ?? ((text: string) => text))(one.stdout),
    })),
  };
}
