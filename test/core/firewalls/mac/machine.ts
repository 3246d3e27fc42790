/**
 * Synthetic Macs: what is said here becomes the transcripts that would have been gathered. No Mac printed any of it; the
 * shapes are those of src/core/machine/macos.ts.
 */
import type { Failure, Snapshot, Transcript } from '../../../../src/core/model.ts';

export interface InterfaceSaid {
  readonly name: string;
  readonly up?: boolean;
  readonly wifi?: boolean;
  readonly addresses: readonly string[];
}

interface SocketSaid {
  /** `tcp4 *.3000`, `tcp46 *.8080`, `udp6 fe80::1%en0.5353`: as netstat writes it. */
  readonly at: string;
  /** 0: nobody's. */
  readonly pid: number;
  /** Absent: it waits. */
  readonly peer?: string;
}

interface ProcessSaid {
  readonly pid: number;
  readonly path: string;
  readonly uid?: number;
  readonly args?: string;
  /** What it calls itself, where that is not its path. */
  readonly claim?: string;
  /** lsof shows it; by default where the account is the one that reads, or root reads. */
  readonly shown?: boolean;
}

interface AlfSaid {
  readonly state?: 0 | 1 | 2;
  readonly blockAll?: boolean;
  readonly builtIn?: boolean;
  readonly signed?: boolean;
  readonly stealth?: boolean;
  /** `allow /Applications/Foo.app`. */
  readonly apps?: readonly string[];
}

interface PfSaid {
  readonly enabled?: boolean;
  readonly rules?: readonly string[];
  readonly nat?: readonly string[];
  readonly anchors?: Readonly<Record<string, { readonly rules?: readonly string[]; readonly nat?: readonly string[] }>>;
  readonly skip?: readonly string[];
  /** `<name>` or `anchor:<name>` -> its entries. */
  readonly tables?: Readonly<Record<string, readonly string[]>>;
  readonly references?: readonly string[];
}

export interface MacSaid {
  readonly host?: string;
  readonly version?: 13 | 14 | 15 | 26;
  readonly uid?: number;
  readonly interfaces?: readonly InterfaceSaid[];
  readonly sockets?: readonly SocketSaid[];
  readonly processes?: readonly ProcessSaid[];
  readonly alf?: AlfSaid;
  /** Absent: pf may not be read. */
  readonly pf?: PfSaid | undefined;
  readonly forwarding?: boolean;
  /** Transcripts that stand there as they are, by their id. */
  readonly changed?: Readonly<Record<string, Partial<Transcript>>>;
}

export const HOME: InterfaceSaid = {
  name: 'en0',
  wifi: true,
  addresses: ['192.168.1.20/24', 'fe80::1c20%en0/64', '2001:db8:1::20/64'],
};
const LOOPBACK: InterfaceSaid = { name: 'lo0', addresses: ['127.0.0.1/8', '::1/128', 'fe80::1%lo0/64'] };

const VERSIONS = { 13: '13.7.8', 14: '14.7.6', 15: '15.6.1', 26: '26.1' } as const;

/** It is there on every Mac, and holds sockets for services. */
const LAUNCHD: ProcessSaid = { pid: 1, path: '/sbin/launchd', uid: 0 };

export function macSnapshot(given: MacSaid = {}): Snapshot {
  const said: MacSaid = { ...given, processes: [LAUNCHD, ...(given.processes ?? [])] };
  const { uid = 501, version = 15 } = said;
  const ids: Transcript[] = [
    run(
      'mac.version',
      ['/usr/bin/sw_vers'],
      `ProductName:\t\tmacOS\nProductVersion:\t\t${VERSIONS[version]}\nBuildVersion:\t\t24G90\n`,
    ),
    run('mac.ifconfig', ['/sbin/ifconfig', '-a'], [LOOPBACK, ...(said.interfaces ?? [HOME])].map(ifconfig).join('')),
    run('mac.ports', ['/usr/sbin/networksetup', '-listallhardwareports'], portsPrinted(said.interfaces ?? [HOME])),
    run('mac.routes', ['/usr/sbin/netstat', '-rn'], ROUTES),
    run('mac.sysctl', ['/usr/sbin/sysctl'], sysctl(said.forwarding === true ? 1 : 0)),
    ...(['tcp', 'udp'] as const).map((protocol) =>
      run(`mac.netstat.${protocol}`, ['/usr/sbin/netstat', '-anv', '-p', protocol], netstat(said, protocol)),
    ),
    run('mac.lsof', ['/usr/sbin/lsof', '-nP'], lsof(said)),
    run('mac.lsof.text', ['/usr/sbin/lsof', '-nP', '-a', '-d', 'txt'], lsofText(said)),
    run(
      'mac.ps',
      ['/bin/ps'],
      psLines(said, ({ pid, path, claim = path, uid: of = uid }) => `${pad(pid)} ${pad(of)} ${claim}`),
    ),
    run(
      'mac.ps.args',
      ['/bin/ps'],
      psLines(said, ({ pid, path, args = path }) => `${pad(pid)} ${args}`),
    ),
    ...alfPrinted(said.alf ?? {}),
    { ...run('alf.plist', ['/usr/bin/plutil'], ''), ...failed('failed', 'file does not exist') },
    ...pfPrinted(said.pf),
    file('/etc/pf.conf', PF_CONF),
    file('/etc/services', SERVICES),
  ];
  const transcripts = ids.map((one) => ({ ...one, ...said.changed?.[one.id] }));
  return {
    schema: 1,
    takenAt: '2026-11-28T09:00:02.000Z',
    platform: 'darwin',
    host: said.host ?? 'Mac',
    uid,
    redacted: false,
    transcripts,
  };
}

