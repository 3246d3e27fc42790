"""Runs on machine A inside the lab and does what the harness asks: one JSON request a line, one JSON reply a line.

{"run": {"argv": […], "on": "A"|"B", "input": "…", "seconds": 60}}  -> {"exit", "stdout", "stderr", "ms"}
{"start": {"argv": […], "on": "A"}}                                  -> {"name"}      a program that keeps running
{"stop": {"name", "signal": 15}}                                     -> {"exit", "stdout", "stderr"}
{"ufw": {"commands": [[…]], "inbound": "deny", "ipv6": true}}        -> {"said": […]} a whole rule set at once
{"listen": [["tcp", "0.0.0.0", 80], ["tcp", "::", 80, {"dual": true, "device": "wlan0"}]]}
{"listen_in": {"place": "c1", "sockets": […]}}  in a namespace of `ip netns`
{"join": [["224.0.0.251", 5353, "wlan0"]]}
{"probe": {"probes": […], "wait": 0.1, "at": "c1"}}                  -> ["open" | "refused" | "unreachable" | "filtered"]
{"connect": {"probe", "wait"}} -> name or null, {"talk": {"name", "wait"}} -> bool   a TCP session that lives on
{"forget": true}                                                     drop every tracked connection and every `recent` entry
{"read": ["/etc/ufw/user.rules"]}                                    -> [text or null]
"""

import glob
import json
import os
import resource
import socket
import struct
import subprocess
import sys
import time

from prober import Listeners, Prober, in_namespace
from ufw_batch import UfwBatch

NETLINK_NETFILTER = 12
B = os.environ["LAB_B"]
ENVIRONMENT = {**os.environ, "LC_ALL": "C"}
ENVIRONMENT.pop("LANGUAGE", None)
ENVIRONMENT.pop("IN_LAB", None)


def on(machine, argv):
    return ["nsenter", "-t", B, "-n", *argv] if machine == "B" else argv


class Worker:
    def __init__(self):
        self.listeners = Listeners()
        self.prober = Prober(self.listeners)
        self.batch = UfwBatch()
        self.started = {}

    def run(self, argv, on_machine="A", given=None, seconds=60):
        started = time.monotonic()
        try:
            done = subprocess.run(
                on(on_machine, argv),
                input=given,
                stdin=subprocess.DEVNULL if given is None else None,
                capture_output=True,
                text=True,
                errors="replace",
                env=ENVIRONMENT,
                timeout=seconds,
            )
        except FileNotFoundError as error:
            return {"exit": None, "stdout": "", "stderr": str(error), "ms": 0}
        ms = round((time.monotonic() - started) * 1000)
        return {"exit": done.returncode, "stdout": done.stdout, "stderr": done.stderr, "ms": ms}

    def start(self, argv, on_machine="A"):
        name = str(len(self.started))
        with open(f"/mnt/state/{name}.out", "w") as out, open(f"/mnt/state/{name}.err", "w") as err:
            self.started[name] = subprocess.Popen(
                on(on_machine, argv), stdin=subprocess.DEVNULL, stdout=out, stderr=err, env=ENVIRONMENT
            )
        return {"name": name, "pid": self.started[name].pid}

    def stop(self, name, signal=15):
        process = self.started[name]
        process.send_signal(signal)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        texts = [self.text(f"/mnt/state/{name}.{kind}") for kind in ("out", "err")]
        return {"exit": process.returncode, "stdout": texts[0], "stderr": texts[1]}

    def text(self, path):
        try:
            with open(path, errors="replace") as file:
                return file.read()
        except OSError:
            return None

    def forget(self):
        if os.environ["LAB_USER_NAMESPACE"] == "0":  # the files belong to the real root, whoever is root here
            for table in glob.glob("/proc/net/xt_recent/*"):
                with open(table, "w") as file:
                    file.write("/\n")
        for machine in (os.getpid(), int(B)):
            in_namespace(machine, forget_connections)

    def handle(self, request):
        (verb, asked), *_ = request.items()
        match verb:
            case "run":
                return self.run(asked["argv"], asked.get("on", "A"), asked.get("input"), asked.get("seconds", 60))
            case "start":
                return self.start(asked["argv"], asked.get("on", "A"))
            case "stop":
                return self.stop(asked["name"], asked.get("signal", 15))
            case "ufw":
                return {"said": self.batch.apply(asked["commands"], asked["inbound"], asked["ipv6"])}
            case "listen":
                return self.listeners.open(asked)
            case "listen_in":
                place = asked["place"]
                return in_namespace(place, lambda: self.listeners.open(asked["sockets"], place))
            case "join":
                return [self.listeners.join(*group) for group in asked]
            case "probe":
                place = asked.get("at", B)
                return in_namespace(place, lambda: self.prober.probe(asked["probes"], asked["wait"]))
            case "connect":
                return in_namespace(B, lambda: self.prober.connect(asked["probe"], asked["wait"]))
            case "talk":
                return self.prober.talk(asked["name"], asked["wait"])
            case "forget":
                return self.forget()
            case "read":
                return [self.text(path) for path in asked]
        raise ValueError(f"unknown request {verb}")


def forget_connections():
    """Empty this namespace's connection table: IPCTNL_MSG_CT_DELETE without a filter (what `conntrack -F` sends)."""
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, NETLINK_NETFILTER) as netlink:
        request, acknowledge = 1, 4
        message = struct.pack("=IHHII", 20, (1 << 8) | 2, request | acknowledge, 1, 0) + bytes(4)
        netlink.send(message)
        error = struct.unpack_from("=i", netlink.recv(4096), 16)[0]
        if error:
            raise OSError(-error, "cannot empty the connection table")


def main():
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    worker = Worker()
    print(json.dumps({"ready": int(B)}), flush=True)
    for line in sys.stdin:
        try:
            reply = {"value": worker.handle(json.loads(line))}
        except Exception as error:  # the harness shows it and goes on
            reply = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(reply), flush=True)


main()
