"""One run of the helper on machine A, with a fault in it, and what becomes of it. JSON in, JSON out; see points.c.

{"keep": NAME, "reload": [argv…]}       keep files, rules and journal as they are now, by that name; `reload`: what makes a
                                        firewall load its files, where its rules may not be loaded past it
{"start": NAME, "helper": [argv…], "verb": [words…], "input": "…", "word": "confirm", "fault": 2, "at": 17,
 "recovery": [[words, input], …]}       from what was kept: the helper, the fault, what is done afterwards
    -> {"hit", "killed", "seconds", "points", "starts", "said", "then", "left", "ended", "guarded"}
{"look": true}                          what there is now: files, rules, journal
"""

import glob
import hashlib
import json
import mmap
import os
import re
import shutil
import signal
import struct
import subprocess
import sys
import time

CONTROL = "/mnt/crash/control"
FOLDERS = ["/etc/ufw", "/etc/portcullis", "/etc/firewalld", "/var/lib/portcullis"]
FILES = ["/etc/default/ufw"]
RULES = {
    "ipv4": ["iptables-save"],
    "ipv6": ["ip6tables-save"],
    "inet": ["nft", "-s", "list", "ruleset", "inet"],
}
KINDS = ["other", "makes", "writes", "syncs", "rules", "starts"]
LOGGED = 2000
POINT = struct.Struct("=II16s104s")
HEAD = struct.Struct("=7I")
# No rules, and nobody gets in.
NOBODY = """flush ruleset
table inet nobody { chain door { type filter hook prerouting priority -500; policy drop; }; }
"""
# Longer than any limit that a program has.
LIMIT = 150


class Control:
    """The page that points.so looks at."""

    def __init__(self):
        with open(CONTROL, "r+b") as file:
            self.page = mmap.mmap(file.fileno(), 0)

    def arm(self, fault, at):
        self.page[:] = bytes(len(self.page))
        HEAD.pack_into(self.page, 0, 1, fault, at, 0, 0, 0, 0)

    def disarm(self):
        struct.pack_into("=I", self.page, 0, 0)

    def read(self):
        _, _, _, helper, changes, starts, hit = HEAD.unpack_from(self.page, 0)
        return helper, changes, starts, hit == 1

    def log(self, which, count):
        first = HEAD.size + which * LOGGED * POINT.size
        text = lambda raw: raw.split(b"\0", 1)[0].decode(errors="replace")
        for at in range(1, min(count + 1, LOGGED)):
            pid, kind, call, what = POINT.unpack_from(self.page, first + at * POINT.size)
            yield {"at": at, "pid": pid, "kind": KINDS[kind], "call": text(call), "what": text(what)}


def output(argv, **options):
    return subprocess.run(argv, capture_output=True, text=True, check=True, **options).stdout


def rules():
    running = {name: subprocess.Popen(argv, stdout=subprocess.PIPE, text=True) for name, argv in RULES.items()}
    return {name: program.communicate()[0] for name, program in running.items()}


def plain(name, text):
    """Without counters, dates, and tables of iptables that hold nothing."""
    lines = [line.split(" [")[0] if line.startswith(":") else line for line in text.split("\n")]
    if name == "inet":
        return "\n".join(lines)
    table, kept = "", []
    for line in lines:
        table = line if line.startswith("*") else table
        if line.startswith("-A ") or (line.startswith(":") and not line.endswith(" ACCEPT")):
            kept.append(f"{table} {line}")
    return "\n".join(sorted(kept))


def files():
    found = {}
    for top in [*FOLDERS[:-1], *FILES]:
        for path in {top, *glob.glob(f"{top}/**/*", recursive=True, include_hidden=True)}:
            try:
                stat = os.lstat(path)
            except FileNotFoundError:
                continue
            if os.path.isfile(path):
                with open(path, "rb") as file:
                    data = file.read()
                found[path] = [oct(stat.st_mode), stat.st_uid, stat.st_gid, hashlib.sha256(data).hexdigest()]
            else:
                found[path] = [oct(stat.st_mode), stat.st_uid, stat.st_gid, ""]
    return found


