"""Runs as root inside the private Debian of full-host.sh and starts a computer there, again and again on the same disk,
with systemd as its first process (booted-host.sh). One JSON request a line, one reply a line:

{"boot": [[address, port], …]}             -> {"state", "knocks"}   start it; a neighbour knocks there all the while
{"run": […]}                               -> {"exit", "stdout", "stderr"}   as root
{"disk": "…"}                              -> the same: a shell's line, with its disk while it is off
{"reboot": true}                           -> how it ended: systemd's own way, down to where the next `boot` begins
{"cut": true}                              -> null   the power goes: SIGKILL for its first process, if it runs
{"knock": [[address, port], …]}            -> ["open" | "refused" | "filtered", …]

It ends when its standard input does, and all that it started with it.
"""

import json
import os
import signal
import subprocess
import sys
import time

SECONDS = 120
ENVIRONMENT = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C", "HOME": "/root"}
# The first process makes the one for cgroups itself.
NAMESPACES = ["--mount", "--net", "--pid", "--ipc", "--uts"]
NEIGHBOUR = ["nsenter", "--net=/run/netns/neighbour"]

# What this disk's own system starts is left out; what makes a small computer is put in its place.
DISK = """set -e
cd /etc/systemd/system
rm -rf ./*.wants ./*.requires
# These are the real computer's, seen from every namespace.
for unit in sys-kernel-config sys-kernel-debug sys-kernel-tracing sys-fs-fuse-connections dev-hugepages; do
  ln -sf /dev/null $unit.mount
done
ln -sf /dev/null systemd-firstboot.service
mkdir -p /var/log/journal /etc/systemd/network
cat >/etc/systemd/network/wlan0.network <<'END'
[Match]
Name=wlan0
[Network]
Address=192.168.77.10/24
Address=fd77::10/64
LinkLocalAddressing=no
IPv6AcceptRA=no
END
cat >/usr/local/sbin/doors <<'END'
#!/usr/bin/python3
import os, select, socket, sys
doors = []
for port in map(int, sys.argv[1:]):
    for family, address in ((socket.AF_INET, "0.0.0.0"), (socket.AF_INET6, "::")):
        one = socket.socket(family)
        if family == socket.AF_INET6:
            one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        one.bind((address, port))
        one.listen(512)
        doors.append(one)
if os.fork():
    os._exit(0)
while True:
    for one in select.select(doors, [], [])[0]:
        one.accept()[0].close()
END
chmod 755 /usr/local/sbin/doors
# It listens before there is a network, so that nothing but the rules can hold a packet off.
cat >doors.service <<'END'
[Unit]
DefaultDependencies=no
Before=network-pre.target shutdown.target
Conflicts=shutdown.target
[Service]
Type=forking
ExecStart=/usr/local/sbin/doors 3000 3001 8080
[Install]
WantedBy=sysinit.target
END
systemctl --quiet set-default multi-user.target
# As Debian's packages leave them: ufw's unit is always on, and does nothing while ufw is off.
systemctl --quiet enable doors systemd-networkd ufw 2>/dev/null
ip netns add neighbour
ip -n neighbour link set lo up
"""


class Computer:
    """One that runs, from its start to its end."""

    def __init__(self):
        subprocess.run(["ip", "-n", "neighbour", "link", "delete", "wlan0"], capture_output=True)
        self.errors = open("/tmp/booted-host.errors", "w+")
        self.unshare = subprocess.Popen(
            ["unshare", *NAMESPACES, "--fork", "--kill-child", "--propagation", "private", "/lab/booted-host.sh"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=self.errors,
            env=ENVIRONMENT,
            text=True,
        )
        self.first = self.unshare.stdout.readline().strip()

    def enter(self, argv):
        return ["nsenter", f"--target={self.first}", *NAMESPACES, "--cgroup", *argv]

    def came_up(self):
        """How systemd says that it is, when all that starts with it has started."""
        until = time.monotonic() + SECONDS
        while self.first and self.unshare.poll() is None and time.monotonic() < until:
            said = run(self.enter(["systemctl", "is-system-running", "--wait"]))["stdout"].strip()
            if said in ("running", "degraded"):
                return said
            time.sleep(0.05)
        self.errors.seek(0)
        raise RuntimeError(f"systemd does not come up: {self.errors.read().strip() or self.unshare.poll()}")

    def on_network(self):
        """Wait until its card has both addresses: systemd counts as running before networkd has given it any."""
        until = time.monotonic() + SECONDS
        while time.monotonic() < until:
            said = run(self.enter(["ip", "-j", "address", "show", "dev", "wlan0", "scope", "global"]))["stdout"]
            addresses = [one for link in json.loads(said or "[]") for one in link.get("addr_info", [])]
            if len([one for one in addresses if not one.get("tentative")]) == 2:
                return
            time.sleep(0.05)
        raise RuntimeError(f"networkd does not set its card up: {said.strip()}")

    def cut(self):
        if self.unshare.poll() is None:
            os.kill(int(self.first), signal.SIGKILL)
            self.unshare.wait()

    def ended(self):
        return signal.Signals(-self.unshare.wait(SECONDS)).name


def run(argv):
    done = subprocess.run(
        argv, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace", env=ENVIRONMENT, timeout=SECONDS
    )
    return {"exit": done.returncode, "stdout": done.stdout, "stderr": done.stderr}


def knocking(doors):
    words = [str(word) for door in doors for word in door]
    argv = [*NEIGHBOUR, sys.executable, "/lab/knock.py", *words]
    return subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def knock(doors):
    knocks = knocking(doors)
    time.sleep(0.2)
    for count in json.loads(knocks.communicate()[0]):
        yield "open" if count["opened"] else "refused" if count["refused"] else "filtered"


def boot(doors):
    knocks = knocking(doors)
    computer = Computer()
    try:
        state = computer.came_up()
        computer.on_network()
        # Long enough for a few knocks that the card lets in.
        time.sleep(0.2 if doors else 0)
    finally:
        counts = json.loads(knocks.communicate()[0])
    return computer, {"state": state, "knocks": counts}


def main():
    computer = None
    try:
        said = run(["bash", "-c", DISK])
        if said["exit"] != 0:
            raise RuntimeError(said["stderr"])
        computer, _ = boot([])
        computer.cut()
    except Exception as error:
        print(f"no computer can be started here: {error}", file=sys.stderr)
        sys.exit(77)
    print(json.dumps({"value": "ready"}), flush=True)
    for line in sys.stdin:
        try:
            (verb, asked), *_ = json.loads(line).items()
            value = None
            if verb == "boot":
                computer, value = boot(asked)
            elif verb == "run":
                value = run(computer.enter(asked))
            elif verb == "disk":
                value = run(["bash", "-ec", asked])
            elif verb == "reboot":
                run(computer.enter(["systemctl", "reboot"]))
                value = computer.ended()
            elif verb == "cut":
                computer.cut()
            elif verb == "knock":
                value = list(knock(asked))
            else:
                raise ValueError(f"unknown request {verb}")
            reply = {"value": value}
        except Exception as error:  # the test shows it and goes on
            reply = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(reply), flush=True)


main()
