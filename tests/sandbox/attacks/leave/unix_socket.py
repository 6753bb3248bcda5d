"""Tries: to reach a listener by its path in the file system.
Wall: system calls; own root.
Says: raises PermissionError: [Errno 1] Operation not permitted
"""
import socket

socket.socket(socket.AF_UNIX).connect(OUTSIDE["socket"])
got_through()
