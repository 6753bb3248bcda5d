"""Tries: to map memory that is read only, and to make it writable when it is there.
Wall: RLIMIT_DATA, which is asked again then.
Says: failed -1
"""
import ctypes, mmap

libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, *[ctypes.c_int] * 3, ctypes.c_long]
libc.mprotect.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
where = libc.mmap(None, 512 << 20, 1, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, -1, 0)
came = libc.mprotect(where, 512 << 20, 3)
if came == 0:
    got_through()
raise RuntimeError(f"failed {came}")
