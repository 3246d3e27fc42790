#!/bin/sh
# Takes away the rules of portcullis-close-ufw.sh again.
# Made by Portcullis from what was seen on laptop at 2026-11-20T18:00:00Z.
#
#   3000/tcp  Development web server
#       Anyone on this network can connect to this.
#   5353/udp  O’Brien’s "thing"
#
# Run:   sudo sh THIS-FILE        It may be run again; the second time changes nothing.
# Check: sudo ufw status verbose  New connections are blocked; those that are open stay open.
# Undo:  sudo sh portcullis-close-ufw.sh
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

# Nothing has changed since: all becomes what it was.
put_back() {
  put_rules "$STATE"
  if [ -e "$STATE/was-off" ]; then ufw --force disable >/dev/null; fi
  rm -rf "$STATE"
  echo "The rules are what they were before the closing."
  exit 0
}

# Otherwise only the rules that the closing made, known by their comment, are taken away.
open_port() {
  deny_half delete "$1" "$2"
  if ! ours "$1" "$2"; then
    echo "$2/$1 has no rule of Portcullis."
    return
  fi
  ufw delete deny in proto "$1" from any to any port "$2" >/dev/null
  ! ours "$1" "$2" || fail "The rule for $2/$1 could not be removed; look at: ufw status numbered"
  echo "The rule for $2/$1 is removed."
}

ours() {
  grep -q "^### tuple ### deny $1 $2 [0:./]* any [0:./]* in comment=506f727463756c6c6973\$" \
    /etc/ufw/user.rules /etc/ufw/user6.rules
}

if as_left; then put_back; fi
[ ! -f "$STATE/left" ] || echo "Other rules have changed since; what the closing replaced is in $STATE." >&2
open_port tcp 3000
open_port udp 5353
