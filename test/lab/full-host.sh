#!/bin/bash
# full-host.sh FOLDER "PACKAGE…" COMMAND…   A whole private Debian for tests that need more than ufw: accounts, D-Bus, polkit.
#
# Everything that is written, packages too, goes to memory above this computer's own files and vanishes with COMMAND.
# COMMAND runs there as root, with its own network (loopback only), processes, mounts and host name; FOLDER is /lab.
# Packages are fetched before the network goes.
# FULL_HOST_CGROUPS=yes: with a cgroup of its own that COMMAND may write to, as container programs need.
# Exit 77: it cannot run here; the reason is on standard error.
export PATH="$PATH:/usr/sbin:/sbin"

cannot() {
  echo "the private host cannot run here: $1" >&2
  exit 77
}

if [ -z "$IN_FULL_HOST" ]; then
  [ "$(uname -s)" = Linux ] || cannot 'it needs Linux'
  [ "$(id -u)" = 0 ] || cannot 'it needs root'
  command -v apt-get >/dev/null || cannot 'it needs Debian or Ubuntu (apt-get)'
  unshare --mount --net --pid --fork true 2>/dev/null || cannot 'namespaces are not allowed'
  export IN_FULL_HOST=1
  [ -n "$FULL_HOST_CGROUPS" ] || exec unshare --mount --propagation private "$0" "$@"
  cgroups=/sys/fs/cgroup
  [ ! -d $cgroups/unified ] || cgroups=$cgroups/unified
  # Of one that was killed the groups are still there, and whatever looks through all of them takes longer for it.
  for left in "$cgroups"/private-host-*; do
    [ -d "$left" ] && [ ! -d "/proc/${left##*-}" ] && find "$left" -depth -type d -exec rmdir {} \; 2>/dev/null
  done
  export FULL_HOST_CGROUPS=$cgroups/private-host-$$
  mkdir "$FULL_HOST_CGROUPS" 2>/dev/null || cannot 'no cgroup can be made'
  unshare --mount --propagation private "$0" "$@" && status=0 || status=$?
  # What ran there is gone, but the kernel takes a moment to let go of it.
  for _ in 1 2 3 4 5 6 7 8 9 10; do
    find "$FULL_HOST_CGROUPS" -depth -type d -exec rmdir {} \; 2>/dev/null
    [ -d "$FULL_HOST_CGROUPS" ] || break
    sleep 0.2
  done
  exit "$status"
fi

if [ "$IN_FULL_HOST" = 1 ]; then
  folder=$1 packages=$2
  shift 2
  # The place where the layers lie must not be part of what they are laid over.
  layers=/mnt
  mount -t tmpfs -o size=4g,mode=755 tmpfs $layers || cannot 'memory cannot be mounted'
  mkdir $layers/upper $layers/work $layers/root
  root=$layers/root
  mount -t overlay overlay -o "lowerdir=/,upperdir=$layers/upper,workdir=$layers/work" $root 2>/dev/null ||
    cannot 'overlay file systems are not allowed'
  mount -t proc proc $root/proc
  mount --rbind /dev $root/dev
  mount -t tmpfs tmpfs $root/run
  mount -t tmpfs -o mode=1777 tmpfs $root/tmp
  printf '#!/bin/sh\nexit 101\n' >$root/usr/sbin/policy-rc.d
  chmod 755 $root/usr/sbin/policy-rc.d
  cp -L /etc/resolv.conf $root/etc/resolv.conf 2>/dev/null
  export DEBIAN_FRONTEND=noninteractive LC_ALL=C
  # shellcheck disable=SC2086
  chroot $root apt-get install -qqy --no-install-recommends $packages >$layers/apt.log 2>&1 </dev/null || {
    chroot $root sh -c "apt-get update -qq && apt-get install -qqy --no-install-recommends $packages" \
      >$layers/apt.log 2>&1 </dev/null || cannot "the packages $packages cannot be had: $(tail -n 1 $layers/apt.log)"
  }
  mkdir -p $root/lab
  mount --bind "$folder" $root/lab
  mount -o remount,bind,ro $root/lab
  umount -l $root/dev $root/proc $root/run
  [ -z "$FULL_HOST_CGROUPS" ] || echo $$ >"$FULL_HOST_CGROUPS/cgroup.procs"
  IN_FULL_HOST=2 exec unshare --net --pid --ipc --uts --cgroup --fork --kill-child "$0" $root "$@"
fi

set -e
root=$1
shift
unset IN_FULL_HOST
hostname private-host
mount -t proc proc $root/proc
# /proc/sys is mostly shared with the real computer: only `net`, which is this one's own, may be written.
mount --bind $root/proc/sys $root/proc/sys
mount -o remount,bind,ro $root/proc/sys
mount --bind $root/proc/sys/net $root/proc/sys/net
mount -o remount,bind,rw $root/proc/sys/net
mount -t sysfs -o ro sysfs $root/sys
if [ -n "$FULL_HOST_CGROUPS" ]; then mount -t cgroup2 none $root/sys/fs/cgroup; fi
mount -t tmpfs -o mode=755 tmpfs $root/dev
for name in null zero full random urandom tty; do
  touch $root/dev/$name
  mount --bind /dev/$name $root/dev/$name
done
mkdir $root/dev/pts $root/dev/shm
mount -t devpts -o newinstance,ptmxmode=0666 devpts $root/dev/pts
ln -s pts/ptmx $root/dev/ptmx
ln -s /proc/self/fd $root/dev/fd
mount -t tmpfs -o mode=755 tmpfs $root/run
mkdir -p $root/run/dbus $root/mnt/old
cd $root
pivot_root . mnt/old
umount -l /mnt/old
ip link set lo up
"$@" && status=0 || status=$?
exit "$status"
