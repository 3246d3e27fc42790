/**
 * What is gathered from a Mac, as it was printed, and its networks read. Nothing of it was run on a Mac here: the shapes are
 * those of the documents and of outputs that were published.
 *
 *   id                     printed by
 *   mac.version            sw_vers
 *   mac.ifconfig           ifconfig -a
 *   mac.ports              networksetup -listallhardwareports: which device is the Wi-Fi
 *   mac.routes             netstat -rn
 *   mac.sysctl             sysctl of the keys in `SETTINGS`
 *   mac.netstat.tcp, .udp  netstat -anv -p tcp, udp: every socket, whoever holds it, with its process; told to everybody
 *   mac.lsof               lsof -nP -iTCP -iUDP -FpcRuLftPnT: the sockets of one's own processes (as root: of all)
 *   mac.lsof.text          lsof -nP -a -d txt -p … -Fpcfn: the files that those processes run
 *   mac.ps                 ps -axww -o pid=,uid=,comm=: whose it is, and what it calls itself: often its path, not always
 *   mac.ps.args            ps -axww -o pid=,args=: its command line
 *   mac.services           launchctl print-disabled system: services that are switched off or on
 *   alf.state, .blockall, .signed, .stealth, .apps      socketfilterfw --getglobalstate …, --listapps
 *   alf.plist              plutil -p /Library/Preferences/com.apple.alf.plist; macOS 15 has none
 *   pf.info, .rules, .nat, .anchors, .interfaces, .references   pfctl -s info, rules, nat, Anchors (-v), Interfaces (-v), References
 *   pf.rules:<anchor>, pf.nat:<anchor>, pf.table:<anchor>:<table>   the same of an anchor; `pfctl -t <table> -T show`
 *   file:/etc/pf.conf, file:/etc/pf.anchors/…, file:/etc/services
 */
import { formatAddress, parseAddress } from '../address.ts';
import { type GapWhy, gap } from '../gaps/index.ts';
import type { Gap, Interface, InterfaceAddress, InterfaceKind, Reading, Route, Snapshot } from '../model.ts';
import { find, gapOf, whyNot } from '../transcripts.ts';

/** Keys that are asked of sysctl. */
export const SETTINGS = [
  'net.inet.ip.forwarding',
  'net.inet6.ip6.forwarding',
  'net.inet.ip.portrange.first',
  'net.inet.ip.portrange.last',
] as const;

const ADDRESSES = { kind: 'addresses' } as const;
const AGAIN = { kind: 'scan-again' } as const;

/** `en0: flags=8863<UP,BROADCAST,…> mtu 1500`. Source: ifconfig(8) of macOS. */
const HEAD = /^([!-~]+): flags=[0-9a-f]+<([A-Z0-9_,]*)>/;
const INET = /^\s+inet (\S+)(?: --> \S+)? netmask (0x[0-9a-f]{1,8})\b/;
const INET6 = /^\s+inet6 (\S+)(?: --> \S+)? prefixlen (\d{1,3})\b/;

/** All interfaces, up or not. A line of addresses that is not understood is a gap; the others are still given. */
export function readMacInterfaces(snapshot: Snapshot): Reading<readonly Interface[]> {
  const transcript = find(snapshot, 'mac.ifconfig');
  const failed = gapOf(transcript, ADDRESSES, AGAIN);
  if (failed !== null) return { value: [], gaps: [failed] };
  const found: { readonly name: string; readonly up: boolean; readonly addresses: InterfaceAddress[] }[] = [];
  let bad = !(transcript?.stdout ?? '').endsWith('\n');
  for (const line of (transcript?.stdout ?? '').split('\n')) {
    const head = HEAD.exec(line);
    if (head !== null) {
      found.push({ name: head[1] ?? '', up: (head[2] ?? '').split(',').includes('UP'), addresses: [] });
    } else if (/^\s+inet6? /.test(line)) {
      const address = addressOf(line);
      const last = found.at(-1);
      if (address === null || last === undefined) bad = true;
      else last.addresses.push(address);
    } else if (line !== '' && !/^\s/.test(line)) bad = true;
  }
  const wifi = wifiDevices(snapshot);
  const value = found.map(({ name, up, addresses }, at): Interface => {
    return { name, index: at + 1, kind: kindOf(name, addresses, wifi), up, addresses };
  });
  // Without any but loopback nobody could tell from where anything is reached.
  if (value.every(({ kind }) => kind === 'loopback')) bad = true;
  const why: GapWhy = { kind: 'garbled', by: 'ifconfig' };
  return { value, gaps: bad ? [gap({ what: ADDRESSES, why, how: AGAIN })] : [] };
}

function addressOf(line: string): InterfaceAddress | null {
  const four = INET.exec(line);
  const [, text = '', rest = ''] = four ?? INET6.exec(line) ?? [];
  const read = parseAddress(text);
  const prefix = four === null ? Number(rest) : prefixOf(Number(rest));
  if (read === null || read.family !== (four === null ? 6 : 4) || prefix === null || prefix > 128) return null;
  if (four === null && rest === '') return null;
  const address = formatAddress(read);
  const scope = /^(127\.|::1$)/.test(address) ? 'host' : /^fe[89ab]/i.test(address) ? 'link' : 'global';
  return { family: read.family, address, prefix, scope };
}

