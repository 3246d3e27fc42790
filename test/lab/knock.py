"""knock.py [ADDRESS PORT]…   Knocks at each, a new connection every few milliseconds, until its standard input ends.

Prints for each, as JSON, how often it knocked, how many connections came about, and how many were refused.
"""

import errno
import json
import select
import socket
import sys
import time

PAUSE = 0.005
# A connection that has not come about by then will not: the kernel sends its first packet again after a second.
PATIENCE = 0.4


def knock(address, port):
    one = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET)
    one.setblocking(False)
    return one, one.connect_ex((address, port))


def main():
    doors = list(zip(sys.argv[1::2], map(int, sys.argv[2::2])))
    counts = [{"knocks": 0, "opened": 0, "refused": 0} for _ in doors]
    pending = {}
    poll = select.poll()
    poll.register(sys.stdin, select.POLLIN | select.POLLHUP)

    def settle(number):
        one, count, _ = pending.pop(number)
        poll.unregister(number)
        error = one.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if error == 0:
            count["opened"] += 1
        elif error == errno.ECONNREFUSED:
            count["refused"] += 1
        one.close()

    ending = False
    while not ending or pending:
        if not ending:
            for door, count in zip(doors, counts):
                count["knocks"] += 1
                one, error = knock(*door)
                if error not in (0, errno.EINPROGRESS):  # there is no way there yet
                    one.close()
                    continue
                pending[one.fileno()] = (one, count, time.monotonic())
                poll.register(one, select.POLLOUT)
        for number, _ in poll.poll(0):
            if number == sys.stdin.fileno():
                poll.unregister(number)
                ending = True
            elif number in pending:
                settle(number)
        now = time.monotonic()
        for number in [n for n, (_, _, since) in pending.items() if now - since > PATIENCE]:
            poll.unregister(number)
            pending.pop(number)[0].close()
        time.sleep(PAUSE)
    print(json.dumps(counts))


main()
