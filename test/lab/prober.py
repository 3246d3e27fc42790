"""Listeners on machine A and probes from machine B, thousands in a second, in one process.

A socket belongs to the network namespace that its thread was in when it was made, so every listener is made on a thread
in A's and every probe on a thread in B's.
"""

import contextlib
import ctypes
import errno
import os
import select
import socket
import struct
import threading
import time

CLONE_NEWNET = 0x40000000
IP_PKTINFO = 8
libc = ctypes.CDLL("libc.so.6", use_errno=True)


def in_namespace(place, work):
    """Run `work` on a thread in a network namespace (of a process, or one that `ip netns` made) and give back its result."""
    path = f"/proc/{place}/ns/net" if str(place).isdigit() else f"/run/netns/{place}"
    result = []

    def run():
        try:
            with open(path) as namespace:
                if libc.setns(namespace.fileno(), CLONE_NEWNET):
                    raise OSError(ctypes.get_errno(), "setns")
            result.append((work(), None))
        except BaseException as error:  # handed to the caller, whatever it is
            result.append((None, error))

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    value, error = result[0]
    if error is not None:
        raise error
    return value


def endpoint(address, port):
    """`fe80::1%wlan0` and its port as a socket address in this thread's namespace."""
    if ":" not in address:
        return (address, port)
    host, _, zone = address.partition("%")
    return (host, port, 0, socket.if_nametoindex(zone) if zone else 0)


def new_socket(protocol, address):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    kind = socket.SOCK_STREAM if protocol == "tcp" else socket.SOCK_DGRAM
    return socket.socket(family, kind | socket.SOCK_NONBLOCK)


def is_multicast(address):
    return address.startswith("ff") or (":" not in address and 224 <= int(address.split(".")[0]) <= 239)


def was_answered(probing):
    """Did a SYN-ACK come before the error? Then the first packet got in, and it is the second that was refused."""
    round_trip = struct.unpack_from("=I", probing.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 104), 68)[0]
    return round_trip > 0


class Listeners:
    """Sockets on A. TCP: accepts, then echoes what it is told. UDP: remembers what arrived and answers."""

    def __init__(self):
        self.poll = select.epoll()
        self.sockets = {}
        self.opened = {}
        self.heard = set()
        self.woken, self.wake = os.pipe()
        self.asked = []
        self.poll.register(self.woken, select.EPOLLIN)
        threading.Thread(target=self.serve, daemon=True).start()

    def open(self, specs, place=None):
        """`place`: the namespace that this thread is in, where it is not A's own."""
        for protocol, address, port, *options in specs:
            dual, device = (options[0].get(name) for name in ("dual", "device")) if options else (None, None)
            key = (protocol, address, port) if place is None else (protocol, address, port, place)
            if key in self.opened:
                continue
            listener = new_socket(protocol, address)
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if ":" in address:
                listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0 if dual else 1)
            if device:
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, device.encode())
            listener.bind(endpoint(address, port))
            if protocol == "tcp":
                listener.listen(1024)
            self.opened[key] = listener
            self.sockets[listener.fileno()] = (listener, protocol)
            self.poll.register(listener.fileno(), select.EPOLLIN)

    def join(self, address, port, interface):
        """Receive what is sent to a multicast group on that port."""
        group = socket.inet_pton(socket.AF_INET6 if ":" in address else socket.AF_INET, address)
        index = socket.if_nametoindex(interface)
        if ":" in address:
            listener = self.opened[("udp", "::", port)]
            listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_JOIN_GROUP, group + struct.pack("@I", index))
        else:
            listener = self.opened[("udp", "0.0.0.0", port)]
            membership = group + socket.inet_aton("0.0.0.0") + struct.pack("@i", index)
            listener.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, membership)

    def settle(self):
        """Wait until all that has arrived was looked at: a datagram is there before the thread that takes it."""
        done = threading.Event()
        self.asked.append(done)
        # What was ready before is given out before this, or with it.
        os.write(self.wake, b".")
        done.wait()

    def serve(self):
        while True:
            ready = self.poll.poll()
            settled = None
            for fd, _ in ready:
                if fd == self.woken:
                    os.read(fd, 1)
                    settled = self.asked.pop(0)
                    continue
                opened, role = self.sockets[fd]
                try:
                    while True:
                        if role == "tcp":
                            connection, _ = opened.accept()
                            connection.setblocking(False)
                            self.sockets[connection.fileno()] = (connection, "echo")
                            self.poll.register(connection.fileno(), select.EPOLLIN)
                        elif role == "udp":
                            data, peer = opened.recvfrom(64)
                            self.heard.add(data)
                            with contextlib.suppress(OSError):  # it may not answer; what else came for it counts all the same
                                opened.sendto(data, peer)
                        else:
                            data = opened.recv(64)
                            if not data:
                                raise ConnectionResetError
                            opened.send(data)
                except BlockingIOError:
                    pass
                except OSError:
                    if role == "echo":
                        self.poll.unregister(fd)
                        del self.sockets[fd]
                        opened.close()
            if settled is not None:
                settled.set()


