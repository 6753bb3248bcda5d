"""Tries: to fill the kernel's memory with pipes.
Wall: RLIMIT_NOFILE; system calls: a pipe keeps its size.
Says: raises
"""
import fcntl, os

held = []
while len(held) < 1000:
    read, write = os.pipe()
    held.append((read, write))
    fcntl.fcntl(write, 1031, 1 << 20)  # F_SETPIPE_SZ
    os.write(write, bytes(1 << 20))
got_through()