const transcript = (id: string, kind: Transcript['kind'], argv: readonly string[], stdout: string): Transcript => ({
  id,
  kind,
  argv,
  exit: 0,
  signal: null,
  stdout,
  stderr: '',
  startedAt: '2026-11-28T09:00:00.000Z',
  ms: 20,
  failure: null,
});

const run = (id: string, argv: readonly string[], stdout: string): Transcript =>
  transcript(id, 'command', argv, stdout);
const file = (path: string, stdout: string): Transcript => transcript(`file:${path}`, 'file', ['read', path], stdout);

/** A read that failed. */
export const failed = (failure: Failure, stderr = ''): Partial<Transcript> => ({
  exit: failure === 'failed' || failure === 'refused' ? 1 : null,
  stdout: '',
  stderr,
  failure,
});

const pad = (number: number): string => String(number).padStart(5);

function ifconfig({ name, up = true, addresses }: InterfaceSaid): string {
  const flags = up ? '8863<UP,BROADCAST,SMART,RUNNING,SIMPLEX,MULTICAST>' : '8822<BROADCAST,SMART,SIMPLEX,MULTICAST>';
  const lines = addresses.map((text) => {
    const [address = '', prefix = ''] = text.split('/');
    const mask = (0xffffffff << (32 - Number(prefix))) >>> 0;
    return address.includes(':')
      ? `\tinet6 ${address} prefixlen ${prefix} ${address.startsWith('fe80') ? 'secured scopeid 0xe' : 'autoconf secured'}\n`
      : `\tinet ${address} netmask 0x${mask.toString(16).padStart(8, '0')}${prefix === '32' ? '' : ' broadcast 192.168.1.255'}\n`;
  });
  return `${name}: flags=${flags} mtu 1500\n\toptions=6460<TSO4,TSO6,CHANNEL_IO,PARTIAL_CSUM,ZEROINVERT_CSUM>\n\tether 3c:06:30:00:00:01\n${lines.join('')}\tnd6 options=201<PERFORMNUD,DAD>\n\tmedia: autoselect\n\tstatus: ${up ? 'active' : 'inactive'}\n`;
}

const portsPrinted = (interfaces: readonly InterfaceSaid[]): string =>
  interfaces
    .map(
      ({ name, wifi }) =>
        `\nHardware Port: ${wifi === true ? 'Wi-Fi' : 'Ethernet Adapter'}\nDevice: ${name}\nEthernet Address: 3c:06:30:00:00:01\n`,
    )
    .join('');

const ROUTES = `Routing tables

Internet:
Destination        Gateway            Flags               Netif Expire
default            192.168.1.1        UGScg                 en0
127                127.0.0.1          UCS                   lo0
127.0.0.1          127.0.0.1          UH                    lo0
192.168.1          link#14            UCS                   en0      !
192.168.1.1        0:11:22:33:44:55   UHLWIir               en0   1187
224.0.0/4          link#14            UmCS                  en0      !

Internet6:
Destination                             Gateway                                 Flags               Netif Expire
default                                 fe80::1%en0                             UGcg                  en0
2001:db8:1::/64                         link#14                                 UC                    en0
fe80::%en0/64                           link#14                                 UCI                   en0
`;

