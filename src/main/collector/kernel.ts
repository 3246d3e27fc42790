/**
 * Asking the kernel what waits for others, and hearing from it of addresses, routes and rules, in one small process that
 * sleeps in between. Starting `ss` as often costs twenty times as much, and /proc/net more still.
 *
 * It prints one word a line: `ready` once it has looked for the first time, then `sockets`, `network` or `firewall` each
 * time that something is different. UDP sockets count once they were there at two looks, because a question to a name
 * server has one of its own for a moment. It ends when its standard input does, so it is never left behind.
 *
 * Numbers: linux/sock_diag.h (20 SOCK_DIAG_BY_FAMILY), inet_diag.h, rtnetlink.h (groups of addresses, routes and policy
 * rules; 20, 21 addresses; 0x200 RTM_F_CLONED), nfnetlink.h (group 7 NFTABLES, which only root may join).
 */
const SCRIPT = `
my $every = shift;
$| = 1;
sub netlink {
  my ($protocol, $groups) = @_;
  socket(my $s, 16, 3, $protocol) or return;
  bind($s, pack('SSLL', 16, 0, 0, $groups)) or return;
  $s
}
my $diag = netlink(4, 0) or die "sock_diag: $!\\n";
my $net = netlink(0, 0x405d0) or die "rtnetlink: $!\\n";
my $rules = netlink(12, 1 << 6);
# family and identity (addresses, ports, device, cookie) of every socket in that state
sub sockets {
  my ($family, $protocol, $state) = @_;
  my @found;
  send($diag, pack('LSSLLCCCCLx48', 72, 20, 0x301, 1, 0, $family, $protocol, 0, 0, 1 << $state), 0) or die "$!\\n";
  while (1) {
    defined recv($diag, my $m, 1 << 17, 0) or die "$!\\n";
    while (length $m >= 16) {
      my ($len, $kind) = unpack 'LS', $m;
      die "short message\\n" if $len < 16 || $len > length $m;
      return @found if $kind == 3;
      if ($kind == 2) { $! = -unpack('l', substr $m, 16, 4); die "$!\\n" }
      push @found, pack('CC', $family, $protocol) . substr($m, 20, 48);
      substr($m, 0, ($len + 3) & ~3) = '';
    }
  }
}
my (%udp, $seen);
sub look {
  my %now = map { $_ => 1 } sockets(2, 17, 7), sockets(10, 17, 7);
  my @stay = defined $seen ? grep { $udp{$_} } keys %now : keys %now;
  my $all = join '', sort(sockets(2, 6, 10), sockets(10, 6, 10), @stay);
  print defined $seen ? "sockets\\n" : "ready\\n" if !defined $seen || $seen ne $all;
  ($seen, %udp) = ($all, %now);
}
my %address;
# An address whose lifetime is renewed is told anew; that is no change.
sub differs {
  my ($m) = @_;
  my $told = 0;
  while (length $m >= 16) {
    my ($len, $kind) = unpack 'LS', $m;
    last if $len < 16 || $len > length $m;
    my $body = substr $m, 16, $len - 16;
    if ($kind == 20 || $kind == 21) {
      my $key = substr($body, 0, 2) . substr($body, 4, 4);
      my $rest = substr $body, 8;
      while (length $rest >= 4) {
        my ($size, $type) = unpack 'SS', $rest;
        last if $size < 4 || $size > length $rest;
        $key .= substr $rest, 4, $size - 4 if $type == 1;
        substr($rest, 0, ($size + 3) & ~3) = '';
      }
      $told ||= $kind == 21 || !$address{$key};
      if ($kind == 21) { delete $address{$key} } else { $address{$key} = 1 }
    } elsif ($kind != 24 && $kind != 25 || !(unpack('x8L', $body) & 0x200)) {
      $told = 1;
    }
    substr($m, 0, ($len + 3) & ~3) = '';
  }
  $told
}
look();
my $left = $every;
while (1) {
  my $ready = '';
  vec($ready, fileno $_, 1) = 1 for grep { $_ } *STDIN, $net, $rules;
  (my $n, $left) = select($ready, undef, undef, $left);
  if ($n <= 0 || $left <= 0) { look(); $left = $every }
  next if $n <= 0;
  exit 0 if vec($ready, fileno STDIN, 1) && !sysread STDIN, my $word, 64;
  for (['network', $net], ['firewall', $rules]) {
    my ($what, $s) = @$_;
    next if !$s || !vec($ready, fileno $s, 1);
    my $told = 0;
    while (1) {
      my $got = recv($s, my $m, 1 << 16, 0x40);
      last if !defined $got && $!{EAGAIN};
      # What was too much to keep is a change as well.
      $told ||= !defined $got || $what eq 'firewall' || differs($m);
    }
    print "$what\\n" if $told;
  }
}`;

/** @param every milliseconds between two looks */
export const watchKernel = (every: number): readonly string[] => ['perl', '-e', SCRIPT, String(every / 1000)];
