"""Tries: to stop at a breakpoint.
Wall: a process of its own, which alone ends.
Says: its process was ended by SIGTRAP | its process was ended by SIGSEGV
"""
import ctypes, mmap, platform

code = b"\xcc" if platform.machine() == "x86_64" else bytes.fromhex("000020d4")
page = mmap.mmap(-1, 4096, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, prot=7)
page.write(code * 64)
ctypes.CFUNCTYPE(None)(ctypes.addressof(ctypes.c_char.from_buffer(page)))()