def settings():
    with open("/etc/ufw/sysctl.conf") as file:
        keys = [line.split("=")[0].strip() for line in file if line.startswith("net")]
    found = {}
    for key in keys:
        try:
            with open(f"/proc/sys/{key.replace('.', '/')}") as file:
                found[key] = file.read().strip()
        except OSError:
            pass
    return found


def lines():
    """What the firewalls' own files say, line by line."""
    found = []
    zones = glob.glob("/etc/firewalld/zones/*")
    for path in ["/etc/ufw/user.rules", "/etc/ufw/user6.rules", "/etc/portcullis/table.nft", *zones]:
        try:
            with open(path, errors="replace") as file:
                found += [f"{path}: {line.strip()}" for line in file if line.strip()]
        except FileNotFoundError:
            pass
    return sorted(set(found))


def store():
    """The journal's events without their plans, and everything else that lies in the store."""
    events = []
    try:
        with open("/var/lib/portcullis/journal.jsonl", errors="replace") as file:
            for line in file:
                try:
                    events.append({k: v for k, v in json.loads(line).items() if k in ("event", "id", "state", "note")})
                except ValueError:
                    pass
    except FileNotFoundError:
        pass
    return {"events": events, "files": sorted(glob.glob("/var/lib/portcullis/**/*", recursive=True, include_hidden=True))}


def look():
    return {
        "files": files(),
        "rules": {name: plain(name, text) for name, text in rules().items()},
        "lines": lines(),
        "settings": settings(),
        "store": store(),
    }


def keep(name, reload):
    base = f"/mnt/kept/{name}"
    shutil.rmtree(base, ignore_errors=True)
    os.makedirs(base)
    for path in [*FOLDERS, *FILES]:
        if os.path.exists(path):
            os.makedirs(os.path.dirname(base + path), exist_ok=True)
            subprocess.run(["cp", "-a", path, base + path], check=True)
    kept = {"rules": rules(), "settings": settings(), "reload": reload}
    load(kept)
    with open(f"{base}/kept.json", "w") as file:
        json.dump({**kept, "raw": raw()}, file)


def raw():
    """Rules in their order, as a plan's digest sees them."""
    listed = output(["nft", "-j", "list", "ruleset"])
    return re.sub(r'"(handle|packets|bytes)": *[0-9]+', "", listed)


def load(kept):
    if kept.get("reload") is not None:
        output(kept["reload"])
        return
    # A knock that got in meanwhile would leave a connection in the kernel's memory, by which a later one got in as well.
    output(["nft", "-f", "-"], input=NOBODY)
    output(["iptables-restore"], input=kept["rules"]["ipv4"])
    output(["ip6tables-restore"], input=kept["rules"]["ipv6"])
    output(["nft", "-f", "-"], input=kept["rules"]["inet"])
    output(["nft", "delete", "table", "inet", "nobody"])


def start_from(name):
    """Files always; rules only where they differ, all of them anew."""
    base = f"/mnt/kept/{name}"
    for path in FOLDERS:
        shutil.rmtree(path, ignore_errors=True)
    for path in [*FOLDERS, *FILES]:
        if os.path.exists(base + path):
            subprocess.run(["cp", "-a", base + path, path], check=True)
    with open(f"{base}/kept.json") as file:
        kept = json.load(file)
    # What a firewall has in mind beside its rules is not seen from here.
    if kept.get("reload") is not None or kept["raw"] != raw():
        load(kept)
    now = settings()
    for key, value in kept["settings"].items():
        if now.get(key) != value:
            with open(f"/proc/sys/{key.replace('.', '/')}", "w") as file:
                file.write(value)


