#!/bin/bash
# booted-host.sh   The first process of a computer that starts: its own mounts and network card, then systemd.
#
# booted_host.py calls it inside the private Debian of full-host.sh, in new namespaces of every kind. The disk is that
# Debian's and outlives it, so that the next start finds what this one left; memory, processes and the kernel's rules do
# not. The card's other end is in the network namespace `neighbour`. Prints its pid as booted_host.py sees it.
set -e
if [ "$1" != inside ]; then
  # Its group is the root of what it sees. Nobody else may be in there, or systemd could not divide what is below it.
  mkdir -p /sys/fs/cgroup/booted
  echo 0 >/sys/fs/cgroup/booted/cgroup.procs
  exec unshare --cgroup "$0" inside
fi

card=02:00:00:00:77:10
ip link set lo up
ip link add wlan0 address $card type veth peer name wlan0 netns neighbour
sysctl -qw net.ipv6.conf.wlan0.accept_dad=0
{
  echo link set wlan0 up
  echo address add 192.168.77.20/24 dev wlan0
  echo address add fd77::20/64 dev wlan0 nodad
  # The neighbour asks nobody for the way, so that its packets are there the moment the card is up.
  echo neigh replace 192.168.77.10 lladdr $card dev wlan0
  echo neigh replace fd77::10 lladdr $card dev wlan0
} | ip -n neighbour -batch -
read -r pid _ </proc/self/stat
echo "$pid"

mount -t proc proc /proc
# /proc/sys is mostly shared with the real computer: only `net`, which is this one's own, may be written.
mount --bind /proc/sys /proc/sys
mount -o remount,bind,ro /proc/sys
mount --bind /proc/sys/net /proc/sys/net
mount -o remount,bind,rw /proc/sys/net
mount -t sysfs -o ro sysfs /sys
mount -t cgroup2 none /sys/fs/cgroup
umount --lazy --recursive /run
mount -t tmpfs -o mode=755 tmpfs /run

# What systemd would do to the real computer it may not: load modules, set its clock, reach its devices.
exec env --ignore-environment container=lab PATH=/usr/sbin:/usr/bin:/sbin:/bin \
  setpriv --bounding-set=-sys_module,-sys_rawio,-sys_time,-syslog,-mknod \
  /lib/systemd/systemd --log-target=journal </dev/null >/dev/null
