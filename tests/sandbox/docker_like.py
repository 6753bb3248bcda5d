"""Has what is started from here find what a container of docker's finds: no namespaces, no mounts.

Docker's default seccomp profile refuses these calls with EPERM to who has no CAP_SYS_ADMIN, and
lets landlock, seccomp, prctl and rlimits through.
Source: docs.docker.com/engine/security/seccomp.
"""

import errno
import os

import pyseccomp

from grader.sandbox.walls import linux_calls

REFUSED = (
    *("unshare", "setns", "mount", "umount2", "pivot_root", "mount_setattr", "open_tree"),
    *("move_mount", "fsopen", "fsconfig", "fsmount", "fspick", "bpf", "perf_event_open", "ptrace"),
    *("open_by_handle_at", "process_vm_readv", "process_vm_writev", "kcmp", "userfaultfd"),
)
NAMESPACES = 0x7E020000  # CLONE_NEW*, of linux/sched.h


def install() -> None:
    """Put the filter on this process, and all that it starts."""
    made = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
    for name in REFUSED:
        made.add_rule(pyseccomp.ERRNO(errno.EPERM), name)
    for bit in (1 << number for number in range(32) if NAMESPACES >> number & 1):
        asked = pyseccomp.Arg(0, pyseccomp.MASKED_EQ, bit, bit)
        made.add_rule(pyseccomp.ERRNO(errno.EPERM), "clone", asked)
    made.add_rule(pyseccomp.ERRNO(errno.ENOSYS), "clone3")
    with open(os.memfd_create("profile"), "w+b") as file:
        made.export_bpf(file)
        file.seek(0)
        program = file.read()
    linux_calls.gain_nothing()
    linux_calls.filter_calls(program)
