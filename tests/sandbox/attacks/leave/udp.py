"""Tries: to send a datagram, which needs no answer.
Wall: system calls; a network namespace of its own.
Says: raises PermissionError: [Errno 1] Operation not permitted
"""
import socket

socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"hello", ("127.0.0.1", OUTSIDE["udp"]))
got_through()
