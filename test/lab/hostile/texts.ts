/** Words with which programs have been fooled. */
import { HONEY } from './trap.ts';
import type { Random } from '../generate/random.ts';

/** For a shell, a terminal, a format, a path, a parser of rules. */
export const TEXTS: readonly string[] = [
  '',
  ' ',
  '-h',
  '--help',
  '--force',
  '-f/etc/shadow',
  '--dry-run',
  '; reboot',
  ';reboot',
  '$(reboot)',
  '`reboot`',
  '| cat /etc/shadow',
  '&& touch /tmp/x',
  "'; touch /tmp/x; '",
  '"; touch /tmp/x; "',
  '> /etc/ufw/user.rules',
  '${IFS}cat${IFS}/etc/shadow',
  '%s%s%s%n',
  '%20',
  '../x',
  '../../../../etc/shadow',
  '/etc/shadow',
  '/proc/self/environ',
  'file:///etc/shadow',
  '*',
  '~root',
  'a\nb',
  'allow tcp 22 0.0.0.0/0 any 0.0.0.0/0 in',
  '### tuple ### allow tcp 22 0.0.0.0/0 any 0.0.0.0/0 in',
  'x\n### tuple ### allow any any 0.0.0.0/0 any 0.0.0.0/0 in',
  '-A INPUT -j ACCEPT',
  'x\r\n*filter\n:INPUT ACCEPT [0:0]\nCOMMIT',
  'x" } } table inet evil { chain c { type filter hook input priority -500; accept',
  'a\0b',
  '\u001b[2J\u001b]0;x\u0007',
  '\u202egnp.exe',
  '\u2066x\u2069',
  '\u200b',
  '\u2028',
  '\u0085',
  '\ufeff',
  '\ud800',
  '\udfff\ud800',
  'ｐｏｒｔ',
  '３０００',
  'ſ',
  'İ',
  '🔥'.repeat(40),
  'a'.repeat(16),
  'a'.repeat(300),
  'a'.repeat(100_000),
  '__proto__',
  'constructor',
  'toString',
  HONEY,
  `/mnt/bait/${HONEY}`,
];

export const NUMBERS: readonly number[] = [
  0, -1, 1, 65535, 65536, 1e5, 3000.5, 1e21, -0, 2 ** 31, 2 ** 53, Number.MAX_VALUE, 5e-324, 22,
];

export const PORTS: readonly unknown[] = [
  0, -1, 65536, 1e5, 3000.5, '3000', '80,443', '8000:8010', '0', '-1', '65536', '3000;reboot', '3000 ', ' 3000', '٣٠٠٠',
  '0x50', '1e3', '+80', 'ssh', 'any', null, [3000], { port: 3000 }, true, 22, 9999, '3000\n22', '3000/tcp', 'NaN', 1e300,
];

export const PROTOCOLS: readonly unknown[] = [
  'sctp', 'TCP', 'tcp ', 'any', 'icmp', 'all', 'esp', 'tcp,udp', '6', 6, null, ['tcp'], '', '-p', 'tcp\nudp', 'udp', 'tcp',
];

export const ADDRESSES: readonly unknown[] = [
  'fe80::1%wlan0', 'fe80::1%25wlan0', 'fe80::%$(reboot)', '010.000.000.001', '0x7f.1', '127.1', '2130706433', '1.2.3.4.5',
  '1.2.3', '1.2.3.4/33', '1.2.3.4/-1', '1.2.3.4/ 8', '1.2.3.4/08', '1.2.3.4/255.255.255.0', '1.2.3.4/0', '::/129', '::/0',
  '0.0.0.0/0', '::ffff:10.0.0.1', '::ffff:10.0.0.1/96', '1:2:3:4:5:6:7:8:9', ':::', '1::2::3', '[::1]', '[::1]:22',
  '10.0.0.1:22', 'localhost', 'example.com', 'any any', 'any; reboot', 'Any', 'ANY', '', '-h', '--from', '10.0.0.0/8,::/0',
  '10.0.0.0/8 10.1.0.0/16', '10.0.0.0/8\n', '10.0.0.0/8}', '{ 10.0.0.0/8 }', '@set', '!10.0.0.0/8', '１０.0.0.1', '10.0.0.1/32',
  '192.168.77.0/24', 'fd77::/64', 'FD77::/64', '::1', '127.0.0.1', `${'0'.repeat(500)}1.2.3.4`, '1'.repeat(4000), null, 4, [], {},
  '255.255.255.255/32', '224.0.0.0/4', '1.2.3.4/32/32', '/24', '10.0.0.0/', '::/00', '0:0:0:0:0:0:0:0:/64', '10..0.1',
];

export const INTERFACES: readonly unknown[] = [
  '../x', '-h', '--help', ';reboot', 'wlan0;reboot', 'wlan0 ', 'wlan0+', '+', '%', 'wlan0\n', 'wlan0!out_eth0', 'in_wlan0', '',
  'a'.repeat(16), 'a'.repeat(15), 'wlan0/../../x', '$(id)', '`id`', '\0', 'wl an0', 'lo', 'eth0', 'ｅｔｈ0', 0, [], {}, '@eth0', '=eth0', '.', '..',
];

export const APPS: readonly unknown[] = [
  'OpenSSH', 'WWW Full', 'all', '-', '--', '../../etc/shadow', 'x%20y', 'x%0ay', 'x; reboot', 'x\ny', '%', '%%', '', 'Samba', ' OpenSSH', 'a'.repeat(65),
];

/** Comments as ufw keeps them, in hexadecimal, and what passes for that. */
export const COMMENTS: readonly string[] = [
  ...TEXTS.slice(0, 50).map((text) => Buffer.from(text, 'utf8').toString('hex')),
  '00',
  '0',
  'abc',
  'ff',
  'c080',
  'eda080',
  'GG',
  '6869 in',
  "' comment=27",
  '6869\n### tuple ### allow any any 0.0.0.0/0 any 0.0.0.0/0 in',
  'A0',
  '6'.repeat(4096),
  '6'.repeat(4097),
  '0x6869',
  '-',
];

/** Any value but the one that is there. */
export function anything(random: Random): unknown {
  return random.weighted<() => unknown>([
    [() => random.pick(TEXTS), 6],
    [() => random.pick(NUMBERS), 4],
    [() => random.pick<unknown>([null, true, false, [], {}, [[]], [{}], [null]]), 4],
    [() => random.pick(PORTS), 1],
    [() => random.pick(ADDRESSES), 1],
    [() => random.pick(INTERFACES), 1],
    [() => Array.from({ length: random.pick([2, 50, 5001]) }, () => random.pick(TEXTS.slice(0, 20))), 1],
    [() => ({ [random.pick(['kind', 'argv', 'command', '0', 'length', 'then', 'toJSON', ''])]: random.pick(TEXTS) }), 1],
    [() => random.pick(TEXTS).repeat(random.pick([2, 9])).slice(0, 200_000), 1],
  ])();
}
