#!/bin/sh
# What the tests need of the system, beyond Node and npm. As root on Debian or Ubuntu it is installed; elsewhere a line
# for each group of tests says what is missing, and those tests skip themselves. Nothing is started or stays enabled, and
# a system that has everything is left alone. `--check` only says what is missing.
# Exit: 0, also when something is missing; the tests say so again where it matters.
PATH="$PATH:/usr/sbin:/sbin"
check=$([ "${1:-}" = --check ] && echo yes)

# program, the Debian package that brings it, the group of tests that needs it (quicker: they do without)
needed='
ufw              ufw         lab
nft              nftables    lab
iptables         iptables    lab
iptables-legacy  iptables    lab
ipset            ipset       lab
ip               iproute2    lab
sysctl           procps      lab
unshare          util-linux  lab
/usr/bin/python3 python3     lab
ss               iproute2    gather
netstat          net-tools   gather
setpriv          util-linux  gather
firewalld        firewalld   firewalld
busctl           systemd     firewalld
dbus-daemon      dbus-daemon firewalld
ipset            ipset       firewalld
pkaction         polkitd     firewalld
ansible-playbook ansible     exports
ansible-lint     ansible-lint exports
chromium         chromium    window
chromium-headless-shell chromium-headless-shell quicker
Xvfb             xvfb        window
xauth            xauth       window
cc               gcc         crash
cc               libc6-dev   crash
dpkg-deb         dpkg        package
lintian          lintian     package
appstreamcli     appstream   package
desktop-file-validate desktop-file-utils package
'

has() {
  [ "$1" = chromium ] && [ -n "${CHROMIUM_PATH:-}" ] && set -- "$CHROMIUM_PATH"
  command -v "$1" >/dev/null 2>&1
}

# The packages (or programs) that are not there, for one group or all.
missing() {
  echo "$needed" | while read -r program package group; do
    [ -n "$program" ] || continue
    [ -z "$2" ] || [ "$2" = "$group" ] || continue
    has "$program" || eval "echo \$$1"
  done | sort -u | tr '\n' ' '
}

packages=$(missing package '')
if [ -n "$packages" ] && [ -z "$check" ] && [ "$(id -u)" = 0 ] && has apt-get; then
  echo "installing what the tests need: $packages"
  export DEBIAN_FRONTEND=noninteractive
  log=$(mktemp)
  # Packages start what they bring unless this file forbids it; the tests use the programs alone.
  shield=/usr/sbin/policy-rc.d
  if [ -e "$shield" ]; then shield=''; else printf '#!/bin/sh\nexit 101\n' >"$shield" && chmod 755 "$shield"; fi
  {
    apt-get update -qq
    # One at a time if not all at once: a package that this release lacks must not hold back the others.
    # shellcheck disable=SC2086
    apt-get install -qqy --no-install-recommends $packages ||
      for package in $packages; do apt-get install -qqy --no-install-recommends "$package"; done
  } >"$log" 2>&1 </dev/null || tail -n 5 "$log" >&2
  [ -z "$shield" ] || rm -f "$shield"
  # The package turns it on for the next start: a firewall that nobody asked for.
  case " $packages " in *' firewalld '*) systemctl disable firewalld >/dev/null 2>&1 || : ;; esac
  rm -f "$log"
fi

for group in lab gather firewalld exports window crash package; do
  lacking=$(missing program "$group")
  [ -z "$lacking" ] || echo "missing for the $group tests: $lacking(they will be skipped; Debian packages: $(missing package "$group"))"
done
exit 0
