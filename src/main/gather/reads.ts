/** What is read on Linux, as plain tables. */
import { listOutside } from './outside.ts';

export type Read = { readonly kind: 'file'; readonly id: string; readonly path: string } | CommandRead;

export interface CommandRead {
  readonly kind: 'command';
  readonly id: string;
  readonly argv: readonly string[];
  readonly when: When;
  /** What it is given on its standard input. */
  readonly input?: string;
  readonly waitOn?: (descriptor: number) => string;
}

/**
 * When a command is run; what it depends on stands in the same table.
 * `always`; `apart`: always, and nothing waits for it; `tables`: the kernel may hold tables of that family (nft could not
 * tell, or shows some);
 * `legacy`: the kernel lists legacy tables; `no-nft`: the program nft is missing; `mentioned`: a rule that was read has
 * these words.
 */
export type When =
  | { readonly kind: 'always' }
  | { readonly kind: 'apart' }
  | { readonly kind: 'tables'; readonly family: 'ip' | 'ip6' }
  | { readonly kind: 'legacy'; readonly family: 'ip' | 'ip6' }
  | { readonly kind: 'no-nft' }
  | { readonly kind: 'mentioned'; readonly words: RegExp };

const file = (path: string): Read => ({ kind: 'file', id: `file:${path}`, path });
const command = (id: string, argv: readonly string[], when: When): CommandRead => ({ kind: 'command', id, argv, when });

/** Anybody may read these. */
export const openFiles: readonly string[] = [
  '/etc/services',
  '/proc/modules',
  '/proc/net/igmp',
  '/proc/net/igmp6',
  '/etc/ufw/ufw.conf',
  '/etc/default/ufw',
];

/**
 * Asks the kernel over netlink how many nf_tables tables it holds, and prints the number. For machines without nft: what
 * other programs put there would be overlooked. Messages: linux/netlink.h, linux/netfilter/nf_tables.h; 16, 3, 12 are
 * AF_NETLINK, SOCK_RAW, NETLINK_NETFILTER; 0xA01 is GETTABLE, 0xA00 its answer, 0x301 REQUEST|DUMP, 2 ERROR, 3 DONE.
 */
const COUNT_TABLES = `
socket(my $s, 16, 3, 12) or die "socket: $!\\n";
send($s, pack("LSSLLCCS", 20, 0xA01, 0x301, 1, 0, 0, 0, 0), 0) or die "send: $!\\n";
my $n = 0;
while (1) {
  defined recv($s, my $m, 65536, 0) or die "recv: $!\\n";
  while (length $m >= 16) {
    my ($len, $type) = unpack("LS", $m);
    die "short message\\n" if $len < 16 || $len > length $m;
    if ($type == 3) { print "$n\\n"; exit 0 }
    if ($type == 2) { $! = -unpack("l", substr($m, 16, 4)); die "kernel: $!\\n" }
    $n++ if $type == 0xA00;
    substr($m, 0, ($len + 3) & ~3) = "";
  }
}`;

/**
 * Only root may read these. The helper's `read` runs exactly this table, and so does a scan as root.
 *
 * The legacy programs create the tables that they are asked about, so they run only where the kernel lists some; the
 * save programs of nft do not, and are left out where nft has shown that there is nothing for them to print.
 */
export const privilegedReads: readonly Read[] = [
  file('/proc/net/ip_tables_names'),
  file('/proc/net/ip6_tables_names'),
  file('/etc/ufw/ufw.conf'),
  file('/etc/default/ufw'),
  file('/etc/ufw/user.rules'),
  file('/etc/ufw/user6.rules'),
  file('/etc/ufw/before.rules'),
  file('/etc/ufw/before6.rules'),
  file('/etc/ufw/after.rules'),
  file('/etc/ufw/after6.rules'),
  file('/etc/ufw/sysctl.conf'),
  file('/etc/portcullis/table.nft'),
  command('nft', ['nft', '-j', 'list', 'ruleset'], { kind: 'always' }),
  command('iptables-save', ['iptables-save'], { kind: 'tables', family: 'ip' }),
  command('ip6tables-save', ['ip6tables-save'], { kind: 'tables', family: 'ip6' }),
  command('iptables-legacy-save', ['iptables-legacy-save'], { kind: 'legacy', family: 'ip' }),
  command('ip6tables-legacy-save', ['ip6tables-legacy-save'], { kind: 'legacy', family: 'ip6' }),
  {
    ...command('outside', listOutside.argv, { kind: 'apart' }),
    input: listOutside.input,
    waitOn: listOutside.waitOn,
  },
  command('nft.tables', ['perl', '-e', COUNT_TABLES], { kind: 'no-nft' }),
  command('ipset', ['ipset', 'save'], { kind: 'mentioned', words: / --match-set / }),
  // A batch of `ip` cannot ask for the rules of both families, and hardly any ruleset looks at those of IPv6.
  command('ip.rule6', ['ip', '-j', '-6', 'rule', 'show'], { kind: 'mentioned', words: /"fib"|-m rpfilter/ }),
];
