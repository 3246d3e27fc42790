/**
 * What decides outside of the firewalls' rules, asked of the kernel in one process: filters of traffic control, BPF
 * programs, IPsec policies, and which tables of nftables sleep. No one program tells all of it, bpftool is hardly anywhere,
 * and each would have to be started; perl is on every Debian and Ubuntu.
 *
 * It only asks: netlink dumps and reading bpf() calls. Prints a JSON object a line, `{"unread","why"}` for a part that
 * failed, and `{"done":true}` last. It does not look for what is not there: programs of a kind are looked up at their hooks
 * only where the kernel has one of that kind.
 *
 * Numbers: linux/rtnetlink.h (38 GETQDISC), xfrm.h (21 GETPOLICY), netfilter/nf_tables.h (0xA01 GETTABLE, 0xA04 GETCHAIN),
 * bpf.h (11 PROG_GET_NEXT_ID, 13 PROG_GET_FD_BY_ID, 15 OBJ_GET_INFO_BY_FD, 16 PROG_QUERY, 30 LINK_GET_FD_BY_ID,
 * 31 LINK_GET_NEXT_ID; program types 3 SCHED_CLS, 8 CGROUP_SKB, 30 SK_LOOKUP, 32 NETFILTER).
 */

/** The system call bpf(), by `process.arch`. Source: the kernel's syscall tables. */
const BPF: Readonly<Record<string, number>> = {
  arm: 386,
  arm64: 280,
  ia32: 357,
  loong64: 280,
  ppc64: 361,
  riscv64: 280,
  s390x: 351,
  x64: 321,
};

