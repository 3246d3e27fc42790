#!/bin/sh
# Closes ports with ufw, on IPv4 and IPv6.
# Made by Portcullis from what was seen on laptop at 2026-11-20T18:00:00Z.
#
#   3000/tcp  Development web server
#       Anyone on this network can connect to this.
#   5353/udp  O’Brien’s "thing"
#
# Run:   sudo sh THIS-FILE        It may be run again; the second time changes nothing.
# Check: sudo ufw status verbose  New connections are blocked; those that are open stay open.
# Undo:  sudo sh portcullis-undo-ufw.sh
# Not expressed here:
#   - Rules of other programs (Docker, hand-made iptables or nftables rules) come before ufw’s and are not changed: ports that a container publishes or another rule redirects are not closed.
#   - Rules that the closing replaces are put back by the undo script only where no other rule was changed since; otherwise they lie in /var/lib/portcullis-export.
set -eu
LC_ALL=C
PATH=/usr/sbin:/usr/bin:/sbin:/bin
export LC_ALL PATH

fail() {
  echo "$1" >&2
  exit 1
}

[ "$(id -u)" = 0 ] || fail "Run this as root: sudo sh $0"
command -v ufw >/dev/null || fail "ufw is not installed: apt install ufw"

# first PROTOCOL PORT: is a deny for everybody the first rule of each family that ufw uses?
first() {
  for file in /etc/ufw/user.rules /etc/ufw/user6.rules; do
    [ "$file" = /etc/ufw/user.rules ] || grep -q "^IPV6=[\"]\{0,1\}yes" /etc/default/ufw || continue
    grep "^### tuple ###" "$file" | awk -v want="$1 $2" -v port="$2" '
      { rule = $5 " " $6; }
      $6 ~ /^[0-9]+$/ && $6 != port { next }
      rule == want && $4 == "deny" && $7 ~ /\/0$/ && $8 == "any" && $9 ~ /\/0$/ && $10 == "in" { found = 1; exit }
      $4 !~ /^deny/ && $4 !~ /^route:/ { exit }
      END { exit !found }' || return 1
  done
}

# What was there before the first run, and what the last run left; both for the undo.
STATE=/var/lib/portcullis-export
umask 077

as_left() {
  [ -f "$STATE/left" ] && (cd /etc/ufw && sha256sum --status -c "$STATE/left")
}

# deny_half add|delete PROTOCOL PORT: two halves of all addresses, which stand in while rules are exchanged.
deny_half() {
  halves="0.0.0.0/1 128.0.0.0/1"
  if grep -q "^IPV6=[\"]\{0,1\}yes" /etc/default/ufw; then halves="$halves ::/1 8000::/1"; fi
  for half in $halves; do
    if [ "$1" = add ]; then
      ufw prepend deny in proto "$2" from "$half" to any port "$3" >/dev/null
    else
      ufw delete deny in proto "$2" from "$half" to any port "$3" >/dev/null 2>&1 || true
    fi
  done
}

# put_rules FOLDER: the rules become byte for byte those in the folder.
put_rules() {
  for name in user.rules user6.rules; do
    cp -p "$1/$name" "/etc/ufw/$name.new"
    mv "/etc/ufw/$name.new" "/etc/ufw/$name"
  done
  if grep -q "^ENABLED=yes" /etc/ufw/ufw.conf; then
    iptables-restore -n </etc/ufw/user.rules
    if grep -q "^IPV6=[\"]\{0,1\}yes" /etc/default/ufw; then ip6tables-restore -n </etc/ufw/user6.rules; fi
  fi
}

# What holds half of the rules may hold the wrong half.
leave() {
  if [ -n "${putting:-}" ]; then
    put_rules "$STATE/before"
    echo "This was ended midway: the rules are what they were before." >&2 || true
  fi
  (cd /etc/ufw && sha256sum user.rules user6.rules) >"$STATE/left"
}

remember() {
  [ -z "${remembered:-}" ] || return 0
  remembered=yes
  if ! as_left; then
    rm -rf "$STATE"
    mkdir -p "$STATE"
    cp -p /etc/ufw/user.rules /etc/ufw/user6.rules "$STATE/"
  fi
  trap leave EXIT
  trap "exit 1" INT TERM
}

# Is there a rule of exactly this port that may hold it closed?
held() {
  grep -Eq "^### tuple ### (deny|reject)[a-z_-]* $1 $2 [0:./]+ any [0:./]+ in( |\$)" /etc/ufw/user.rules /etc/ufw/user6.rules
}

# ufw skips a rule that differs only in its action from one that is there, so that one goes first.
close_port() {
  if first "$1" "$2"; then
    echo "$2/$1 is closed already."
    return
  fi
  remember
  cover=$(held "$1" "$2" && echo yes || true)
  [ -z "$cover" ] || deny_half add "$1" "$2"
  for action in allow deny reject limit; do
    for log in "" log log-all; do
      # shellcheck disable=SC2086 # no log is no word
      ufw delete "$action" in $log proto "$1" from any to any port "$2" >/dev/null 2>&1 || true
    done
  done
  ufw prepend deny in proto "$1" from any to any port "$2" comment Portcullis >/dev/null
  first "$1" "$2" || fail "$2/$1 could not be closed; look at: ufw status numbered"
  [ -z "$cover" ] || deny_half delete "$1" "$2"
  echo "$2/$1 is closed."
}

close_port tcp 3000
close_port udp 5353

if ! grep -q "^ENABLED=yes" /etc/ufw/ufw.conf; then
  echo "ufw is off: the rules are stored and hold once it is on. Allow what you need (for example: ufw allow ssh), then: ufw enable" >&2
fi