class Prober:
    """Sends first packets of new connections from B and says what became of each.

    `open`: it arrived (TCP: the connection stands; UDP: the listener has it). `refused`: a reset or port-unreachable came
    back. `unreachable`: another refusal came back. `filtered`: silence.
    """

    def __init__(self, listeners):
        self.listeners = listeners
        self.sessions = {}

    def send(self, probe, payload):
        """Start one probe: a socket to wait for, or the answer when it is there at once."""
        protocol, source, destination = probe["protocol"], probe["source"], probe["destination"]
        probing = new_socket(protocol, destination)
        try:
            probing.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if protocol == "tcp":  # close with a reset, so that nothing lingers in either machine
                probing.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            else:
                probing.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
            if "." in destination and is_multicast(destination):
                index = socket.if_nametoindex(probe["interface"])
                probing.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, struct.pack("@4s4si", b"", b"", index))
            probing.bind(endpoint(source, probe["sourcePort"]))
            failed = probing.connect_ex(endpoint(destination, probe["port"]))
            if protocol == "udp" and not failed:
                probing.send(payload)
        except OSError as error:
            failed = error.errno
            if failed not in (errno.EPERM, errno.EACCES, errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ECONNREFUSED):
                probing.close()
                raise RuntimeError(f"B could not send {probe}: {error}") from error
        if failed in (0, errno.EINPROGRESS):
            return probing, None
        probing.close()
        return None, "refused" if failed == errno.ECONNREFUSED else "unreachable"

    def outcome(self, probing, protocol):
        """What a socket that became ready tells, or None when it is not an answer yet."""
        failed = probing.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if failed == 0 and protocol == "udp":
            try:
                probing.recv(64)
            except OSError as error:
                failed = error.errno
        if failed == errno.EAGAIN:
            return None
        if failed in (0, errno.ECONNRESET):
            return "open"
        if protocol == "tcp" and was_answered(probing):
            return "open"
        return "refused" if failed == errno.ECONNREFUSED else "unreachable"

    def probe(self, probes, wait, window=2000):
        """The outcome of each probe, in order. `wait`: seconds of silence that count as filtered."""
        salt = os.urandom(6)
        payload = [salt + struct.pack("!I", number) for number in range(len(probes))]
        outcomes = [None] * len(probes)
        poll = select.epoll()
        waiting = {}  # fd -> (socket, number, deadline), oldest first
        following = 0
        while following < len(probes) or waiting:
            burst = 0
            while following < len(probes) and len(waiting) < window and burst < 100:
                number, following, burst = following, following + 1, burst + 1
                probing, outcomes[number] = self.send(probes[number], payload[number])
                if probing is not None:
                    waiting[probing.fileno()] = (probing, number, time.monotonic() + wait)
                    ready = select.EPOLLOUT if probes[number]["protocol"] == "tcp" else select.EPOLLIN
                    poll.register(probing.fileno(), ready | select.EPOLLERR)
            for fd, _ in poll.poll(0 if burst else 0.01, 512):
                probing, number, _ = waiting[fd]
                outcome = self.outcome(probing, probes[number]["protocol"])
                if outcome is not None:
                    outcomes[number] = outcome
                    del waiting[fd]
                    probing.close()
            now = time.monotonic()
            for fd, (probing, number, deadline) in list(waiting.items()):
                if deadline > now:
                    break
                outcomes[number] = "filtered"
                del waiting[fd]
                probing.close()
        poll.close()
        self.listeners.settle()
        for number, probe in enumerate(probes):
            # An answer may be lost on its way back; the listener's own word on a datagram is the truth.
            if probe["protocol"] == "udp" and payload[number] in self.listeners.heard:
                outcomes[number] = "open"
        self.listeners.heard.clear()
        return outcomes

    def connect(self, probe, wait):
        """Open a TCP session that stays open. Its name, or None when it did not come about."""
        talking = new_socket("tcp", probe["destination"])
        talking.settimeout(wait)
        try:
            talking.bind(endpoint(probe["source"], probe.get("sourcePort", 0)))
            talking.connect(endpoint(probe["destination"], probe["port"]))
        except OSError:
            talking.close()
            return None
        name = str(len(self.sessions))
        self.sessions[name] = talking
        return name

    def talk(self, name, wait):
        """Does the other end still answer?"""
        talking = self.sessions[name]
        talking.settimeout(wait)
        word = os.urandom(8)
        try:
            talking.send(word)
            return talking.recv(64) == word
        except OSError:
            return False
