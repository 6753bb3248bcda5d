"""Tries: to make a pair of sockets, and to send from one of them to somebody else's name.
Wall: system calls: no pair of sockets, and nothing to send with.
Says: raises PermissionError: [Errno 1] Operation not permitted
"""
import socket

one, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
one.sendto(b"hello", OUTSIDE["abstract"])
got_through()
