"""Runs as root inside the private host of full-host.sh and does what the test asks: one JSON request a line, one reply a line.

{"run": {"argv": […], "as": "tester"|null, "input": "…"}}  -> {"exit", "stdout", "stderr"}   no terminal, no agent
{"terminal": {"argv": […], "type": ["password\\n", …]}}     -> {"exit", "stdout", "stderr", "screen"}
    as `tester` on a terminal of its own; each text is typed when something asks for a password
{"agent": {"argv": […], "password": "…" | null}}           -> {"exit", "stdout", "stderr", "screen"}
    as `tester` without a terminal, with a polkit agent for it that answers; null: the agent goes away when asked
{"read": [path]}                                           -> [text or null]

`tester` (password `lab-password`) is an administrator by Debian's rule: a member of the group sudo. With FULL_HOST_SESSION
in the environment what runs as `tester` is in an active session at this computer: the group of processes and the files are
as systemd-logind makes them, and polkit reads them as it reads real ones.
"""

import json
import os
import pty
import pwd
import select
import signal
import subprocess
import sys
import termios
import threading
import time

SECONDS = 60
SESSION = os.environ.get("FULL_HOST_SESSION")
ROOT_ENVIRONMENT = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C", "HOME": "/root"}


def quiet(*argv):
    subprocess.run(argv, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def set_up():
    quiet("useradd", "--create-home", "--shell", "/bin/bash", "--groups", "sudo", "tester")
    quiet("useradd", "--create-home", "--shell", "/bin/bash", "other")
    subprocess.run(["chpasswd"], input="tester:lab-password\n", text=True, check=True)
    account = pwd.getpwnam("tester")
    os.makedirs(f"/run/user/{account.pw_uid}", exist_ok=True)
    os.chmod("/run/user", 0o755)
    os.chown(f"/run/user/{account.pw_uid}", account.pw_uid, account.pw_gid)
    os.chmod(f"/run/user/{account.pw_uid}", 0o700)
    if SESSION:
        log_in(account)
    # A network of its own, so that there is somebody who could reach a port.
    quiet("ip", "link", "add", "wlan0", "type", "veth", "peer", "name", "peer0")
    quiet("ip", "link", "set", "wlan0", "up")
    quiet("ip", "link", "set", "peer0", "up")
    quiet("ip", "address", "add", "192.168.77.10/24", "dev", "wlan0")
    quiet("dbus-daemon", "--system", "--fork")
    daemon = next(p for p in ("/usr/lib/polkit-1/polkitd", "/usr/libexec/polkitd") if os.path.exists(p))
    subprocess.Popen([daemon, "--no-debug"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    ended = time.monotonic() + 20
    while subprocess.run(["pkaction"], capture_output=True).returncode != 0:
        if time.monotonic() > ended:
            raise RuntimeError("polkit does not answer")
        time.sleep(0.1)


def group_of(account):
    return f"/sys/fs/cgroup/user.slice/user-{account.pw_uid}.slice/session-1.scope"


def log_in(account):
    uid, name = account.pw_uid, account.pw_name
    os.makedirs(group_of(account))
    for folder in ("seats", "sessions", "users", "machines"):
        os.makedirs(f"/run/systemd/{folder}", exist_ok=True)
    written = {
        "sessions/1": f"UID={uid}\nUSER={name}\nACTIVE=1\nIS_DISPLAY=1\nSTATE=active\nREMOTE=0\nTYPE=wayland\nCLASS=user\n"
        "SCOPE=session-1.scope\nSERVICE=login\nSEAT=seat0\nVTNR=1\n",
        f"users/{uid}": f"NAME={name}\nSTATE=active\nDISPLAY=1\nSESSIONS=1\nACTIVE_SESSIONS=1\nONLINE_SESSIONS=1\nSEATS=seat0\n"
        "ACTIVE_SEATS=seat0\nONLINE_SEATS=seat0\n",
        "seats/seat0": f"IS_SEAT0=1\nCAN_MULTI_SESSION=1\nCAN_GRAPHICAL=1\nACTIVE=1\nACTIVE_UID={uid}\nSESSIONS=1\nUIDS={uid}\n",
    }
    for path, text in written.items():
        with open(f"/run/systemd/{path}", "w") as file:
            file.write(text)


def become(name):
    account = pwd.getpwnam(name)
    if SESSION and name == "tester":
        with open(f"{group_of(account)}/cgroup.procs", "w") as file:
            file.write(str(os.getpid()))
    os.initgroups(name, account.pw_gid)
    os.setgid(account.pw_gid)
    os.setuid(account.pw_uid)
    os.chdir(account.pw_dir)
    home = {"HOME": account.pw_dir, "USER": name, "LOGNAME": name, "SHELL": "/bin/bash"}
    return {"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8", **home}


def text_of(path):
    try:
        with open(path, errors="replace") as file:
            return file.read()
    except OSError:
        return None


def outputs():
    paths = [f"/tmp/{kind}.{time.monotonic_ns()}" for kind in ("out", "err")]
    for path in paths:
        open(path, "w").close()
        os.chmod(path, 0o666)
    return paths


def redirect(out, err, given=None):
    for fd, path, flags in ((1, out, os.O_WRONLY), (2, err, os.O_WRONLY), (0, given, os.O_RDONLY)):
        if path is not None:
            opened = os.open(path, flags)
            os.dup2(opened, fd)


def ended(pid):
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.02)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return "it did not end"


class Screen:
    """What a terminal shows; types the next text each time something asks for a password."""

    def __init__(self, fd, typed, on_ask=None):
        self.fd, self.typed, self.on_ask, self.shown = fd, list(typed), on_ask, b""
        self.thread = threading.Thread(target=self.watch, daemon=True)
        self.thread.start()

    def watch(self):
        seen = 0
        while True:
            try:
                data = os.read(self.fd, 4096)
            except OSError:
                return
            if not data:
                return
            self.shown += data
            if b"assword:" in self.shown[seen:]:
                seen = len(self.shown)
                self.await_hidden()
                if self.on_ask:
                    self.on_ask()
                elif self.typed:
                    os.write(self.fd, self.typed.pop(0).encode())

    def await_hidden(self):
        """The prompt comes before the terminal stops showing what is typed, and what was typed until then is thrown away."""
        until = time.monotonic() + 5
        while termios.tcgetattr(self.fd)[3] & termios.ECHO and time.monotonic() < until:
            time.sleep(0.02)
        time.sleep(0.2)

    def text(self):
        self.thread.join(1)
        return self.shown.decode(errors="replace")


def run(argv, user=None, given=""):
    if user is None:
        done = subprocess.run(argv, input=given, capture_output=True, text=True, env=ROOT_ENVIRONMENT, timeout=SECONDS)
        return {"exit": done.returncode, "stdout": done.stdout, "stderr": done.stderr}
    out, err = outputs()
    pid = os.fork()
    if pid == 0:
        os.setsid()
        environment = become(user)
        redirect(out, err, "/dev/null")
        os.execvpe(argv[0], argv, environment)
    return {"exit": ended(pid), "stdout": text_of(out), "stderr": text_of(err)}


def terminal(argv, typed):
    out, err = outputs()
    pid, fd = pty.fork()
    if pid == 0:
        environment = become("tester")
        redirect(out, err)
        os.execvpe(argv[0], argv, {**environment, "TERM": "dumb"})
    screen = Screen(fd, typed)
    status = ended(pid)
    os.close(fd)
    return {"exit": status, "stdout": text_of(out), "stderr": text_of(err), "screen": screen.text()}


def agent(argv, password):
    out, err = outputs()
    start_read, start_write = os.pipe()
    became_read, became_write = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.setsid()
        environment = become("tester")
        os.close(start_write)
        # An agent may only speak for a process of its own user.
        os.close(became_write)
        os.read(start_read, 1)
        redirect(out, err, "/dev/null")
        os.execvpe(argv[0], argv, environment)
    os.close(became_write)
    os.read(became_read, 1)
    os.close(became_read)
    ready_read, ready_write = os.pipe()
    os.set_inheritable(ready_write, True)
    agent_pid, fd = pty.fork()
    if agent_pid == 0:
        environment = become("tester")
        os.execvpe("pkttyagent", ["pkttyagent", "--process", str(pid), "--notify-fd", str(ready_write)], environment)
    os.close(ready_write)
    gone = None if password is not None else lambda: os.kill(agent_pid, signal.SIGKILL)
    screen = Screen(fd, [] if password is None else [password + "\n"] * 3, gone)
    select.select([ready_read], [], [], 10)
    os.close(start_write)
    status = ended(pid)
    try:
        os.kill(agent_pid, signal.SIGTERM)
    except ProcessLookupError:
        pass
    os.waitpid(agent_pid, 0)
    return {"exit": status, "stdout": text_of(out), "stderr": text_of(err), "screen": screen.text()}


def handle(request):
    (verb, asked), *_ = request.items()
    match verb:
        case "run":
            return run(asked["argv"], asked.get("as"), asked.get("input", ""))
        case "terminal":
            return terminal(asked["argv"], asked["type"])
        case "agent":
            return agent(asked["argv"], asked["password"])
        case "read":
            return [text_of(path) for path in asked]
    raise ValueError(f"unknown request {verb}")


def main():
    try:
        set_up()
    except Exception as error:
        print(f"the private host cannot run here: {error}", file=sys.stderr)
        sys.exit(77)
    print(json.dumps({"value": "ready"}), flush=True)
    for line in sys.stdin:
        try:
            reply = {"value": handle(json.loads(line))}
        except Exception as error:  # the test shows it and goes on
            reply = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(reply), flush=True)


main()
