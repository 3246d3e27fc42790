"""Applies a whole set of ufw commands in a tenth of a second.

Every command goes through ufw's own parser and backend, which then writes its rule files but does not load them; at the
end one iptables-restore a family loads the result, as ufw itself does. Starting ufw for each command takes twice as long
for every single one, and a reload 2.6 s.
"""

import gettext
import os
import re
import shutil
import subprocess
import sys

gettext.install("ufw")
import ufw.frontend  # noqa: E402  (needs gettext's `_` to be installed)
from ufw.common import UFWError  # noqa: E402

CONF = "/etc/ufw/ufw.conf"
DEFAULTS = "/etc/default/ufw"


def substitute(path, pattern, replacement):
    with open(path) as file:
        text = file.read()
    with open(path, "w") as file:
        file.write(re.sub(pattern, replacement, text))


def shell(*argv):
    done = subprocess.run(argv, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(argv)}: {done.stdout}{done.stderr}")


class UfwBatch:
    def __init__(self):
        self.standing = None
        self.capabilities = None

    def pristine(self):
        for name in ("user.rules", "user6.rules"):
            shutil.copy(f"/usr/share/ufw/iptables/{name}", f"/etc/ufw/{name}")
            os.chmod(f"/etc/ufw/{name}", 0o640)

    def enable(self, inbound, ipv6):
        """Turn ufw on with these defaults and no rules."""
        shell("ufw", "disable")
        shell("/lib/ufw/ufw-init", "flush-all")
        self.pristine()
        substitute(DEFAULTS, r"(?m)^IPV6=.*", f"IPV6={'yes' if ipv6 else 'no'}")
        shell("ufw", "default", inbound)
        shell("ufw", "--force", "enable")

    def apply(self, commands, inbound, ipv6):
        """ufw on with exactly these rules. What ufw said to each command."""
        if self.standing != (inbound, ipv6):
            self.enable(inbound, ipv6)
            self.standing = (inbound, ipv6)
        self.pristine()
        substitute(CONF, r"ENABLED=\w+", "ENABLED=no")
        try:
            # ufw prints warnings; standard output carries the replies of the worker.
            printed, sys.stdout = sys.stdout, sys.stderr
            frontend = self.frontend()
            said = [self.one(frontend, command) for command in commands]
        finally:
            sys.stdout = printed
            substitute(CONF, r"ENABLED=\w+", "ENABLED=yes")
        for program, name in (("iptables-restore", "user.rules"), ("ip6tables-restore", "user6.rules")):
            if program == "ip6tables-restore" and not ipv6:
                continue
            with open(f"/etc/ufw/{name}") as rules:
                done = subprocess.run([program, "-n"], stdin=rules, capture_output=True, text=True)
            if done.returncode:
                raise RuntimeError(f"{program}: {done.stderr}")
        return said

    def frontend(self):
        frontend = ufw.frontend.UFWFrontend(False)
        if self.capabilities is None:  # ufw tries the kernel out, which takes longer than all the rest
            frontend.backend.initcaps()
            self.capabilities = frontend.backend.caps
        frontend.backend.caps = self.capabilities
        frontend.backend.do_checks = False
        return frontend

    def one(self, frontend, command):
        try:
            parsed = ufw.frontend.parse_command(["ufw", *command])
            rule, kind = parsed.data["rule"], parsed.data["iptype"]
            return frontend.do_action(parsed.action, rule, kind, parsed.force)
        except (UFWError, ValueError, SystemExit) as error:
            return f"ERROR: {getattr(error, 'value', error)}"
