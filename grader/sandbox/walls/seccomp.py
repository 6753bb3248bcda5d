"""The system calls that a submission may make; any other fails with EPERM.

A list of what is allowed, since nobody can list what is not: the kernel gets new calls every year.
Numbers are libseccomp's, which knows them for each architecture.
Source: the kernel's Documentation/userspace-api/seccomp_filter.rst.
"""

import errno
import os

import pyseccomp

FILES = (
    *("access", "chdir", "close", "close_range", "creat", "dup", "dup2", "dup3"),
    *("faccessat", "faccessat2", "fadvise64", "fallocate", "fchdir"),
    *("fdatasync", "flock", "fstat", "fstatfs", "fsync", "ftruncate", "getcwd"),
    *("getdents", "getdents64", "lseek", "lstat", "mkdir", "mkdirat", "newfstatat", "open"),
    *("openat", "openat2", "pipe", "pipe2", "pread64", "preadv", "pwrite64", "pwritev", "read"),
    *("readahead", "readlink", "readlinkat", "readv", "rename", "renameat", "renameat2", "rmdir"),
    *("sendfile", "stat", "statfs", "statx", "symlink", "symlinkat", "sync_file_range"),
    *("truncate", "umask", "unlink", "unlinkat", "write", "writev", "copy_file_range"),
)
MEMORY = (
    *("brk", "madvise", "membarrier", "mincore", "mprotect", "mremap", "msync", "munmap"),
    "get_mempolicy",
)
TIME = (
    *("clock_getres", "clock_gettime", "clock_nanosleep", "getitimer", "gettimeofday", "nanosleep"),
    *("setitimer", "time", "times", "alarm", "pause"),
)
WAITING = (
    *("epoll_create", "epoll_create1", "epoll_ctl", "epoll_pwait", "epoll_pwait2", "epoll_wait"),
    *("eventfd", "eventfd2", "futex", "futex_waitv", "poll", "ppoll", "pselect6", "select"),
    *("wait4", "waitid"),
)
ITSELF = (
    *("capget", "exit", "exit_group", "get_robust_list", "getcpu", "getegid", "geteuid", "getgid"),
    *("getgroups", "getpgid", "getpgrp", "getpid", "getppid", "getpriority", "getrandom"),
    *("getresgid", "getresuid", "getrlimit", "getrusage", "getsid", "gettid", "getuid"),
    *("restart_syscall", "rseq", "rt_sigaction", "rt_sigpending", "rt_sigprocmask"),
    *("rt_sigreturn", "rt_sigsuspend", "rt_sigtimedwait", "sched_getaffinity"),
    *("sched_getparam", "sched_getscheduler", "sched_yield", "set_robust_list"),
    *("set_tid_address", "sigaltstack", "sysinfo", "uname"),
)
# Of linux/sched.h: what glibc and musl ask for to start a thread, and CLONE_THREAD of that.
THREADS, A_THREAD = (0x3D0F00, 0x7D0F00), 0x10000
ALL_FLAGS = 0xFFFFFFFF
OTHERWISE = {
    "clone3": errno.ENOSYS,  # libc then tries clone
    "fork": errno.EAGAIN,
    "vfork": errno.EAGAIN,
    # Landlock does not guard modes and times: these say that it is done, and do nothing.
    **dict.fromkeys(("chmod", "fchmod", "fchmodat", "fchmodat2"), 0),
    **dict.fromkeys(("utime", "utimes", "utimensat", "futimesat"), 0),
    # As of a file system that has none: shutil.copy goes on without them.
    **dict.fromkeys(("listxattr", "llistxattr", "flistxattr"), errno.ENOTSUP),
    **dict.fromkeys(("getxattr", "lgetxattr", "fgetxattr"), errno.ENOTSUP),
    **dict.fromkeys(("setxattr", "lsetxattr", "fsetxattr"), errno.ENOTSUP),
}
# Of linux/mman.h. Memory that is shared without a file, or grows downwards, is counted by no limit.
SHARED, ANONYMOUS, DOWNWARDS = 0x01, 0x20, 0x100
MAPPINGS = (0, SHARED, ANONYMOUS)
# Of linux/fcntl.h: duplicates, flags and locks; no owner, no signal, no lease, no size of a pipe.
CONTROLS = (*range(8), 36, 37, 38, 1030)


def program(*, threads: bool = True) -> bytes:
    """Return the filter as classic BPF.

    Args:
        threads: whether a submission may start some; something else has to bound their number.

    Raises:
        OSError: libseccomp does not make it.
    """
    calls = pyseccomp.SyscallFilter(pyseccomp.ERRNO(errno.EPERM))
    for name in (*FILES, *MEMORY, *TIME, *WAITING, *ITSELF):
        _rule(calls, pyseccomp.ALLOW, name)
    for name, number in OTHERWISE.items():
        _rule(calls, pyseccomp.ERRNO(number), name)
    _rule_for_clone(calls, threads=threads)
    _rule(calls, pyseccomp.ALLOW, "prlimit64", pyseccomp.Arg(2, pyseccomp.EQ, 0))  # to read
    for command in CONTROLS:
        _rule(calls, pyseccomp.ALLOW, "fcntl", pyseccomp.Arg(1, pyseccomp.EQ, command))
    looked_at = SHARED | ANONYMOUS | DOWNWARDS
    for flags in MAPPINGS:
        flags_are = pyseccomp.Arg(3, pyseccomp.MASKED_EQ, looked_at, flags)
        _rule(calls, pyseccomp.ALLOW, "mmap", flags_are)
    with open(os.memfd_create("filter"), "w+b") as file:
        calls.export_bpf(file)
        file.seek(0)
        return file.read()


def _rule_for_clone(calls: "pyseccomp.SyscallFilter", *, threads: bool) -> None:
    """Let threads be started, and nothing else; "can't start new thread" says who may have none."""
    refused = pyseccomp.ERRNO(errno.EAGAIN)
    if not threads:
        _rule(calls, refused, "clone")
        return
    for flags in THREADS:
        flags_are = pyseccomp.Arg(0, pyseccomp.MASKED_EQ, ALL_FLAGS, flags)
        _rule(calls, pyseccomp.ALLOW, "clone", flags_are)
    _rule(calls, refused, "clone", pyseccomp.Arg(0, pyseccomp.MASKED_EQ, A_THREAD, 0))


def _rule(calls: "pyseccomp.SyscallFilter", action: int, name: str, *where: object) -> None:
    try:
        number = pyseccomp.resolve_syscall(pyseccomp.system_arch(), name)
    except ValueError:  # this libseccomp is older than the call
        return
    if number >= 0:  # less where this architecture has no such call
        calls.add_rule(action, number, *where)
