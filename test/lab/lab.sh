#!/bin/bash
# lab.sh COMMAND…   Real firewalls and real packets on private machines; the computer that runs it is never touched.
#
# COMMAND runs on machine A, a laptop with two networks of its own:
#   wlan0  192.168.77.10/24  fd77::10/64  2001:db8:77::10/64  fe80::ff:fe00:7710
#   eth0   10.66.0.10/24     fd66::10/64                         fe80::ff:fe00:6610
# Machine B is everybody else there: 192.168.77.{20,21,22,130}, fd77::{…}, 2001:db8:77::{…} on wlan0, 10.66.0.20 and
# fd66::20 on eth0, and the internet (203.0.113.5, 2001:db8:ff::5) behind wlan0.
# $LAB_B is the pid whose network namespace is B's: `nsenter -t $LAB_B -n ping 192.168.77.10`.
#
# A has its own mounts, network, pids, ipc and host name; /etc is a copy with ufw as packaged (off), /run and /var/lib
# are empty. It all ends with COMMAND. Root, or an ordinary user where user namespaces are allowed.
# Exit 77: it cannot run here; the reason is on standard error.
export PATH="$PATH:/usr/sbin:/sbin"

cannot() {
  echo "the lab cannot run here: $1" >&2
  exit 77
}

if [ -z "$IN_LAB" ]; then
  [ "$(uname -s)" = Linux ] || cannot 'it needs Linux'
  for program in ufw iptables iptables-legacy ipset nft ip unshare nsenter; do
    command -v "$program" >/dev/null || cannot "$program is not installed (scripts/setup-test-system.sh installs it)"
  done
  /usr/bin/python3 -c 'import ufw' 2>/dev/null || cannot "ufw's Python module is not there (scripts/setup-test-system.sh installs it)"
  as_root=()
  [ "$(id -u)" = 0 ] || as_root=(--user --map-root-user)
  unshare "${as_root[@]}" --mount --net --pid --fork true 2>/dev/null ||
    cannot 'namespaces are not allowed; run as root, or allow them to ordinary users'
  export IN_LAB=1 LAB_USER_NAMESPACE=${#as_root[@]}
  exec unshare "${as_root[@]}" --mount --net --pid --ipc --uts --fork --kill-child --mount-proc --propagation private \
    "$0" "$@"
fi

set -e
hostname lab-a

# /proc/sys is mostly shared with the real machine: only `net`, which is A's own, may be written.
mount --bind /proc/sys /proc/sys
mount -o remount,bind,ro /proc/sys 2>/dev/null || [ "$LAB_USER_NAMESPACE" != 0 ]
if mount --bind /proc/sys/net /proc/sys/net; then mount -o remount,bind,rw /proc/sys/net; fi

mount -t tmpfs -o mode=755 tmpfs /mnt
mkdir /mnt/etc /mnt/state /mnt/sys
cp -a --no-preserve=ownership /etc/. /mnt/etc/ 2>/dev/null || true
rm -rf /mnt/etc/ufw/*.rules*
cp /usr/share/ufw/iptables/*.rules /mnt/etc/ufw/
chmod 640 /mnt/etc/ufw/*.rules
printf 'ENABLED=no\nLOGLEVEL=low\n' >/mnt/etc/ufw/ufw.conf
sed -i 's/^IPV6=.*/IPV6=yes/; s/^DEFAULT_INPUT_POLICY=.*/DEFAULT_INPUT_POLICY="DROP"/' /mnt/etc/default/ufw
# No name server: whoever asks for a name, as Python does before it serves, is told at once that there is none.
rm -f /mnt/etc/resolv.conf
: >/mnt/etc/resolv.conf
mount --bind /mnt/etc /etc
mount -t tmpfs -o mode=755 tmpfs /run
mount -t tmpfs -o mode=755 tmpfs /var/lib

# A sysfs of A's own, so that /sys/class/net shows A's interfaces; user namespaces may not be allowed one.
if mount -t sysfs -o ro sysfs /mnt/sys 2>/dev/null; then
  mount --rbind /sys/fs/cgroup /mnt/sys/fs/cgroup 2>/dev/null || true
  mount --rbind /mnt/sys /sys
fi

unshare --net sleep infinity &
export LAB_B=$!
until [ "$(readlink "/proc/$LAB_B/ns/net")" != "$(readlink /proc/self/ns/net)" ]; do sleep 0.01; done

a() { "$@"; }
b() { nsenter -t "$LAB_B" -n "$@"; }

ip link set lo up
b ip link set lo up
for name in wlan0 eth0; do
  case $name in wlan0) net=77 ;; eth0) net=66 ;; esac
  ip link add "$name" address "02:00:00:00:$net:10" type veth \
    peer name "$name" address "02:00:00:00:$net:20" netns "$LAB_B"
  for at in a b; do
    $at sysctl -qw "net.ipv6.conf.$name.accept_dad=0" "net.ipv6.conf.$name.accept_ra=0" \
      "net.ipv6.conf.$name.disable_ipv6=0" "net.ipv4.conf.$name.rp_filter=0"
    $at ip link set "$name" up
  done
