"""Knocks from machine B, until the lab ends, at ports of A that are closed before and after a change: of each connection
that comes about /mnt/state/opened says when it was begun, by the clock of `time.monotonic`, to where, and from which
port, a line each. Arguments:
ADDRESS PORT, as often as wanted."""

import select
import socket
import sys
import time

PAUSE = 0.02
PATIENCE = 0.3


def main():
    doors = [(address, int(port)) for address, port in zip(sys.argv[1::2], sys.argv[2::2])]
    waiting = {}
    poll = select.poll()
    while True:
        for address, port in doors:
            knock = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM)
            knock.setblocking(False)
            since = time.monotonic()
            knock.connect_ex((address, port))
            poll.register(knock, select.POLLOUT)
            waiting[knock.fileno()] = (knock, since, address)
        for number, _ in poll.poll(PAUSE * 1000):
            knock, since, address = waiting.pop(number)
            poll.unregister(number)
            if knock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) == 0:
                with open("/mnt/state/opened", "a") as file:
                    file.write(f"{since} {address} {knock.getsockname()[1]}\n")
            knock.close()
        time.sleep(PAUSE)
        for number, (knock, since, _) in list(waiting.items()):
            if time.monotonic() - since > PATIENCE:
                poll.unregister(number)
                knock.close()
                del waiting[number]


main()
