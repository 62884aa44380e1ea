"""Runs a program where there is no network but this machine's own address, as on an offline PC.

    unshare --net python offline.py PROGRAM …

A new network namespace has that address too, but switched off; programs on Windows talk to
themselves over it.
"""

from __future__ import annotations

import fcntl
import os
import socket
import struct
import sys

_SET_FLAGS = 0x8914  # SIOCSIFFLAGS
_UP = 0x1

with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
    fcntl.ioctl(any_socket, _SET_FLAGS, struct.pack("16sh14x", b"lo", _UP))
os.execvp(sys.argv[1], sys.argv[1:])