const sysctl = (forwarding: 0 | 1): string =>
  `net.inet.ip.forwarding: ${forwarding}\nnet.inet6.ip6.forwarding: 0\nnet.inet.ip.portrange.first: 49152\nnet.inet.ip.portrange.last: 65535\n`;

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1).slice(0, 16);

function netstat({ version = 15, sockets = [], processes = [] }: MacSaid, protocol: 'tcp' | 'udp'): string {
  const modern = version > 13;
  const head = modern
    ? 'Proto Recv-Q Send-Q  Local Address          Foreign Address        (state)          rxbytes      txbytes  rhiwat  shiwat          process:pid    state  options           gencnt    flags   flags1 usecnt rtncnt fltrs\n'
    : 'Proto Recv-Q Send-Q  Local Address          Foreign Address        (state)     rhiwat shiwat    pid   epid  state    options\n';
  // Something is always there.
  const always = protocol === 'tcp' ? [] : [{ at: 'udp4 *.*', pid: 0 }];
  const own = sockets.filter(({ at }) => at.startsWith(protocol));
  const idle =
    protocol === 'tcp' && own.length === 0 ? [{ at: 'tcp4 127.0.0.1.49300', pid: 1, peer: '127.0.0.1.49301' }] : [];
  const rows = [...own, ...always, ...idle].map(({ at, pid, peer }: SocketSaid) => {
    const [kind = '', local = ''] = at.split(' ');
    const state = protocol === 'udp' ? '' : peer === undefined ? 'LISTEN' : 'ESTABLISHED';
    const process = processes.find((one) => one.pid === pid);
    const front = `${kind.padEnd(5)}      0      0  ${local.padEnd(22)} ${(peer ?? '*.*').padEnd(22)} ${state.padEnd(11)}`;
    return modern
      ? `${front}            0            0  131072  131072 ${`${process === undefined ? '' : nameOf(process.path)}:${pid}`.padStart(20)}    00100 00000006 000000000000a1b2 00000001 00000900      1      0 000000\n`
      : `${front} 131072 131072 ${String(pid).padStart(6)}      0 0x0100 0x00000006\n`;
  });
  return `Active Internet connections (including servers)\n${head}${rows.join('')}`;
}

const visible = ({ uid = 501 }: MacSaid, one: ProcessSaid): boolean =>
  one.shown ?? (uid === 0 || (one.uid ?? uid) === uid);

function lsof(said: MacSaid): string {
  return (said.processes ?? [])
    .filter((one) => visible(said, one))
    .map(({ pid, path, uid = said.uid ?? 501 }) => {
      const own = (said.sockets ?? []).filter((socket) => socket.pid === pid);
      if (own.length === 0) return '';
      const files = own.map(({ at, peer }, index) => {
        const [kind = '', local = ''] = at.split(' ');
        const tcp = kind.startsWith('tcp');
        const name = peer === undefined ? colon(local) : `${colon(local)}->${colon(peer)}`;
        return `f${index + 10}\nt${kind.endsWith('6') ? 'IPv6' : 'IPv4'}\nP${tcp ? 'TCP' : 'UDP'}\nn${name}\n${tcp ? `TST=${peer === undefined ? 'LISTEN' : 'ESTABLISHED'}\n` : ''}`;
      });
      return `p${pid}\nR1\nc${nameOf(path)}\nu${uid}\nLanna\n${files.join('')}`;
    })
    .join('');
}

/** `*.3000` -> `*:3000`, `::1.631` -> `[::1]:631`. */
function colon(text: string): string {
  const at = text.slice(0, text.lastIndexOf('.'));
  return `${at.includes(':') ? `[${at.split('%')[0]}]` : at}:${text.slice(text.lastIndexOf('.') + 1)}`;
}

const lsofText = (said: MacSaid): string =>
  (said.processes ?? [])
    .filter((one) => visible(said, one))
    .map(({ pid, path }) => `p${pid}\nc${nameOf(path)}\nftxt\nn${path}\nftxt\nn/usr/lib/dyld\n`)
    .join('');

const psLines = ({ processes = [] }: MacSaid, line: (one: ProcessSaid) => string): string =>
  processes.map((one) => `${line(one)}\n`).join('');

