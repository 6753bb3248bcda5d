"""Tries: to reach a listener that has a name and no path, which no file permission guards.
Wall: system calls; a network namespace of its own; landlock.
Says: raises PermissionError: [Errno 1] Operation not permitted
"""
import socket

socket.socket(socket.AF_UNIX).connect(OUTSIDE["abstract"])
got_through()
