"""A ruleset of landlock: what it allows can be done, and nothing else; tried in other processes."""

import os
import socket
import sys
from pathlib import Path

import pytest

from tests.sandbox.apart import apart, needs

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="landlock is Linux's")

RESTRICT = """
from grader.sandbox.walls import landlock
from grader.sandbox.walls import linux_calls
def restrict(*allowed):
    linux_calls.gain_nothing()
    landlock.Ruleset(allowed).restrict()
"""
TCP_SINCE, SIGNALS_SINCE = 4, 6


@pytest.fixture(autouse=True)
def _there_is_landlock() -> None:
    needs("files")


def needs_abi(least: int, what: str) -> None:
    from grader.sandbox.walls import landlock

    if (abi := landlock.version()) < least:
        pytest.skip(f"landlock of ABI {abi} does not guard {what}: that is of ABI {least}")


@pytest.fixture
def folders(tmp_path: Path) -> Path:
    """Two folders, `here` and `there`, with a file in each."""
    for name in ("here", "there"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").write_text(name, encoding="utf-8")
    return tmp_path


def test_a_folder_can_be_read_and_no_other(folders: Path) -> None:
    code = """
os.chdir(sys.argv[1])
restrict(("here", landlock.READ))
tell([os.listdir("here"), open("here/file").read(), fails(os.listdir, "there"),
      fails(open, "there/file"), fails(open, "there/gone")])
"""

    told = apart(RESTRICT + code, folders)

    assert told == [["file"], "here", "EACCES", "EACCES", "ENOENT"]


def test_what_can_be_read_cannot_be_changed(folders: Path) -> None:
    code = """
os.chdir(sys.argv[1])
restrict(("here", landlock.READ))
tell([fails(open, "here/file", "a"), fails(open, "here/new", "x"), fails(os.mkdir, "here/new"),
      fails(os.truncate, "here/file", 0), fails(os.unlink, "here/file"),
      fails(os.symlink, "x", "here/new"), fails(os.rename, "here/file", "here/other")])
"""

    assert apart(RESTRICT + code, folders) == ["EACCES"] * 7
    assert (folders / "here" / "file").read_text(encoding="utf-8") == "here"


def test_a_folder_of_one_s_own_can_be_changed_in_every_way(folders: Path) -> None:
    code = """
os.chdir(sys.argv[1])
restrict(("here", landlock.FULL))
os.mkdir("here/new")
open("here/new/file", "x").close()
os.rename("here/new/file", "here/other")
os.truncate("here/file", 1)
os.symlink("file", "here/link")
os.mkfifo("here/pipe")
os.rmdir("here/new")
tell([sorted(os.listdir("here")), fails(os.rename, "here/file", "there/new")])
"""

    told = apart(RESTRICT + code, folders)

    assert told == [["file", "link", "other", "pipe"], "EACCES"]
    assert (folders / "here" / "file").read_text(encoding="utf-8") == "h"


def test_one_file_can_be_allowed_without_its_folder(folders: Path) -> None:
    code = """
os.chdir(sys.argv[1])
restrict(("here/file", landlock.READ | landlock.WRITE_FILE))
open("here/file", "a").write("!")
tell([open("here/file").read(), fails(os.listdir, "here"), fails(os.unlink, "here/file")])
"""

    assert apart(RESTRICT + code, folders) == ["here!", "EACCES", "EACCES"]


def test_a_program_runs_where_that_is_allowed_alone(folders: Path) -> None:
    code = """
import shutil
os.chdir(sys.argv[1])
shutil.copy("/bin/true", "here/true")
shutil.copy("/bin/true", "there/true")
system = [(path, landlock.READ) for path in ("/lib", "/lib64", "/usr/lib")]
restrict(*system, ("here", landlock.READ), ("there", landlock.READ_FILE | landlock.READ_DIR))
def runs(path):
    pid = os.fork()
    if pid == 0:
        os._exit(99 if fails(os.execv, path, [path]) == "EACCES" else 1)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
tell([runs("here/true"), runs("there/true")])
"""

    assert apart(RESTRICT + code, folders) == [0, 99]


def test_what_does_not_exist_is_left_out_of_the_rules(folders: Path) -> None:
    code = """
os.chdir(sys.argv[1])
restrict(("gone", landlock.FULL), ("here", landlock.READ))
tell([os.listdir("here"), fails(os.mkdir, "gone")])
"""

    assert apart(RESTRICT + code, folders) == [["file"], "EACCES"]


def test_a_second_ruleset_takes_away_and_gives_nothing_back(folders: Path) -> None:
    code = """
os.chdir(sys.argv[1])
restrict(("here", landlock.READ))
restrict((".", landlock.FULL))
tell([os.listdir("here"), fails(os.listdir, "there"), fails(open, "here/file", "a")])
"""

    assert apart(RESTRICT + code, folders) == [["file"], "EACCES", "EACCES"]


def test_no_tcp_port_can_be_reached_or_taken() -> None:
    needs_abi(TCP_SINCE, "TCP")
    code = """
import socket
restrict()
port = int(sys.argv[1])
tell([fails(socket.socket().connect, ("127.0.0.1", port)),
      fails(socket.socket().bind, ("127.0.0.1", 0))])
"""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)

        told = apart(RESTRICT + code, listener.getsockname()[1])

        assert told == ["EACCES", "EACCES"]
        with pytest.raises(BlockingIOError):
            listener.accept()


