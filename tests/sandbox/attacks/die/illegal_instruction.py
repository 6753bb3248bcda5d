"""Tries: to execute bytes that are no instruction.
Wall: a process of its own, which alone ends.
Says: its process was ended by SIGILL | its process was ended by SIGSEGV
"""
import ctypes, mmap

page = mmap.mmap(-1, 4096, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, prot=7)
page.write(b"\x0f\x0b" * 64 if __import__("platform").machine() == "x86_64" else bytes(64))
ctypes.CFUNCTYPE(None)(ctypes.addressof(ctypes.c_char.from_buffer(page)))()