def last_line(text):
    lines = [line for line in text.strip().split("\n") if line.startswith("{")]
    said = json.loads(lines[-1]) if lines else None
    return None if said is None or said["type"] in ("progress", "waiting") else brief(said)


def brief(said):
    value = said.get("value") or {}
    return {
        "type": said["type"],
        "problem": said.get("problem"),
        "state": (value.get("change") or {}).get("state"),
        "verified": value.get("verified"),
        "count": said.get("count"),
    }


def helper(asked, words, given, control=None, word=None):
    """Run it to its end. Gives what it said last (null: nothing, it was killed), and how many points there were when it
    began to look whether all is well, for a change that waits."""
    child = subprocess.Popen(
        [*asked["helper"], *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    signal.signal(signal.SIGALRM, lambda *_: child.kill())
    signal.alarm(LIMIT)
    verified_at = None
    lines = []
    try:
        child.stdin.write(f"{given}\n")
        child.stdin.flush()
        if word is None:
            child.stdin.close()
    except BrokenPipeError:
        # It ended before it was spoken to; what it said is read all the same.
        pass
    try:
        for line in child.stdout:
            lines.append(line)
            if control is not None and '"phase":"verify"' in line and verified_at is None:
                verified_at = control.read()[1:3]
            if word is not None and line.startswith('{"type":"waiting"'):
                child.stdin.write(f"{word}\n")
                child.stdin.flush()
    except BrokenPipeError:
        pass
    killed = child.wait() == -signal.SIGKILL
    left = signal.alarm(0)
    # What it started may hold its pipes still.
    errors = "" if killed else child.stderr.read()
    return {"said": last_line("".join(lines)), "errors": errors, "exit": child.returncode, "killed": killed, "late": left == 0}, verified_at


def guards():
    """Processes that would put a waiting change back later."""
    found = subprocess.run(["pgrep", "-f", r"helper\S*\.cjs recover \d"], capture_output=True, text=True).stdout
    return [int(pid) for pid in found.split()]


def opened(begun):
    """Connections that were begun since: those from before it may have met the rules while they were loaded anew."""
    try:
        with open("/mnt/state/opened") as file:
            knocks = [line.split() for line in file]
            return [[float(since) - begun, where, int(port)] for since, where, port in knocks if float(since) > begun]
    except FileNotFoundError:
        return []


def run(asked):
    start_from(asked["start"])
    begun = time.monotonic()
    control = Control()
    control.arm(asked["fault"], asked["at"])
    told, verified_at = helper(asked, asked["verb"], asked["input"], control, asked.get("word"))
    control.disarm()
    standing_by = guards()
    for pid in standing_by:
        os.kill(pid, signal.SIGKILL)
    _, changes, starts, hit = control.read()
    reached = asked["at"]
    points = list(control.log(0, changes))
    began = list(control.log(1, starts))
    mine = began if asked["fault"] in (4, 5) else points
    at_point = mine[reached - 1] if hit and 0 < reached <= len(mine) else None
    left = None if told["killed"] or told["said"] is None else look()
    then = []
    for words, given in asked["recovery"]:
        while True:
            again, _ = helper(asked, words, given)
            if (again["said"] or {}).get("problem") is None or again["said"]["problem"]["code"] != "busy":
                break
            time.sleep(0.1)
        then.append(again)
    return {
        "hit": hit,
        "point": at_point,
        "told": told,
        "then": then,
        "left": left,
        "ended": look(),
        "guarded": len(standing_by),
        "opened": opened(begun),
        "verifiedAt": verified_at,
        "seconds": time.monotonic() - begun,
        "counts": [changes, starts],
        **({"points": points, "starts": began} if asked["at"] == 0 else {}),
    }


def main():
    asked = json.load(sys.stdin)
    if "keep" in asked:
        keep(asked["keep"], asked.get("reload"))
        print(json.dumps(look()))
    elif "look" in asked:
        print(json.dumps(look()))
    else:
        print(json.dumps(run(asked)))


main()
