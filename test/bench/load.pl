# A laptop's session: perl load.pl CGROUPS GROUPS PROCESSES LISTENERS
#
# Makes PROCESSES processes with 30 descriptors each, spread over GROUPS cgroups below the folder CGROUPS; the first
# LISTENERS of them listen on TCP ports from 3000 on. Prints "ready", and stays until it is ended.
# The descriptors are what a desktop session's processes hold, in that measure: unix sockets (the bus, the display, the
# journal), eventfds, pipes, and files.
use strict;
use warnings;
use Socket;

my ($root, $groups, $processes, $listeners) = @ARGV;
my @files = grep { -f } glob('/usr/lib/*/*.so.*');
my $eventfd2 = 290; # x86_64; elsewhere a file takes its place
pipe(my $told, my $tell) or die "pipe: $!";

for my $n (0 .. $processes - 1) {
  my $group = "$root/app-" . ($n % $groups) . ".scope";
  mkdir $group;
  my $pid = fork // die "fork: $!";
  next if $pid;
  close $told;
  # The cgroup of a socket is the one that its process is in when it is made.
  open(my $procs, '>', "$group/cgroup.procs") or die "$group: $!";
  print $procs 0;
  close $procs;
  my @held;
  if ($n < $listeners) {
    socket(my $socket, PF_INET, SOCK_STREAM, 0) or die "socket: $!";
    bind($socket, sockaddr_in(3000 + $n, INADDR_ANY)) or die "bind: $!";
    listen($socket, 5) or die "listen: $!";
    push @held, $socket;
  }
  for (1 .. 6) { socketpair(my $a, my $b, AF_UNIX, SOCK_STREAM, PF_UNSPEC) or die; push @held, $a, $b }
  for (1 .. 2) { pipe(my $a, my $b) or die; push @held, $a, $b }
  for (1 .. 5) {
    my $fd = syscall($eventfd2, 0, 0);
    next if $fd < 3;
    open(my $event, '<&=', $fd) or die "open: $!";
    push @held, $event;
  }
  # Three are standard input, output and error, one tells when all is ready and is closed then.
  while (@held < 27) { open(my $file, '<', $files[@held % @files]) or die "open: $!"; push @held, $file }
  syswrite $tell, '.';
  close $tell;
  sleep 100_000;
  exit;
}
close $tell;
for (my $ready = 0; $ready < $processes;) { $ready += sysread($told, my $dots, $processes) || die "a process died\n" }
$| = 1;
print "ready\n";
sleep 100_000;
