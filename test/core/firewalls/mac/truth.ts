/**
 * What macOS's two firewalls do with one packet, case by case, as the documents say. Where nothing else is said: TCP from
 * 192.168.1.50 through a Wi-Fi to 192.168.1.20, port 3000, where a program in /Applications listens; read as root, the
 * application firewall is off, and pf is on with the rules that stand there.
 *
 * Sources: pf.conf(5), pfctl(8) are the manual pages of macOS with their section; xnu is Apple's kernel; ALF is Apple,
 * "Block connections to your Mac with a firewall" and "Firewall security in macOS"; MDM is com.apple.security.firewall.
 */
import type { Asked } from './judge.ts';
import { HOME, type MacSaid } from './machine.ts';

type Verdict = 'open' | 'limited' | 'blocked' | 'unknown';
type TruthCase = readonly [expected: Verdict, rules: readonly string[], asked?: Asked, said?: MacSaid];

export interface TruthGroup {
  readonly source: string;
  readonly about: string;
  readonly cases: readonly TruthCase[];
}

const group = (about: string, source: string, cases: readonly TruthCase[]): TruthGroup => ({ about, source, cases });

const BLOCK = 'block drop all';
const PASS = 'pass in proto tcp from any to any port = 3000 flags S/SA keep state';
const SHUT = 'block drop in proto tcp from any to any port = 3000';
const UDP: Asked = { protocol: 'udp' };
const V6: Asked = { from: '2001:db8:1::50' };
const LINK: Asked = { from: 'fe80::50' };
const FAR: Asked = { from: '8.8.8.8' };
const pf = (said: NonNullable<MacSaid['pf']>): MacSaid => ({ pf: said });

/** A second network, on a cable. */
const CABLE: MacSaid = { interfaces: [HOME, { name: 'en1', addresses: ['10.0.0.5/24'] }] };
const OVER_CABLE: Asked = { through: 'en1', from: '10.0.0.9', to: '10.0.0.5' };

/** pf is off; what counts is the application firewall. */
const alf = (said: NonNullable<MacSaid['alf']>, more: MacSaid = {}): MacSaid => ({
  pf: { enabled: false },
  alf: { state: 1, ...said },
  ...more,
});
const APP = '/Applications/Server.app';
const INSIDE: Asked = { path: `${APP}/Contents/Frameworks/Helper.app/Contents/MacOS/Helper` };
const DAEMON: Asked = { path: '/usr/libexec/rapportd' };
const NAMELESS: Asked = { path: null };
const CLAIMS: Asked = { path: null, claim: '/usr/libexec/rapportd' };

