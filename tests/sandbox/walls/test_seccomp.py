"""The filter of system calls: which names it knows on which machine, and what it refuses."""

import errno
import struct
import sys
from collections.abc import Mapping

import pytest

from tests.sandbox.apart import apart, needs

if sys.platform != "linux":
    pytest.skip("these calls are Linux's", allow_module_level=True)
try:
    import pyseccomp

    from grader.sandbox.walls import seccomp
except (ImportError, RuntimeError, OSError) as error:
    pytest.skip(f"libseccomp is not installed: {error}", allow_module_level=True)

NAMES = (
    *(*seccomp.FILES, *seccomp.MEMORY, *seccomp.TIME, *seccomp.WAITING, *seccomp.ITSELF),
    *(*seccomp.OTHERWISE, "prlimit64", "fcntl", "mmap", "clone"),
)
YOUNG = {"fchmodat2"}  # Linux 6.6: libseccomp knows it since 2.5.5
# What aarch64 never had, and what does the same there; none for what is refused anyway.
INSTEAD = {
    "access": "faccessat",
    "alarm": "setitimer",
    "chmod": "fchmodat",
    "creat": "openat",
    "dup2": "dup3",
    "epoll_create": "epoll_create1",
    "epoll_wait": "epoll_pwait",
    "eventfd": "eventfd2",
    "fork": "clone",
    "futimesat": "utimensat",
    "getdents": "getdents64",
    "getpgrp": "getpgid",
    "lstat": "newfstatat",
    "mkdir": "mkdirat",
    "open": "openat",
    "pause": "ppoll",
    "pipe": "pipe2",
    "poll": "ppoll",
    "readlink": "readlinkat",
    "rename": "renameat",
    "rmdir": "unlinkat",
    "select": "pselect6",
    "stat": "newfstatat",
    "symlink": "symlinkat",
    "time": "gettimeofday",
    "unlink": "unlinkat",
    "utime": "utimensat",
    "utimes": "utimensat",
    "vfork": "clone",
}


def resolved(architecture: str) -> dict[str, int | None]:
    """The number of each name; None where libseccomp is too old to know it."""

    def number(name: str) -> int | None:
        try:
            found: int = pyseccomp.resolve_syscall(getattr(pyseccomp.Arch, architecture), name)
        except ValueError:
            return None
        return found

    return {name: number(name) for name in NAMES}


def unknown(numbers: Mapping[str, int | None]) -> set[str]:
    return {name for name, number in numbers.items() if number is None}


def absent(numbers: Mapping[str, int | None]) -> set[str]:
    return {name for name, number in numbers.items() if number is not None and number < 0}


def test_every_name_is_one_of_x86_64_s() -> None:
    numbers = resolved("X86_64")

    assert unknown(numbers) <= YOUNG
    assert absent(numbers) == set()


def test_every_name_is_one_of_aarch64_s_or_known_not_to_exist_there() -> None:
    numbers = resolved("AARCH64")

    assert unknown(numbers) <= YOUNG
    assert absent(numbers) == set(INSTEAD)


def test_what_does_the_same_on_aarch64_has_the_same_rule() -> None:
    def rule(name: str) -> int | None:
        refused_but_for_threads = {"clone": errno.EAGAIN}
        return (seccomp.OTHERWISE | refused_but_for_threads).get(name)

    assert set(INSTEAD.values()) <= set(NAMES) - absent(resolved("AARCH64"))
    assert {name for name in INSTEAD if rule(name) != rule(INSTEAD[name])} == set()


def test_no_name_has_two_rules() -> None:
    assert sorted(NAMES) == sorted(set(NAMES))


def test_the_filter_looks_at_the_architecture_first() -> None:
    program = seccomp.program()

    assert len(program) % 8 == 0
    assert struct.unpack("HBBI", program[:8]) == (0x20, 0, 0, 4)  # load seccomp_data.arch


