"""The system calls that Python does not offer, tried in other processes where they last."""

import os
import sys
from pathlib import Path

import pytest

from tests.sandbox.apart import apart, needs

if sys.platform != "linux":
    pytest.skip("these calls are Linux's", allow_module_level=True)

from grader.sandbox.walls import linux_calls

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root has rights to give up")
IN_NAMESPACES = """
import errno, os, sys
from grader.sandbox.walls import jail
from grader.sandbox.walls import linux_calls
jail.leave_the_others()
linux_calls.mount("none", "/", "", linux_calls.RECURSIVE | linux_calls.PRIVATE)
os.chdir(sys.argv[1])
os.mkdir("on")
open("on/below", "x").close()
linux_calls.mount("tmpfs", "on", "tmpfs", 0, "size=64k")
open("on/above", "x").close()
"""
STATUS = """
from grader.sandbox.walls import linux_calls
def status(*names):
    lines = (line.split() for line in open("/proc/self/status"))
    return [words[1] for words in lines if words[0].rstrip(":") in names]
"""


def test_a_function_that_fails_is_an_error_with_its_name_and_number() -> None:
    with pytest.raises(OSError, match=r"^\[Errno 2\] chdir: No such file or directory$"):
        linux_calls.call("chdir", b"/gone")


def test_a_system_call_that_fails_is_an_error_with_its_name_and_number() -> None:
    with pytest.raises(OSError, match=r"^\[Errno 38\] nothing: Function not implemented$"):
        linux_calls.system_call("nothing", 100_000)


def test_a_filter_that_is_none_is_refused() -> None:
    with pytest.raises(OSError, match=r"^\[Errno 22\] prctl: Invalid argument$"):
        linux_calls.filter_calls(b"")


def test_numbers_are_packed_one_behind_the_other_the_lowest_byte_first() -> None:
    assert linux_calls.attributes([1, 258], [8, 4]) == b"\1\0\0\0\0\0\0\0\2\1\0\0"
    assert linux_calls.attributes([], []) == b""


@pytest.mark.parametrize(
    ("values", "sizes", "error"),
    [([256], [1], OverflowError), ([-1], [8], OverflowError), ([1, 2], [8], ValueError)],
)
def test_a_number_that_does_not_fit_is_refused(
    values: list[int], sizes: list[int], error: type[Exception]
) -> None:
    with pytest.raises(error):
        linux_calls.attributes(values, sizes)


def test_a_process_that_gains_nothing_is_marked_by_the_kernel() -> None:
    code = """
before = status("NoNewPrivs")
linux_calls.gain_nothing()
tell(before + status("NoNewPrivs"))
"""

    assert apart(STATUS + code)[1] == "1"


def test_no_capability_is_left_once_they_are_dropped() -> None:
    code = """
linux_calls.gain_nothing()
linux_calls.drop_capabilities()
tell([int(word, 16) for word in status("CapEff", "CapPrm", "CapInh")])
"""

    assert apart(STATUS + code) == [0, 0, 0]


@as_root
def test_root_without_capabilities_has_no_rights_over_another_s_file(tmp_path: Path) -> None:
    (tmp_path / "file").touch(mode=0o600)
    os.chown(tmp_path / "file", 12345, 12345)
    code = """
from grader.sandbox.walls import linux_calls
before = fails(open, sys.argv[1])
linux_calls.drop_capabilities()
tell([before, fails(open, sys.argv[1]), fails(os.setuid, 12345)])
"""

    assert apart(code, tmp_path / "file") == [None, "EACCES", "EPERM"]


def test_memory_is_hidden_and_shown_again() -> None:
    code = """
from grader.sandbox.walls import linux_calls
def is_seen():
    return linux_calls.call("prctl", 3, 0, 0, 0, 0)  # PR_GET_DUMPABLE
told = [is_seen()]
linux_calls.hide_memory()
told.append(is_seen())
linux_calls.show_memory()
tell([*told, is_seen()])
"""

    assert apart(code) == [1, 0, 1]


def test_a_process_dies_with_the_one_that_made_it() -> None:
    code = """
import signal, time
from grader.sandbox.walls import linux_calls
ready, made = os.pipe()
if os.fork() == 0:
    linux_calls.die_with_parent(signal.SIGKILL)
    os.write(made, b"!")
    time.sleep(2)
    os.write(1, b"it lives on")
    os._exit(0)
os.read(ready, 1)
tell("gone")
"""

    assert apart(code) == "gone"  # the end of what is printed comes with the end of both


def test_a_mount_hides_what_is_below_until_it_is_taken_away(tmp_path: Path) -> None:
    needs("namespaces")
    code = """
told = [os.listdir("on"), open("on/above", "wb", 0).write(bytes(1 << 20))]
linux_calls.unmount("on")
tell([*told, os.listdir("on"), fails(linux_calls.unmount, "on")])
"""

    told = apart(IN_NAMESPACES + code, tmp_path)

    assert told == [["above"], 64 << 10, ["below"], "EINVAL"]
    assert os.listdir(tmp_path / "on") == ["below"]  # nobody outside has seen the mount


def test_a_mount_can_be_made_one_that_nobody_writes_to_or_runs(tmp_path: Path) -> None:
    needs("namespaces")
    code = """
os.chmod("on/above", 0o755)
os.mkdir("on/in")
linux_calls.mount("tmpfs", "on/in", "tmpfs")
linux_calls.restrict_mount("on", linux_calls.READ_ONLY | linux_calls.NO_EXEC)
tell([fails(open, "on/above", "a"), fails(os.mkdir, "on/new"), fails(os.mkdir, "on/in/new"),
      fails(os.execv, "on/above", ["above"]), fails(linux_calls.restrict_mount, "on/above", 1)])
"""

    assert apart(IN_NAMESPACES + code, tmp_path) == ["EROFS", "EROFS", "EROFS", "EACCES", "EINVAL"]


def test_a_mount_becomes_the_root_and_the_old_one_is_gone(tmp_path: Path) -> None:
    needs("namespaces")
    code = """
os.chdir("on")
linux_calls.change_root(".", ".")
linux_calls.unmount(".")
tell([os.listdir("/"), os.listdir("/.."), os.path.exists(sys.argv[1])])
"""

    assert apart(IN_NAMESPACES + code, tmp_path) == [["above"], ["above"], False]


def test_a_namespace_that_was_left_can_be_entered_again() -> None:
    needs("namespaces")
    code = """
from grader.sandbox.walls import linux_calls
def here():
    return os.readlink("/proc/self/ns/uts")
linux_calls.unshare(linux_calls.NEW_USER | linux_calls.NEW_UTS)
first, held = here(), os.open("/proc/self/ns/uts", os.O_RDONLY)
linux_calls.unshare(linux_calls.NEW_UTS)
second = here()
linux_calls.enter(held, linux_calls.NEW_UTS)
tell([first != second, first == here(), fails(linux_calls.enter, held, linux_calls.NEW_NET)])
"""

    assert apart(code) == [True, True, "EINVAL"]