const SCRIPT = `
sub q_ { my $s = shift; $s =~ s/(["\\\\])/\\\\$1/g; $s =~ s/([\\x00-\\x1f\\x7f])/sprintf '\\u%04x', ord $1/ge; "\\"$s\\"" }
sub say_ { my %h = @_; print '{' . join(',', map { q_($_) . ':' . $h{$_} } sort keys %h) . "}\\n" }
# What fails is said, and the rest goes on.
sub part { my ($what, $do) = @_; eval { $do->(); 1 } or do { chomp(my $why = $@); say_(unread => q_($what), why => q_($why)) } }
# Every answer to a dump request, without the header of its message.
sub dump_ {
  my ($protocol, $type, $body, $each) = @_;
  socket(my $s, 16, 3, $protocol) or die "$!\\n";
  send($s, pack('LSSLL', 16 + length $body, $type, 0x301, 1, 0) . $body, 0) or die "$!\\n";
  while (1) {
    defined recv($s, my $m, 1 << 20, 0) or die "$!\\n";
    die "no answer\\n" if $m eq '';
    while (length $m >= 16) {
      my ($len, $kind) = unpack 'LS', $m;
      die "short message\\n" if $len < 16 || $len > length $m;
      return if $kind == 3;
      if ($kind == 2) { $! = -unpack('l', substr $m, 16, 4); die "$!\\n" }
      $each->(substr $m, 16, $len - 16);
      substr($m, 0, ($len + 3) & ~3) = '';
    }
  }
}
sub attributes {
  my ($m) = @_; my %a;
  while (length $m >= 4) {
    my ($len, $type) = unpack 'SS', $m;
    last if $len < 4 || $len > length $m;
    $a{$type & 0x3fff} = substr $m, 4, $len - 4;
    my $next = ($len + 3) & ~3;
    last if $next >= length $m;
    substr($m, 0, $next) = '';
  }
  \\%a
}
sub network { my ($v, $len) = @_; q_((length $v == 4 ? join '.', unpack 'C4', $v : join ':', map { sprintf '%x', $_ } unpack 'n8', $v) . "/$len") }

my (%device, @classified);
part('traffic control', sub {
  dump_(0, 38, pack('CxxxlLLL', (0) x 5), sub {
    my ($ifindex) = unpack 'xxxxl', $_[0];
    my $kind = unpack 'Z*', attributes(substr $_[0], 20)->{1} // '';
    $device{$ifindex} = 1;
    push @classified, [$ifindex, $kind] if $kind eq 'ingress' || $kind eq 'clsact';
  });
  for (@classified) {
    my ($ifindex, $kind) = @$_;
    for my $hook ($kind eq 'clsact' ? ('ingress', 'egress') : ('ingress')) {
      open my $tc, '-|', 'tc', 'filter', 'show', 'dev', "if$ifindex", $hook or die "tc: $!\\n";
      my $text = do { local $/; <$tc> } // '';
      close $tc or die "tc filter show ended with $?\\n";
      say_(filters => q_($text), ifindex => $ifindex, hook => q_($hook)) if $text ne '';
    }
  }
});
# The socket is opened only where the kernel serves it: opening it would load a module.
part('IPsec policies', sub {
  open my $kernel, '<', '/proc/net/netlink' or die "/proc/net/netlink: $!\\n";
  return unless grep { /^\\S+ +6 / } <$kernel>;
  dump_(6, 21, "\\0" x 64, sub {
    my ($to, $from, $port, $mask, $sport, $smask, $family, $dlen, $slen, $protocol, $ifindex) = unpack 'a16a16nnnnSCCCx3l', $_[0];
    my ($priority, $index, $dir, $action) = unpack 'LLCC', substr $_[0], 152;
    return if $dir != 0 && $dir != 2;
    my $width = $family == 2 ? 4 : 16;
    say_(policy => q_($action ? 'block' : 'allow'), direction => q_($dir ? 'forward' : 'in'), family => $family == 2 ? 4 : 6,
      to => network(substr($to, 0, $width), $dlen), from => network(substr($from, 0, $width), $slen), ifindex => $ifindex,
      protocol => $protocol, port => $mask ? $port : 'null', protects => exists attributes(substr $_[0], 168)->{5} ? 'true' : 'false');
  });
});
part('nftables', sub {
  my %families;
  dump_(12, 0xA01, pack('CCS', 0, 0, 0), sub {
    my $a = attributes(substr $_[0], 4);
    $families{unpack 'C', $_[0]} = 1;
    say_(table => q_(unpack 'Z*', $a->{1} // ''), family => unpack('C', $_[0]), flags => unpack('N', $a->{2} // "\\0\\0\\0\\0"));
  });
  # On which devices chains of inet and netdev hang, which nft 1.0 leaves out of its JSON.
  for my $family (grep { $families{$_} } 1, 5) {
    dump_(12, 0xA04, pack('CCS', $family, 0, 0), sub {
      my $a = attributes(substr $_[0], 4);
      my $hook = attributes($a->{4} // '');
      my $list = $hook->{4} // (defined $hook->{3} ? pack('SS', 4 + length $hook->{3}, 1) . $hook->{3} : return);
      my @devices;
      while (length $list > 4) {
        my $len = unpack 'S', $list;
        last if $len < 5 || $len > length $list;
        push @devices, q_(unpack 'Z*', substr $list, 4, $len - 4);
        $list = length $list > (($len + 3) & ~3) ? substr($list, ($len + 3) & ~3) : '';
      }
      say_(chain => q_(unpack 'Z*', $a->{3} // ''), table => q_(unpack 'Z*', $a->{1} // ''), family => $family, devices => '[' . join(',', @devices) . ']');
    });
  }
});

my $BPF = shift;
sub bpf { my ($cmd, $attr) = @_; my $r = syscall($BPF, $cmd, $attr, length $attr); $_[1] = $attr; $r }
sub address { unpack 'Q', pack 'P', $_[0] }
sub leave { open my $f, '<&=', $_[0]; close $f if $f }
# What the kernel says of a program (13) or a link (30), at most $size bytes; undef where it is gone.
sub about {
  my ($cmd, $id, $size) = @_;
  my $fd = bpf($cmd, my $a = pack('LLL', $id, 0, 0));
  return undef if $fd < 0;
  my $info = "\\0" x $size;
  my $ok = bpf(15, my $b = pack('LLQ', $fd, $size, address($info)));
  leave($fd);
  $ok < 0 ? undef : $info
}
sub each_ {
  my ($cmd, $do) = @_;
  my $id = 0;
  while (1) {
    my $attr = pack('LLL', $id, 0, 0);
    if (bpf($cmd, $attr) < 0) { return if $! == 2 || $! == 38; die "$!\\n" }
    $id = unpack 'x4L', $attr;
    $do->($id);
  }
}
sub named { my $info = about(13, $_[0], 128) // ''; my $name = unpack 'Z16', length $info > 80 ? substr $info, 64 : ''; $name eq '' ? "#$_[0]" : $name }
# The names of the programs that are attached there. 2, 19, 22: this kernel has no such hook.
sub attached {
  my ($target, $type) = @_;
  my $ids = "\\0" x 256;
  my $attr = pack('LLLLQLLQQQQ', $target, $type, 0, 0, address($ids), 64, 0, 0, 0, 0, 0);
  if (bpf(16, $attr) < 0) { return () if grep { $! == $_ } 2, 19, 22; die "$!\\n" }
  map { named($_) } unpack 'L' . unpack('x24L', $attr), $ids
}
sub found { my ($at, $programs, %more) = @_; say_(bpf => q_($at), programs => '[' . join(',', map { q_($_) } @$programs) . ']', %more) if @$programs }
part('BPF programs', sub {
  die "the number of the system call is not known here\\n" unless $BPF;
  my %kinds;
  each_(11, sub { my $info = about(13, $_[0], 8); $kinds{unpack 'L', $info} = 1 if defined $info });
  if ($kinds{3}) {
    for (sort { $a <=> $b } keys %device) {
      found('tcx-ingress', [attached($_, 46)], ifindex => $_);
      found('tcx-egress', [attached($_, 47)], ifindex => $_);
    }
  }
  if ($kinds{30}) { open my $ns, '<', '/proc/self/ns/net' or die "$!\\n"; found('sk-lookup', [attached(fileno $ns, 36)]) }
  if ($kinds{32}) {
    each_(31, sub {
      my $info = about(30, $_[0], 64) // return;
      my ($type, $id, $program, $family, $hook) = unpack 'LLLx4LL', $info;
      found('netfilter', [named($program)], family => $family, hook => $hook) if $type == 10;
    });
  }
  return unless $kinds{8};
  open my $mounts, '<', '/proc/self/mountinfo' or die "$!\\n";
  my ($root) = map { / - cgroup2 / ? (split ' ')[4] : () } <$mounts>;
  my @folders = defined $root ? ('') : ();
  while (defined(my $folder = shift @folders)) {
    open my $at, '<', "$root$folder/" or next;
    found("cgroup-$_->[0]", [attached(fileno $at, $_->[1])], cgroup => q_($folder eq '' ? '/' : $folder)) for ['ingress', 0], ['egress', 1];
    # The count of links tells how many folders are in it.
    next if (stat $at)[3] == 2;
    opendir my $list, "$root$folder/" or next;
    push @folders, map { "$folder/$_" } grep { !/^\\.\\.?$/ && (!/^(cgroup|cpu|cpuset|hugetlb|io|irq|memory|misc|pids|rdma|dmem)\\.[\\w.]+$/ || /\\.(service|scope|slice|socket|mount|swap)$/) && -d "$root$folder/$_" } readdir $list;
  }
});
say_(done => 'true');
`;

/** The script comes over standard input, so that no transcript holds it. */
export const listOutside = {
  argv: ['perl', '-', String(BPF[process.arch] ?? 0)],
  input: SCRIPT,
  // Perl has read all of the script before it runs a line of it.
  waitOn: (descriptor: number) => `open my $go, '<&=', ${descriptor} or exit 1; sysread $go, my $word, 1 or exit 1;\n`,
} as const;