ASK = """
import _thread, fcntl, mmap, resource, signal, socket
import pyseccomp
from grader.sandbox.walls import linux_calls
from grader.sandbox.walls import seccomp
os.chdir(sys.argv[1])
open("file", "x").close()
os.chmod("file", 0o600)
os.utime("file", (1, 1))
reading, writing = os.pipe()
BEFORE = os.getpid(), os.stat("file")
PRIVATE, ANONYMOUS = mmap.MAP_PRIVATE, mmap.MAP_ANONYMOUS
ARCHITECTURE = pyseccomp.system_arch()
NUMBERS = {name: pyseccomp.resolve_syscall(ARCHITECTURE, name) for name in NAMES}
def raw(name, *arguments):
    return fails(linux_calls.system_call, name, NUMBERS[name], *arguments)
def mapped(flags, descriptor=-1):
    return fails(lambda: mmap.mmap(descriptor, 4096, flags=flags))
def thread():
    try:
        _thread.start_new_thread(print, ())
    except RuntimeError as error:
        return str(error)
linux_calls.gain_nothing()
linux_calls.filter_calls(seccomp.program())
"""
REFUSED = (
    *("socket", "socketpair", "ptrace", "kill", "tgkill", "execve", "unshare", "setns", "mount"),
    *("prctl", "seccomp", "setsid", "setuid", "setpriority", "bpf", "io_uring_setup", "chroot"),
    *("process_vm_readv", "memfd_create", "shmget", "userfaultfd", "keyctl", "personality"),
    *("sched_setaffinity", "mknodat", "linkat", "inotify_init1", "sethostname", "mlock"),
)
ASKED = {
    'raw("clone3", 0, 0)': "ENOSYS",  # libc then tries clone
    "fails(socket.socket)": "EPERM",
    "fails(os.fork)": "EAGAIN",
    "thread()": None,
    'raw("clone", 17, 0)': "EAGAIN",  # a process, by a library's call
    'raw("clone", 0x3D0F00 | 0x10000000, 0)': "EPERM",  # a thread in a namespace of its own
    "fails(os.kill, os.getppid(), 9)": "EPERM",
    'fails(os.execv, "/bin/true", ["true"])': "EPERM",
    # A process knows its limits, and raises none.
    "resource.getrlimit(resource.RLIMIT_CORE)[0] > -2": True,
    'raw("prlimit64", 0, resource.RLIMIT_CORE, 1)': "EPERM",
    # Memory that is counted; none that is shared without a file, or grows.
    "mapped(PRIVATE | ANONYMOUS)": None,
    "mapped(mmap.MAP_SHARED | ANONYMOUS)": "EPERM",
    "mapped(PRIVATE | ANONYMOUS | 0x100)": "EPERM",
    # Descriptors and their flags; no signal, no owner, no larger pipe.
    "fcntl.fcntl(reading, fcntl.F_GETFD)": 1,
    "fails(fcntl.fcntl, reading, fcntl.F_SETFL, os.O_NONBLOCK)": None,
    "fails(fcntl.lockf, writing, fcntl.LOCK_UN)": None,
    "fails(fcntl.fcntl, reading, fcntl.F_SETOWN, 1)": "EPERM",
    "fails(fcntl.fcntl, reading, 1031, 1 << 20)": "EPERM",
    # Modes and times are said to be set, and are not.
    'fails(os.chmod, "file", 0o777)': None,
    'fails(os.utime, "file", (5, 5))': None,
    'os.stat("file")[:9] == BEFORE[1][:9]': True,
    # As a file system without attributes.
    'fails(os.setxattr, "file", "user.x", b"")': "ENOTSUP",
    'os.listxattr("file") if fails(os.listxattr, "file") is None else "ENOTSUP"': "ENOTSUP",
    # And what honest code does.
    "os.getpid() == BEFORE[0]": True,
    'open("new", "x").write("text")': 4,
    'fails(os.rename, "new", "other")': None,
    "sorted(os.listdir('.'))": ["file", "other"],
    "len(os.urandom(8))": 8,
    "os.write(writing, b'x') and os.read(reading, 1).decode()": "x",
    "signal.signal(signal.SIGALRM, lambda *_: None) is not None": True,
    "fails(signal.setitimer, signal.ITIMER_REAL, 0)": None,
}


def raw(name: str) -> str:
    return f'raw("{name}", 0, 0, 0, 0, 0)'


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, object]:
    """What each expression gives behind the filter; one process asks them all."""
    needs("system calls")
    names = f"NAMES = {(*REFUSED, 'clone', 'clone3', 'prlimit64')}\n"
    asked = [*map(raw, REFUSED), *ASKED]
    code = f"{names}{ASK}tell([eval(one) for one in {asked}])"
    told = apart(code, tmp_path_factory.mktemp("asked"))
    return dict(zip(asked, told, strict=True))


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_on_the_list_is_refused(answers: Mapping[str, object], name: str) -> None:
    assert answers[raw(name)] == "EPERM"


@pytest.mark.parametrize("asked", ASKED)
def test_a_call_is_answered_as_the_list_says(answers: Mapping[str, object], asked: str) -> None:
    assert answers[asked] == ASKED[asked]
