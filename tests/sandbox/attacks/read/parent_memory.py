"""Tries: to read the memory of the grader and of the zygote, by file and by system call.
Wall: system calls; no /proc; other processes are not to be seen.
Says: found []
"""
import ctypes, os

libc = ctypes.CDLL(None, use_errno=True)
buffer = ctypes.create_string_buffer(8)
pair = (ctypes.c_size_t * 2)(ctypes.addressof(buffer), 8)
found = []
for number in [OUTSIDE["grader"], os.getppid(), 1, *OUTSIDE["processes"]]:
    if libc.process_vm_readv(number, pair, 1, pair, 1, 0) >= 0:
        found.append(number)
    try:
        found.append(open(f"/proc/{number}/mem", "rb"))
    except OSError:
        pass
if found:
    got_through()
raise RuntimeError(f"found {found}")
