"""Tries: to reach a listener on this machine by TCP.
Wall: system calls; a network namespace of its own.
Says: raises PermissionError: [Errno 1] Operation not permitted
"""
import socket

socket.create_connection(("127.0.0.1", OUTSIDE["tcp"]), timeout=1)
got_through()