function alfPrinted({
  state = 0,
  blockAll = false,
  builtIn = true,
  signed = true,
  stealth = false,
  apps = [],
}: AlfSaid): readonly Transcript[] {
  const tool = '/usr/libexec/ApplicationFirewall/socketfilterfw';
  const words = ['disabled', 'enabled', 'blocking all non-essential incoming connections'][state];
  const on = (is: boolean): string => (is ? 'ENABLED' : 'DISABLED');
  const listed = apps.map((text, at) => {
    const [verdict, path] = [text.slice(0, text.indexOf(' ')), text.slice(text.indexOf(' ') + 1)];
    return `${at + 1} : ${path} \n \t ( ${verdict === 'allow' ? 'Allow' : 'Block'} incoming connections ) \n\n`;
  });
  return [
    run('alf.state', [tool, '--getglobalstate'], `Firewall is ${words}. (State = ${state}) \n`),
    run(
      'alf.blockall',
      [tool, '--getblockall'],
      `Firewall has block all state set to ${blockAll ? 'enabled' : 'disabled'}. \n`,
    ),
    run(
      'alf.signed',
      [tool, '--getallowsigned'],
      `Automatically allow built-in signed software ${on(builtIn)}. \nAutomatically allow downloaded signed software ${on(signed)}. \n`,
    ),
    run('alf.stealth', [tool, '--getstealthmode'], `Firewall stealth mode is ${stealth ? 'on' : 'off'} \n`),
    run('alf.apps', [tool, '--listapps'], `ALF: total number of apps = ${apps.length} \n\n${listed.join('')}`),
  ];
}

const PFCTL = '/sbin/pfctl';
const text = (lines: readonly string[] = []): string => lines.map((line) => `${line}\n`).join('');

function pfPrinted(said: PfSaid | undefined): readonly Transcript[] {
  if (said === undefined)
    return ['info', 'rules', 'nat', 'anchors', 'interfaces', 'references'].map((what) => ({
      ...run(`pf.${what}`, [PFCTL], ''),
      ...failed('refused', 'pfctl: /dev/pf: Permission denied\n'),
    }));
  const { enabled = true, anchors = {} } = said;
  const status = enabled
    ? 'Enabled for 0 days 02:11:05           Debug: Urgent'
    : 'Disabled                              Debug: Urgent';
  const stock = {
    rules: ['scrub-anchor "com.apple/*" all fragment reassemble', 'anchor "com.apple/*" all'],
    nat: ['nat-anchor "com.apple/*" all', 'rdr-anchor "com.apple/*" all'],
  };
  const names = Object.keys(anchors);
  return [
    run(
      'pf.info',
      [PFCTL, '-s', 'info'],
      `Status: ${status}\n\nState Table                          Total             Rate\n  current entries                        0\n`,
    ),
    run('pf.rules', [PFCTL, '-s', 'rules'], text(said.rules ?? stock.rules)),
    run('pf.nat', [PFCTL, '-s', 'nat'], text(said.nat ?? stock.nat)),
    run('pf.anchors', [PFCTL, '-v', '-s', 'Anchors'], text(names.map((name) => `  ${name}`))),
    run(
      'pf.interfaces',
      [PFCTL, '-v', '-s', 'Interfaces'],
      text(['all', 'en0', ...(said.skip ?? []).map((name) => `${name} (skip)`)]),
    ),
    run(
      'pf.references',
      [PFCTL, '-s', 'References'],
      text([
        'TOKENS:',
        'PID      Process Name                 TOKEN                    TIMESTAMP',
        ...(said.references ?? []).map((name, at) => `${400 + at}      ${name.padEnd(28)} 18241${at}  0 days 00:12:00`),
      ]),
    ),
    ...names.flatMap((name) => [
      run(`pf.rules:${name}`, [PFCTL, '-a', name, '-s', 'rules'], text(anchors[name]?.rules)),
      run(`pf.nat:${name}`, [PFCTL, '-a', name, '-s', 'nat'], text(anchors[name]?.nat)),
    ]),
    ...Object.entries(said.tables ?? {}).map(([key, entries]) =>
      run(
        `pf.table:${key.includes(':') ? key : `:${key}`}`,
        [PFCTL, '-T', 'show'],
        text(entries.map((entry) => `   ${entry}`)),
      ),
    ),
  ];
}

/** As macOS ships it, without its comments. */
const PF_CONF = `scrub-anchor "com.apple/*"
nat-anchor "com.apple/*"
rdr-anchor "com.apple/*"
dummynet-anchor "com.apple/*"
anchor "com.apple/*"
load anchor "com.apple" from "/etc/pf.anchors/com.apple"
`;

const SERVICES = `ssh              22/udp     # SSH Remote Login Protocol
ssh              22/tcp     # SSH Remote Login Protocol
http             80/udp     www www-http # World Wide Web HTTP
http             80/tcp     www www-http # World Wide Web HTTP
hbci            3000/tcp     # HBCI
commplex-main   5000/tcp
`;
