"""Knocks from machine B, until the lab ends, at ports of A that are closed before and after a change: each connection
that comes about is counted in /mnt/state/opened. Arguments: ADDRESS PORT, as often as wanted."""

import select
import socket
import sys
import time

PAUSE = 0.02
PATIENCE = 0.3


def main():
    doors = [(address, int(port)) for address, port in zip(sys.argv[1::2], sys.argv[2::2])]
    opened, waiting = 0, {}
    poll = select.poll()
    while True:
        for address, port in doors:
            knock = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM)
            knock.setblocking(False)
            knock.connect_ex((address, port))
            poll.register(knock, select.POLLOUT)
            waiting[knock.fileno()] = (knock, time.monotonic())
        for number, _ in poll.poll(PAUSE * 1000):
            knock, _ = waiting.pop(number)
            poll.unregister(number)
            if knock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) == 0:
                opened += 1
                with open("/mnt/state/opened", "w") as file:
                    file.write(str(opened))
            knock.close()
        time.sleep(PAUSE)
        for number, (knock, since) in list(waiting.items()):
            if time.monotonic() - since > PATIENCE:
                poll.unregister(number)
                knock.close()
                del waiting[number]


main()