export const TRUTH: readonly TruthGroup[] = [
  group('pf passes what no rule matches', 'pf.conf(5) PACKET FILTERING', [
    ['open', []],
    ['blocked', [BLOCK]],
    ['blocked', ['block return all']],
    ['blocked', ['block return-rst in proto tcp all']],
    ['open', ['block return-rst in proto tcp all'], UDP],
    ['open', ['block drop out all']],
    ['open', [], {}, pf({ enabled: false, rules: [BLOCK] })],
  ]),
  group('the last rule that matches decides', 'pf.conf(5) PACKET FILTERING', [
    ['open', [BLOCK, PASS]],
    ['blocked', [PASS, BLOCK]],
    ['blocked', [BLOCK, PASS, SHUT]],
    ['open', [BLOCK, SHUT, PASS]],
    ['open', [SHUT, 'pass in all flags S/SA keep state']],
    ['blocked', ['pass in all flags S/SA keep state', SHUT], {}],
    ['open', ['pass in all flags S/SA keep state', SHUT], { port: 3001 }],
  ]),
  group('unless one is quick', 'pf.conf(5) PARAMETERS, quick', [
    ['blocked', ['block drop in quick proto tcp from any to any port = 3000', PASS]],
    ['open', ['pass in quick all flags S/SA keep state', BLOCK]],
    ['blocked', [PASS, 'block drop in quick all', 'pass in quick all flags S/SA keep state']],
    ['open', ['block drop in quick proto udp all', PASS]],
    ['blocked', ['pass in quick proto udp all keep state', BLOCK]],
  ]),
  group('directions, protocols and families', 'pf.conf(5) PARAMETERS, in or out, inet, proto', [
    ['open', ['block drop out proto tcp all']],
    ['blocked', ['block drop proto tcp all']],
    ['open', ['block drop proto udp all']],
    ['blocked', ['block drop proto udp all'], UDP],
    ['blocked', ['block drop in inet all']],
    ['open', ['block drop in inet6 all']],
    ['blocked', ['block drop in inet6 all'], V6],
    ['open', ['block drop in inet all'], V6],
    ['open', ['block drop in proto icmp all']],
    ['blocked', ['block drop in proto 6 all']],
    ['unknown', ['block drop in proto somewhat all']],
  ]),
  group('interfaces are compared by name', 'pf.conf(5) PARAMETERS, on; xnu pf_if.c pfi_kif_match', [
    ['blocked', ['block drop in on en0 all']],
    ['open', ['block drop in on en1 all']],
    ['open', ['block drop in on ! en0 all']],
    ['blocked', ['block drop in on ! lo0 all']],
    ['open', ['block drop in on en0 all'], OVER_CABLE, CABLE],
    ['blocked', ['block drop in on ! en0 all'], OVER_CABLE, CABLE],
    ['open', ['block drop in on utun9 all']],
    // A group of interfaces by the manual, no name by the kernel.
    ['unknown', ['block drop in on en all']],
    ['unknown', [BLOCK, 'pass in on egress all flags S/SA keep state']],
  ]),
  group('interfaces that are left alone', 'pf.conf(5) OPTIONS, set skip on', [
    ['open', [BLOCK], {}, pf({ skip: ['en0'], rules: [BLOCK] })],
    ['blocked', [BLOCK], {}, pf({ skip: ['lo0'], rules: [BLOCK] })],
  ]),
  group('addresses', 'pf.conf(5) PARAMETERS, from source to dest', [
    ['blocked', ['block drop in inet from 192.168.1.0/24 to any']],
    ['open', ['block drop in inet from 192.168.1.0/24 to any'], FAR],
    ['blocked', ['block drop in inet from ! 192.168.1.0/24 to any'], FAR],
    ['open', ['block drop in inet from ! 192.168.1.0/24 to any']],
    ['blocked', ['block drop in inet from 192.168.1.50 to any']],
    ['open', ['block drop in inet from 192.168.1.51 to any']],
    ['blocked', ['block drop in inet from 192.168.1.40 - 192.168.1.60 to any']],
    ['open', ['block drop in inet from 192.168.1.51 - 192.168.1.60 to any']],
    ['blocked', ['block drop in inet from any to 192.168.1.20']],
    ['open', ['block drop in inet from any to 192.168.1.21']],
    ['open', ['block drop in inet from any to ! 192.168.1.20']],
    ['blocked', ['block drop in inet6 from 2001:db8::/32 to any'], V6],
    ['open', ['block drop in inet6 from 2001:db9::/32 to any'], V6],
    ['blocked', ['block drop in inet6 from fe80::/10 to any'], LINK],
    ['unknown', ['block drop in inet6 from fe80:4::50 to any'], LINK],
    ['unknown', ['block drop in from no-route to any']],
    ['unknown', ['block drop in from urpf-failed to any']],
  ]),
  group('addresses of an interface, as it has them now', 'pf.conf(5) PARAMETERS, interface names in parentheses', [
    ['blocked', ['block drop in inet from any to (en0)']],
    ['open', ['block drop in inet from any to (en1)'], {}, CABLE],
    ['blocked', ['block drop in inet from (en0:network) to any']],
    ['open', ['block drop in inet from (en0:network) to any'], FAR],
    ['blocked', ['block drop in inet6 from any to (en0)'], V6],
    ['unknown', ['block drop in inet6 from any to (en0)'], LINK],
    ['unknown', ['block drop in inet from any to (en0:peer)']],
    ['unknown', ['block drop in inet from (egress:network) to any']],
  ]),
  group('tables', 'pf.conf(5) TABLES; pfctl(8) -T show', [
    ['unknown', ['block drop in from <bad> to any']],
    ['blocked', [], {}, pf({ rules: ['block drop in from <bad> to any'], tables: { bad: ['192.168.1.50'] } })],
    [
      'open',
      [],
      {},
      pf({ rules: ['block drop in from <bad> to any'], tables: { bad: ['192.168.1.51', '10.0.0.0/8'] } }),
    ],
    ['open', [], {}, pf({ rules: ['block drop in from <bad> to any'], tables: { bad: [] } })],
    ['blocked', [], {}, pf({ rules: ['block drop in from ! <good> to any'], tables: { good: ['10.0.0.0/8'] } })],
    [
      'open',
      [],
      {},
      pf({ rules: ['block drop in from <bad> to any'], tables: { bad: ['192.168.0.0/16', '!192.168.1.50'] } }),
    ],
    [
      'blocked',
      [],
      {},
      pf({ rules: ['block drop in from <bad:2> to any'], tables: { bad: ['192.168.0.0/16', '!192.168.1.51'] } }),
    ],
    ['unknown', [], {}, pf({ rules: ['block drop in from <bad> to any'], tables: { bad: ['half a'] } })],
  ]),
  group('ports', 'pf.conf(5) PARAMETERS, port', [
    ['blocked', ['block drop in proto tcp from any to any port = 3000']],
    ['open', ['block drop in proto tcp from any to any port = 3001']],
    ['open', ['block drop in proto tcp from any to any port != 3000']],
    ['blocked', ['block drop in proto tcp from any to any port != 3001']],
    ['blocked', ['block drop in proto tcp from any to any port < 3001']],
    ['open', ['block drop in proto tcp from any to any port < 3000']],
    ['blocked', ['block drop in proto tcp from any to any port <= 3000']],
    ['open', ['block drop in proto tcp from any to any port > 3000']],
    ['blocked', ['block drop in proto tcp from any to any port >= 3000']],
    ['blocked', ['block drop in proto tcp from any to any port 2990:3000']],
    ['open', ['block drop in proto tcp from any to any port 2990:2999']],
    ['blocked', ['block drop in proto tcp from any to any port 2999 >< 3001']],
    ['open', ['block drop in proto tcp from any to any port 3000 >< 3001']],
    ['open', ['block drop in proto tcp from any to any port 2999 <> 3001']],
    ['open', ['block drop in proto tcp from any to any port 3000 <> 3001']],
    ['blocked', ['block drop in proto tcp from any to any port 1000 <> 2000']],
    // By the name that /etc/services has for it.
    ['blocked', ['block drop in proto tcp from any to any port = ssh'], { port: 22 }],
    ['open', ['block drop in proto tcp from any to any port = ssh']],
    ['blocked', ['block drop in proto tcp from any to any port = www'], { port: 80 }],
    ['unknown', ['block drop in proto tcp from any to any port = unheard-of']],
    ['blocked', ['block drop in proto tcp from any port = 4000 to any'], { sourcePort: 4000 }],
    ['open', ['block drop in proto tcp from any port = 4000 to any'], { sourcePort: 4001 }],
  ]),
  group('flags of the first packet', 'pf.conf(5) PARAMETERS, flags; xnu pf.c pf_test_rule', [
    ['open', [BLOCK, 'pass in proto tcp all flags S/SA keep state']],
    ['blocked', [BLOCK, 'pass in proto tcp all flags SA/SA keep state']],
    ['blocked', [BLOCK, 'pass in proto tcp all flags /S keep state']],
    ['open', [BLOCK, 'pass in all flags A/A keep state'], UDP],
    ['open', [BLOCK, 'pass in proto tcp all no state']],
    ['open', [BLOCK, 'pass in proto tcp all flags any keep state']],
    ['open', [BLOCK, 'pass in proto tcp all flags S/SA modulate state']],
    ['open', [BLOCK, 'pass in proto tcp all flags S/SA synproxy state']],
  ]),
  group('conditions that cannot be decided narrow', 'pf.conf(5) PARAMETERS, user, group, tagged, probability, os', [
    ['unknown', ['block drop in proto tcp all user = 501']],
    ['unknown', [BLOCK, 'pass in proto tcp all user = 501 flags S/SA keep state']],
    ['unknown', ['block drop in all tagged GUEST']],
    ['unknown', ['block drop in all ! tagged GUEST']],
    ['unknown', ['block drop in all probability 50%']],
    ['unknown', ['block drop in proto tcp from any os "Linux" to any']],
    ['unknown', ['block drop in all some-new-word 7']],
    ['blocked', ['block drop in all some-new-word 7', BLOCK]],
    ['open', ['block drop in all tag GUEST label "x y"', 'pass in all flags S/SA keep state']],
    // A line that is not understood may do anything, now and before all others that are not quick.
    ['unknown', ['frobnicate in all']],
    ['unknown', [BLOCK, 'pass in proto tcp from']],
    ['blocked', ['block drop in quick all', 'frobnicate in all']],
  ]),
  group('where a rule sends packets elsewhere, and limits', 'pf.conf(5) ROUTING, STATEFUL TRACKING OPTIONS', [
    ['unknown', ['pass in route-to (en1 10.0.0.1) all flags S/SA keep state']],
    ['open', ['pass in reply-to (en0 192.168.1.1) all flags S/SA keep state']],
    ['open', ['pass in dup-to (en1 10.0.0.1) all flags S/SA keep state']],
    ['limited', ['pass in all flags S/SA keep state (max-src-conn-rate 3/10, overload <bad> flush)']],
    ['open', ['pass in all flags S/SA keep state (tcp.established 60)']],
  ]),
  group('anchors stand where they are named', 'pf.conf(5) ANCHORS', [
    ['blocked', [], {}, pf({ anchors: { 'com.apple/250.x': { rules: [BLOCK] } } })],
    ['open', [], {}, pf({ anchors: { other: { rules: [BLOCK] } } })],
    ['blocked', [], {}, pf({ rules: ['anchor "other" all'], anchors: { other: { rules: [BLOCK] } } })],
    ['open', [], {}, pf({ rules: ['anchor "other" in on en1 all'], anchors: { other: { rules: [BLOCK] } } })],
    ['open', [], {}, pf({ rules: ['anchor "other" all', PASS], anchors: { other: { rules: [BLOCK] } } })],
    [
      'blocked',
      [],
      {},
      pf({ rules: ['anchor "other" all', PASS], anchors: { other: { rules: ['block drop in quick all'] } } }),
    ],
    ['blocked', [], {}, pf({ rules: ['anchor "other" quick all', PASS], anchors: { other: { rules: [BLOCK] } } })],
    [
      'open',
      [],
      {},
      pf({ rules: ['anchor "other" quick all', PASS], anchors: { other: { rules: ['block drop out all'] } } }),
    ],
    [
      'blocked',
      [],
      {},
      pf({ rules: ['anchor "a" all'], anchors: { a: { rules: ['anchor "b" all'] }, 'a/b': { rules: [BLOCK] } } }),
    ],
    [
      'open',
      [],
      {},
      pf({ rules: ['anchor "a" all'], anchors: { a: { rules: ['anchor "/b" all'] }, 'a/b': { rules: [BLOCK] } } }),
    ],
    // In the order of their names: the last one decides.
    ['open', [], {}, pf({ anchors: { 'com.apple/1': { rules: [BLOCK] }, 'com.apple/2': { rules: [PASS] } } })],
    ['blocked', [], {}, pf({ anchors: { 'com.apple/2': { rules: [BLOCK] }, 'com.apple/1': { rules: [PASS] } } })],
    ['blocked', ['anchor all {', '  block drop in all', '}']],
    ['open', ['anchor proto udp all {', '  block drop in all', '}']],
    ['unknown', ['anchor all {', '  block drop in all']],
    [
      'unknown',
      [],
      {},
      { pf: { anchors: { 'com.apple/1': {} } }, changed: { 'pf.rules:com.apple/1': { failure: 'timeout' } } },
    ],
  ]),
  group('redirects: the first counts', 'pf.conf(5) TRANSLATION', [
    ['open', [], {}, pf({ nat: ['rdr on en0 inet proto tcp from any to any port = 3000 -> 192.168.1.20 port 3001'] })],
    [
      'blocked',
      [],
      {},
      pf({
        nat: ['rdr on en0 inet proto tcp from any to any port = 3000 -> 192.168.1.20 port 3001'],
        rules: ['block drop in proto tcp from any to any port = 3001'],
      }),
    ],
    [
      'open',
      [],
      {},
      pf({
        nat: ['rdr pass on en0 inet proto tcp from any to any port = 3000 -> 192.168.1.20 port 3001'],
        rules: [BLOCK],
      }),
    ],
    [
      'open',
      [],
      {},
      pf({
        nat: [
          'no rdr on en0 proto tcp from any to any port = 3000',
          'rdr on en0 inet proto tcp from any to any port = 3000 -> 10.9.9.9',
        ],
      }),
    ],
    // This computer does not pass packets on.
    ['blocked', [], {}, pf({ nat: ['rdr on en0 inet proto tcp from any to any port = 3000 -> 10.9.9.9'] })],
    ['unknown', [], {}, pf({ nat: ['rdr on en0 inet proto tcp from any to any port = 3000 -> <servers>'] })],
    ['unknown', [], {}, pf({ nat: ['binat on en0 inet from 10.0.0.9 to any -> 192.168.1.20'] })],
    ['open', [], {}, pf({ nat: ['nat on en0 inet from 10.0.0.0/8 to any -> (en0) round-robin'] })],
  ]),
  group('nothing is told where pf may not be read', 'pfctl(8): /dev/pf is for root', [
    ['unknown', [], {}, { pf: undefined, uid: 501 }],
    ['unknown', [], V6, { pf: undefined, uid: 501 }],
    ['unknown', [], {}, { changed: { 'pf.rules': { failure: 'timeout' } } }],
    ['unknown', [], {}, { changed: { 'pf.nat': { failure: 'failed' } } }],
    ['unknown', [], {}, { changed: { 'pf.info': { stdout: 'Status: Perhaps\n' } } }],
    ['unknown', [BLOCK], {}, { changed: { 'pf.interfaces': { failure: 'timeout' } } }],
    ['blocked', [], {}, { pf: undefined, uid: 501, alf: { state: 1, apps: [`block ${APP}`] } }],
    ['unknown', [], {}, { pf: undefined, uid: 501, alf: { state: 1, apps: [`allow ${APP}`] } }],
  ]),
  group('the application firewall asks for the program', 'ALF', [
    ['open', [], {}, alf({ state: 0, apps: [`block ${APP}`] })],
    ['open', [], {}, alf({ apps: [`allow ${APP}`] })],
    ['blocked', [], {}, alf({ apps: [`block ${APP}`] })],
    ['blocked', [], {}, alf({ apps: [`block ${APP}/Contents/MacOS/Server`] })],
    ['blocked', [], UDP, alf({ apps: [`block ${APP}`] })],
    ['blocked', [], V6, alf({ apps: [`block ${APP}`] })],
    ['open', [], { path: '/usr/libexec/rapportd' }, alf({ apps: [`block ${APP}`] })],
    ['unknown', [], INSIDE, alf({ apps: [`block ${APP}`], signed: false })],
    ['unknown', [], { path: '/opt/Server' }, alf({ apps: [`block /opt/old/Server`] })],
    ['unknown', [], NAMELESS, alf({ apps: [`block ${APP}`] })],
    ['unknown', [], CLAIMS, alf({ apps: ['block /usr/libexec/rapportd'] })],
    ['unknown', [], {}, alf({ apps: [`allow ${APP}`, `block ${APP}`] })],
  ]),
  group('what has no entry', 'MDM AllowSigned, AllowSignedApp; ALF', [
    ['unknown', [], {}, alf({})],
    ['unknown', [], {}, alf({ signed: false, builtIn: false })],
    ['open', [], DAEMON, alf({})],
    ['unknown', [], DAEMON, alf({ builtIn: false })],
    ['blocked', [], DAEMON, alf({ apps: ['block /usr/libexec/rapportd'] })],
    ['unknown', [], { path: '/usr/local/bin/node' }, alf({})],
    ['unknown', [], { path: '/System/Volumes/Data/Users/anna/tool' }, alf({})],
    ['unknown', [], { path: '/sbin/launchd' }, alf({}, { sockets: [{ at: 'tcp4 *.3000', pid: 1 }] })],
  ]),
  group('everything is blocked but basic services', 'ALF, Block all incoming connections', [
    ['blocked', [], {}, alf({ state: 2 })],
    ['blocked', [], {}, alf({ blockAll: true, apps: [`allow ${APP}`] })],
    ['open', [], { path: '/usr/sbin/mDNSResponder', protocol: 'udp', port: 5353 }, alf({ state: 2 })],
    ['unknown', [], DAEMON, alf({ state: 2 })],
    ['unknown', [], NAMELESS, alf({ state: 2 })],
  ]),
  group('both must let it in', 'ALF; pf.conf(5)', [
    ['blocked', [BLOCK], {}, { alf: { state: 1, apps: [`allow ${APP}`] } }],
    ['blocked', [PASS], {}, { alf: { state: 1, apps: [`block ${APP}`] } }],
    ['open', [PASS], {}, { alf: { state: 1, apps: [`allow ${APP}`] } }],
    ['blocked', [BLOCK], {}, { alf: { state: 1 } }],
  ]),
  group('what was not read of it', 'socketfilterfw', [
    ['unknown', [], {}, { changed: { 'alf.state': { stdout: 'hello\n' } } }],
    ['unknown', [], {}, { alf: { state: 1 }, changed: { 'alf.apps': { failure: 'timeout' } } }],
    [
      'unknown',
      [],
      {},
      { alf: { state: 1, apps: [`allow ${APP}`] }, changed: { 'alf.blockall': { failure: 'timeout' } } },
    ],
    [
      'blocked',
      [],
      {},
      { alf: { state: 1, apps: [`block ${APP}`] }, changed: { 'alf.blockall': { failure: 'timeout' } } },
    ],
    [
      'unknown',
      [],
      {},
      {
        alf: { state: 1, apps: [`allow ${APP}`] },
        changed: {
          'alf.apps': {
            stdout: `ALF: total number of apps = 2 \n\n1 : ${APP} \n \t ( Allow incoming connections ) \n`,
          },
        },
      },
    ],
    [
      'open',
      [],
      {},
      {
        changed: {
          'alf.state': { failure: 'missing' },
          'alf.plist': { failure: null, stdout: '{\n  "globalstate" => 0\n}\n' },
        },
      },
    ],
  ]),
];