def test_no_signal_reaches_a_process_outside() -> None:
    needs_abi(SIGNALS_SINCE, "signals")
    code = """
restrict()
pid = os.fork()
if pid == 0:
    os.read(os.pipe()[0], 1)
tell([fails(os.kill, int(sys.argv[1]), 0), fails(os.kill, os.getpid(), 0),
      fails(os.kill, pid, 9), os.waitpid(pid, 0)[1]])
"""

    assert apart(RESTRICT + code, os.getpid()) == ["EPERM", None, None, 9]


def test_no_abstract_socket_outside_can_be_reached() -> None:
    needs_abi(SIGNALS_SINCE, "abstract sockets")
    code = """
import socket
restrict()
def made():
    return socket.socket(socket.AF_UNIX)
own = made()
own.bind("\\0own-" + sys.argv[1])
own.listen()
tell([fails(made().connect, "\\0" + sys.argv[1]),
      fails(made().connect, "\\0own-" + sys.argv[1])])
"""
    name = f"of-{os.getpid()}"
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(f"\0{name}")
        listener.listen()

        assert apart(RESTRICT + code, name) == ["EPERM", None]


def test_a_process_that_could_gain_rights_cannot_restrict_itself(folders: Path) -> None:
    code = """
if linux_calls.call("prctl", 39, 0, 0, 0, 0):  # PR_GET_NO_NEW_PRIVS
    tell(None)
    sys.exit()
linux_calls.drop_capabilities()
tell([fails(landlock.Ruleset([]).restrict), os.listdir(sys.argv[1] + "/here")])
"""

    told = apart(RESTRICT + code, folders)

    if told is None:
        pytest.skip("what is started here can gain no rights to begin with")
    assert told == ["EPERM", ["file"]]


def test_no_descriptor_is_left_open() -> None:
    code = """
before = os.listdir("/proc/self/fd")
restrict(("/proc", landlock.READ), ("/usr", landlock.READ), ("/gone", landlock.READ))
tell(len(os.listdir("/proc/self/fd")) - len(before))
"""

    assert apart(RESTRICT + code) == 0


def test_a_kernel_without_landlock_is_told_from_one_that_has_it() -> None:
    code = """
import pyseccomp
before = [landlock.is_there()]
linux_calls.gain_nothing()
made = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
made.add_rule(pyseccomp.ERRNO(errno.ENOSYS), "landlock_create_ruleset")
made.load()
tell([*before, landlock.is_there(), fails(landlock.version), fails(landlock.Ruleset, [])])
"""

    assert apart(RESTRICT + code) == [True, False, "ENOSYS", "ENOSYS"]
