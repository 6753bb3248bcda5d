"""Tries: calls of the kernel that a program needs never and an attacker often.
Wall: system calls.
Says: reached []
"""
import ctypes, errno, platform

libc = ctypes.CDLL(None, use_errno=True)
calls = {  # of x86-64; those above 423 are the same everywhere
    "bpf": 321, "perf_event_open": 298, "userfaultfd": 323, "keyctl": 250, "add_key": 248,
    "memfd_create": 319, "process_vm_writev": 311, "kexec_load": 246, "init_module": 175,
    "open_by_handle_at": 304, "name_to_handle_at": 303, "acct": 163, "swapon": 167,
    "reboot": 169, "settimeofday": 164, "sethostname": 170, "mknod": 133, "inotify_init": 253,
    "shmget": 29, "msgget": 68, "semget": 64, "mq_open": 240, "io_setup": 206, "seccomp": 317,
    "pidfd_open": 434, "pidfd_getfd": 438, "landlock_create_ruleset": 444, "memfd_secret": 447,
}
if platform.machine() != "x86_64":
    calls = {name: number for name, number in calls.items() if number > 423}
reached = []
for name, number in calls.items():
    ctypes.set_errno(0)
    if libc.syscall(number, 0, 0, 0, 0, 0, 0) >= 0 or ctypes.get_errno() != errno.EPERM:
        reached.append(name)
if reached:
    got_through()
raise RuntimeError(f"reached {reached}")