/** Of a mask without holes. */
function prefixOf(mask: number): number | null {
  const bits = (mask >>> 0).toString(2).padStart(32, '0');
  return /^1*0*$/.test(bits) ? bits.replaceAll('0', '').length : null;
}

/** `Hardware Port: Wi-Fi`, then `Device: en0`. Names of ports are not translated. Source: networksetup(8). */
function wifiDevices(snapshot: Snapshot): ReadonlySet<string> {
  const transcript = find(snapshot, 'mac.ports');
  const text = whyNot(transcript) === null ? (transcript?.stdout ?? '') : '';
  return new Set(
    [...text.matchAll(/^Hardware Port: (?:Wi-Fi|AirPort)\nDevice: (\S+)$/gm)].map(([, name = '']) => name),
  );
}

/** The address space that Tailscale gives to its members. */
const TAILNET = /^(100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|fd7a:115c:a1e0:)/i;

/** By the names that macOS and the programs there give them. */
const BY_NAME: readonly (readonly [RegExp, InterfaceKind])[] = [
  [/^lo\d+$/, 'loopback'],
  [/^(utun|ipsec|ppp|tun|tap|wg|feth|zt)\w*$/, 'vpn'],
  // What virtual machines and Internet Sharing hang on; vmnet and vnic are those of VMware and Parallels.
  [/^(bridge1\d\d|vmenet\d+|vmnet\d+|vnic\d+)$/, 'container'],
  [/^(awdl|llw|ap)\d+$/, 'wifi'],
  [/^pdp_ip\d+$/, 'mobile'],
  [/^(en|bridge)\d+$/, 'ethernet'],
];

function kindOf(name: string, addresses: readonly InterfaceAddress[], wifi: ReadonlySet<string>): InterfaceKind {
  if (wifi.has(name)) return 'wifi';
  const kind = BY_NAME.find(([pattern]) => pattern.test(name))?.[1] ?? 'other';
  return kind === 'vpn' && addresses.some(({ address }) => TAILNET.test(address)) ? 'tailnet' : kind;
}

/**
 * Networks and the default routes of `netstat -rn`; single hosts, which it lists by the thousand, are left out. A gateway
 * that is a link (`link#6`) is none. Source: netstat(1) of macOS.
 */
export function readMacRoutes(snapshot: Snapshot): Reading<readonly Route[]> {
  const transcript = find(snapshot, 'mac.routes');
  const failed = gapOf(transcript, { kind: 'routes', family: null }, AGAIN);
  if (failed !== null) return { value: [], gaps: [failed] };
  const value: Route[] = [];
  let family: Route['family'] = 4;
  for (const line of (transcript?.stdout ?? '').split('\n')) {
    if (/^Internet6?:/.test(line)) family = line.startsWith('Internet6') ? 6 : 4;
    const [, to = '', gateway = '', flags = '', rest = ''] =
      /^(\S+)\s+(\S+)\s+([A-Za-z0-9]+)\s+(\S.*)$/.exec(line) ?? [];
    // Older versions print how often it was used before its interface.
    const name = rest.split(/\s+/).find((word) => /^[a-z_]+\d+$/.test(word));
    if (name === undefined || !flags.startsWith('U') || flags.includes('H')) continue;
    const destination = destinationOf(to, family);
    if (destination === null) continue;
    const read = parseAddress(gateway);
    value.push({ family, destination, interface: name, gateway: read === null ? null : formatAddress(read) });
  }
  return { value, gaps: [] };
}

/** `default`, `192.168.1`, `169.254`, `10.8/16`, `fe80::%en0/64`: zeros at the end are left out. */
function destinationOf(text: string, family: Route['family']): string | null {
  if (text === 'default') return family === 4 ? '0.0.0.0/0' : '::/0';
  const [bare = '', length] = text.split('/');
  if (family === 6) {
    const read = parseAddress(bare);
    return read?.family === 6 ? `${formatAddress(read)}/${length ?? '128'}` : null;
  }
  const parts = bare.split('.');
  const whole = [...parts, '0', '0', '0'].slice(0, 4).join('.');
  return parseAddress(whole)?.family === 4 ? `${whole}/${length ?? String(parts.length * 8)}` : null;
}

/** `net.inet.ip.forwarding: 0` of every line. */
export function readMacSettings(snapshot: Snapshot): Reading<ReadonlyMap<string, string>> {
  const transcript = find(snapshot, 'mac.sysctl');
  const failed = gapOf(transcript, { kind: 'sysctls' }, AGAIN);
  const gaps: readonly Gap[] = failed === null ? [] : [failed];
  const text = failed === null ? (transcript?.stdout ?? '') : '';
  return { value: new Map([...text.matchAll(/^([\w.]+): (\S+)$/gm)].map(([, key = '', at = '']) => [key, at])), gaps };
}
