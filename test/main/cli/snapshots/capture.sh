#!/bin/bash
# Takes the snapshots beside this file, on the lab's private laptop (test/lab/lab.sh), with real sockets and a real ufw:
#
#   absent.json     no ufw                      off.json     ufw installed, off
#   on.json         ufw on, 22 and 3000 allowed, 8080 from the LAN, 9000 limited, 7000 allowed and used by nothing
#   ordinary.json   the same, seen by an ordinary user
#
#   test/lab/lab.sh test/main/cli/snapshots/capture.sh     (as root, after npm run build)
set -e
cd "$(dirname "$0")"
portcullis=../../../../bin/portcullis.cjs
hostname laptop
# Without a name server, so that Python does not wait for one before it listens.
: >/etc/resolv.conf
mkdir -p /mnt/web
serve() { (cd /mnt/web && exec /usr/bin/python3 -m http.server "$@" >/dev/null 2>&1) & }
serve 3000 --bind 0.0.0.0
serve 8000 --bind 127.0.0.1
serve 8080 --bind ::
serve 9000 --bind 192.168.77.10
sleep 1
XDG_STATE_HOME=$(mktemp -d)
export XDG_STATE_HOME
take() { node "$portcullis" snapshot --out "$1" 2>/dev/null; chmod 644 "$1"; }

take off.json
mv /etc/ufw /etc/ufw.away
mv /etc/default/ufw /etc/ufw.default
take absent.json
mv /etc/ufw.away /etc/ufw
mv /etc/ufw.default /etc/default/ufw
for rule in 'allow 22/tcp' 'allow 3000/tcp' 'allow from 192.168.77.0/24 to any port 8080 proto tcp' 'limit 9000/tcp' 'allow 7000/tcp'; do
  # shellcheck disable=SC2086
  ufw $rule >/dev/null
done
ufw --force enable >/dev/null
take on.json
rm -f ordinary.json
setpriv --reuid=65534 --regid=65534 --clear-groups node "$portcullis" snapshot 2>/dev/null >ordinary.json
