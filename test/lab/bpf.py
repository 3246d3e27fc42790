"""bpf.py WHAT PORT [WHERE]   Puts a program into the kernel that drops what is for one TCP port (IPv4), and holds it there.

WHAT: xdp, tcx-ingress, tcx-egress (what comes from that port; WHERE: an interface), sk-lookup, netfilter (all of IPv4 at
input), cgroup (everything; WHERE: a folder of cgroup2). Says `attached` when it is. The programs are written out instruction by instruction: no compiler is needed.
Formats: linux/bpf.h (union bpf_attr, struct bpf_insn), kernel 6.6 and later for tcx.
"""

import ctypes
import os
import platform
import signal
import socket
import struct
import sys

CALL = {"x86_64": 321, "aarch64": 280, "riscv64": 280, "s390x": 351, "ppc64le": 361}[platform.machine()]
LOAD, PROG_ATTACH, LINK_CREATE = 5, 8, 28
# what: (program type, attach type, verdict that drops, verdict that lets pass, offset of the TCP destination port)
KINDS = {
    "xdp": (6, 37, 1, 2, 36),
    "tcx-ingress": (3, 46, 2, -1, 36),
    "tcx-egress": (3, 47, 2, -1, 34),
    "cgroup": (8, 0, 0, 1, None),
    "netfilter": (32, 45, 0, 1, None),
    "sk-lookup": (30, 36, 0, 1, None),
}
libc = ctypes.CDLL(None, use_errno=True)


def bpf(command, attributes):
    buffer = ctypes.create_string_buffer(attributes, len(attributes))
    result = libc.syscall(CALL, command, buffer, len(attributes))
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result


def instruction(code, dst=0, src=0, offset=0, value=0):
    return struct.pack("=BBhi", code, dst | src << 4, offset, value)


def leave(verdict):
    return instruction(0xB7, dst=0, value=verdict) + instruction(0x95)


def program(what, port):
    kind, attach, drop, accept, offset = KINDS[what]
    if what == "sk-lookup":
        # struct bpf_sk_lookup: local_port, in host byte order, at 60.
        code = instruction(0x61, dst=2, src=1, offset=60)
        code += instruction(0x15, dst=2, offset=2, value=port) + leave(accept) + leave(drop)
    elif offset is None:
        code = leave(drop)
    elif what == "xdp":
        code = instruction(0x61, dst=2, src=1, offset=0) + instruction(0x61, dst=3, src=1, offset=4)
        code += instruction(0xBF, dst=4, src=2) + instruction(0x07, dst=4, value=offset + 2)
        code += instruction(0x2D, dst=4, src=3, offset=2) + instruction(0x69, dst=5, src=2, offset=offset)
        code += instruction(0x15, dst=5, offset=2, value=socket.htons(port)) + leave(accept) + leave(drop)
    else:
        # r6 = context; LD_ABS reads from the packet's beginning, in host byte order.
        code = instruction(0xBF, dst=6, src=1) + instruction(0x28, value=offset)
        code += instruction(0x15, dst=0, offset=2, value=port) + leave(accept) + leave(drop)
    text = ctypes.create_string_buffer(code, len(code))
    licence = ctypes.create_string_buffer(b"GPL")
    log = ctypes.create_string_buffer(65536)
    attributes = struct.pack(
        "=IIQQIIQII16sII",
        kind, len(code) // 8, ctypes.addressof(text), ctypes.addressof(licence), 1, len(log), ctypes.addressof(log),
        0, 0, f"lab_{what}"[:15].replace("-", "_").encode(), 0, attach,
    )
    try:
        return bpf(LOAD, attributes)
    except OSError:
        print(log.value.decode(), file=sys.stderr)
        raise


def attach(what, port, where):
    fd, kind = program(what, port), KINDS[what][1]
    if what == "cgroup":
        return bpf(PROG_ATTACH, struct.pack("=IIII", os.open(where, os.O_RDONLY), fd, kind, 2))
    if what == "netfilter":
        return bpf(LINK_CREATE, struct.pack("=IIIIIIiI", fd, 0, kind, 0, socket.AF_INET, 1, -50, 0))
    target = os.open("/proc/self/ns/net", os.O_RDONLY) if what == "sk-lookup" else socket.if_nametoindex(where)
    return bpf(LINK_CREATE, struct.pack("=IIIIQQ", fd, target, kind, 0, 0, 0))


attach(sys.argv[1], int(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else None)
print("attached", flush=True)
signal.pause()
