"""Tries: to open a socket of any family and kind: raw, netlink, packet, vsock, bluetooth.
Wall: system calls.
Says: found []
"""
import socket

found = []
for family in range(46):
    for kind in (1, 2, 3, 5):
        try:
            found.append(socket.socket(family, kind))
        except OSError:
            pass
if found:
    got_through()
raise RuntimeError(f"found {found}")