done
{
  echo address add 192.168.77.10/24 brd + dev wlan0
  echo address add fd77::10/64 dev wlan0 nodad
  echo address add 2001:db8:77::10/64 dev wlan0 nodad
  echo address add 10.66.0.10/24 brd + dev eth0
  echo address add fd66::10/64 dev eth0 nodad
  echo route add default via 192.168.77.20
  echo route add default via 2001:db8:77::20 dev wlan0
} | ip -batch -
{
  for host in 20 21 22 130; do
    echo address add "192.168.77.$host/24" brd + dev wlan0
    echo address add "fd77::$host/64" dev wlan0 nodad
    echo address add "2001:db8:77::$host/64" dev wlan0 nodad
  done
  echo address add 10.66.0.20/24 brd + dev eth0
  echo address add fd66::20/64 dev eth0 nodad
  echo address add 203.0.113.5/32 dev lo
  echo address add 2001:db8:ff::5/128 dev lo nodad
  # A neighbour who knows A's other network sends what is for eth0's address through wlan0.
  echo rule add from 192.168.77.130 to 10.66.0.10 lookup 77
  echo route add 10.66.0.10 via 192.168.77.10 dev wlan0 table 77
} | b ip -batch -
b ip -6 rule add from fd77::130 to fd66::10 lookup 77
b ip -6 route add fd66::10 via fd77::10 dev wlan0 table 77

# Rules that drop ICMPv6, and routes that lead elsewhere, would also hide the neighbours from each other: both sides know
# each other's addresses by heart.
for name in wlan0 eth0; do
  case $name in wlan0) net=77 ;; eth0) net=66 ;; esac
  for host in 20 21 22 130; do
    for prefix in fd$net 2001:db8:$net; do
      echo neigh replace "$prefix::$host" lladdr "02:00:00:00:$net:20" dev "$name"
    done
  done
  echo neigh replace "fe80::ff:fe00:${net}20" lladdr "02:00:00:00:$net:20" dev "$name"
done | ip -batch -
echo neigh replace 192.168.77.10 lladdr 02:00:00:00:77:10 dev wlan0 | b ip -batch -
echo neigh replace 10.66.0.10 lladdr 02:00:00:00:66:10 dev eth0 | b ip -batch -
for name in wlan0 eth0; do
  case $name in wlan0) net=77 ;; eth0) net=66 ;; esac
  for address in "fd$net::10" "2001:db8:$net::10" "fe80::ff:fe00:${net}10" "fd66::10"; do
    echo neigh replace "$address" lladdr "02:00:00:00:$net:10" dev "$name"
  done
done | b ip -batch -

# A rejecting firewall answers every probe: its refusals must not be rationed.
for at in a b; do
  $at sysctl -qw net.ipv4.icmp_ratelimit=0 net.ipv6.icmp.ratelimit=0 net.ipv4.conf.all.rp_filter=0
done

"$@" && status=0 || status=$?
exit "$status"
