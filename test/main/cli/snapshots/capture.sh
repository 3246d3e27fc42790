#!/bin/bash
# Takes the snapshots beside this file, on the lab's private laptop (test/lab/lab.sh), with real sockets and a real ufw:
#
#   absent.json     no ufw                      off.json     ufw installed, off
#   on.json         ufw on, 22 and 3000 allowed, 8080 from the LAN, 9000 limited, 7000 allowed and used by nothing
#   ordinary.json   the same, seen by an ordinary user
#   firewalld.json  Fedora Workstation's way: firewalld, ufw gone; its zone (1025 to 65535) on Wi-Fi, eth0 in home, one
#                   source trusted; 80/tcp open until the next restart, 9999/tcp after it
#   firewalld-ordinary.json  the same, seen by an ordinary user
#
#   test/lab/lab.sh test/main/cli/snapshots/capture.sh     (as root, after npm run build)
set -e
cd "$(dirname "$0")"
portcullis=../../../../bin/portcullis.cjs
hostname laptop
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

ufw --force disable >/dev/null
mv /etc/ufw /etc/ufw.away
mv /etc/default/ufw /etc/ufw.default
mkdir -p /run/dbus
cat >/run/dbus/lab.conf <<'END'
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>system</type><listen>unix:path=/run/dbus/system_bus_socket</listen><auth>EXTERNAL</auth>
<policy context="default"><allow user="*"/><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>
END
dbus-daemon --config-file=/run/dbus/lab.conf --fork --nopidfile
# As Fedora Workstation has it: /usr/lib/firewalld/zones/FedoraWorkstation.xml.
cat >/etc/firewalld/zones/FedoraWorkstation.xml <<'END'
<?xml version="1.0" encoding="utf-8"?>
<zone>
  <short>Fedora Workstation</short>
  <service name="dhcpv6-client"/>
  <service name="ssh"/>
  <service name="samba-client"/>
  <port protocol="udp" port="1025-65535"/>
  <port protocol="tcp" port="1025-65535"/>
  <forward/>
</zone>
END
sed -i 's/^DefaultZone=.*/DefaultZone=FedoraWorkstation/' /etc/firewalld/firewalld.conf
mkdir -p /var/lib/polkit-1
/usr/lib/polkit-1/polkitd --no-debug >/dev/null 2>&1 &
until pkaction >/dev/null 2>&1; do sleep 0.1; done
firewalld --nofork --nopid 2>/dev/null &
until firewall-cmd --state >/dev/null 2>&1; do sleep 0.1; done
for change in '--permanent --zone=home --add-rich-rule=rule family=ipv4 source address=10.66.0.20 port port=8080 protocol=tcp accept' \
  '--permanent --zone=home --add-interface=eth0' '--permanent --zone=home --remove-service=samba-client' \
  '--permanent --zone=trusted --add-source=192.168.77.21' '--reload' '--zone=home --add-port=80/tcp' \
  '--permanent --zone=home --add-port=9999/tcp'; do
  case $change in
    *rich-rule*) firewall-cmd --permanent --zone=home "--add-rich-rule=${change#*--add-rich-rule=}" >/dev/null ;;
    # shellcheck disable=SC2086
    *) firewall-cmd $change >/dev/null ;;
  esac
done
take firewalld.json
setpriv --reuid=65534 --regid=65534 --clear-groups node "$portcullis" snapshot 2>/dev/null >firewalld-ordinary.json
