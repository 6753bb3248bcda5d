"""A wall stands where it was tried and held: a kernel that only says so is found out."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from tests.sandbox.apart import apart, needs

if sys.platform != "linux":
    pytest.skip("these walls are Linux's", allow_module_level=True)

try:
    import pyseccomp  # noqa: F401 - what runs apart needs its library
except (ImportError, RuntimeError, OSError) as error:
    pytest.skip(f"libseccomp is not installed: {error}", allow_module_level=True)

from grader.sandbox.walls import linux_calls
from grader.sandbox.walls.tiers import how_to_get_namespaces

SILENT = 0  # the kernel says that the call is done, and has done nothing
EPERM, ENOSYS = 1, 38
SECCOMP = 22  # of linux/prctl.h
REMOVE = "unlinkat" if os.uname().machine == "aarch64" else "unlink"  # os.unlink calls it
REMOUNTED = (
    linux_calls.REMOUNT
    | linux_calls.BIND
    | linux_calls.READ_ONLY
    | linux_calls.NO_SUID
    | linux_calls.NO_DEVICES
)
ABI_0 = "landlock of ABI 0 lets every file be cut to nothing: truncate is of ABI 3"
CODE = """
import pyseccomp
from grader.sandbox.walls import jail
from grader.sandbox.walls import linux_calls
from grader.sandbox.walls import seccomp
from grader.sandbox.walls import tiers
from grader.sandbox.interpreter import site_folders

folder, name, number, *asked = sys.argv[1:]
made = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
where = [pyseccomp.Arg(int(asked[0]), pyseccomp.EQ, int(asked[1]))] if asked else []
made.add_rule(pyseccomp.ERRNO(int(number)), name, *where)
seen, calls = jail.view([*site_folders(), f"{folder}/site"]), seccomp.program()
linux_calls.gain_nothing()
made.load()
tell({layer.name: layer for layer in tiers.layers(seen, f"{folder}/root", calls)})
"""
FILTERED = """
import pyseccomp, resource
from grader.sandbox.walls import jail
from grader.sandbox.walls import tiers
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
made = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
if sys.argv[2] == "fatal":
    made.add_rule(pyseccomp.KILL_PROCESS, "socket")
with open(os.memfd_create("filter"), "w+b") as file:
    made.export_bpf(file)
    file.seek(0)
    calls = file.read() if sys.argv[2] != "none" else b""
found = tiers.layers(jail.View((), ()), sys.argv[1], calls)
tell({layer.name: layer for layer in found})
"""


@pytest.fixture
def folder() -> Iterator[str]:
    """A folder that any user can enter, with a place for a root, and a package to be hidden."""
    with TemporaryDirectory(dir="/tmp") as name:
        Path(name).chmod(0o755)
        Path(name, "root").mkdir()
        Path(name, "site", "grader").mkdir(parents=True)
        Path(name, "site", "grader", "answers.py").touch()
        yield name


def layers(folder: str, call: str, number: int, *where: int) -> Any:
    """What each wall comes to where the kernel answers a call with `number`, an error or SILENT."""
    return apart(CODE, folder, call, number, *where)


@pytest.mark.parametrize(
    ("wall", "call", "where", "why"),
    [
        (
            "own root",
            "mount",
            (3, linux_calls.READ_ONLY),
            "something of the machine is still to be seen",
        ),
        ("own root", "mount", (3, REMOUNTED), "the root can be written to"),
        ("files", "landlock_restrict_self", (), "a folder that is not allowed can be listed"),
        ("files", "landlock_create_ruleset", (2, 1), ABI_0),
        ("system calls", "prctl", (0, SECCOMP), "a socket can be opened"),
        ("disk", REMOVE, (), "a file that is removed and kept open is not seen in /proc"),
    ],
)
def test_a_wall_that_the_kernel_only_says_it_has_put_up_does_not_stand(
    folder: str, wall: str, call: str, where: tuple[int, ...], why: str
) -> None:
    needs(wall)

    found = layers(folder, call, SILENT, *where)

    assert found[wall][1:3] == [False, why]


def test_a_root_that_shows_processes_does_not_stand(folder: str) -> None:
    needs("own root")
    code = """
from grader.sandbox.walls import jail
from grader.sandbox.walls import tiers
shown = jail.View((*jail.view([]).shown, "/proc"), ())
tell({layer.name: layer for layer in tiers.layers(shown, sys.argv[1], b"")})
"""

    found = apart(code, f"{folder}/root")

    assert found["own root"][1:3] == [False, "something of the machine is still to be seen"]


def test_nothing_else_falls_with_a_wall_that_does_not_hold(folder: str) -> None:
    needs("own root")

    found = layers(folder, "landlock_restrict_self", SILENT)

    standing = [name for name in ("namespaces", "own root", "system calls") if found[name][1]]
    assert standing == ["namespaces", "own root", "system calls"]


def test_a_kernel_without_landlock_is_told_with_the_one_that_has_it(folder: str) -> None:
    found = layers(folder, "landlock_create_ruleset", ENOSYS)

    assert found["files"] == [
        "files",
        False,
        "[Errno 38] landlock: Function not implemented",
        "Linux 6.2 or newer, with landlock in its list of lsm=",
    ]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to become another user")
def test_what_needs_a_user_is_not_tried_without_one(folder: str) -> None:
    found = layers(folder, "setresuid", EPERM)

    assert [found["own user"], found["disk"]] == [
        [
            "own user",
            False,
            "[Errno 1] Operation not permitted",
            "a start as an ordinary user, or with the capabilities SETUID and SETGID",
        ],
        ["disk", False, "not tried without an own user", "an own user first"],
    ]


@pytest.mark.parametrize(
    ("calls", "why"),
    [
        ("none", ["libseccomp is not installed"]),
        ("all allowed", ["a socket can be opened"]),
        ("fatal", ["ended with 31", "ended with 159"]),  # SIGSYS; 128 more where it leaves a core
    ],
)
def test_a_filter_that_is_missing_too_wide_or_fatal_is_told(
    tmp_path: Path, calls: str, why: list[str]
) -> None:
    found = apart(FILTERED, tmp_path, calls)["system calls"]

    assert (found[1], found[2] in why, found[3]) == (False, True, "apt install libseccomp2"), found


@pytest.mark.parametrize(
    ("files", "says"),
    [
        (
            {"proc/sys/kernel/apparmor_restrict_unprivileged_userns": "1\n", ".dockerenv": ""},
            "sysctl kernel.apparmor_restrict_unprivileged_userns=0",
        ),
        (
            {"proc/sys/kernel/apparmor_restrict_unprivileged_userns": "0\n", ".dockerenv": ""},
            "docker run --security-opt seccomp=unconfined",
        ),
        (
            {},
            "a kernel, or a container's profile, that allows them "
            f"(Linux {os.uname().release} here)",
        ),
    ],
)
def test_how_to_get_namespaces_depends_on_what_forbids_them(
    tmp_path: Path, files: dict[str, str], says: str
) -> None:
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)

    assert how_to_get_namespaces(str(tmp_path)) == says
