"""A root of its own: what of the machine it is to show, and what is to be seen in it."""

import os
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.places import ROOT
from tests.sandbox.apart import apart, needs

if sys.platform != "linux":
    pytest.skip("these walls are Linux's", allow_module_level=True)

from grader.sandbox.walls import jail, landlock


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder of packages, in which ours are installed beside others."""
    for name in ("grader", "reference", "numpy", "numpy/core"):
        (tmp_path / "site" / name).mkdir(parents=True)
        (tmp_path / "site" / name / "__init__.py").touch()
    return tmp_path / "site"


def test_no_folder_is_shown_twice(site: Path) -> None:
    shown = jail.view([str(site / "numpy"), str(site), f"{site}/numpy/../numpy/core"]).shown

    assert [path for path in shown if path.startswith(str(site))] == [str(site)]
    for path in shown:
        above = Path(path).parents
        assert not [other for other in shown if Path(other) in above]


def test_a_folder_whose_name_only_begins_alike_is_shown(tmp_path: Path) -> None:
    for name in ("lib", "lib64"):
        (tmp_path / name).mkdir()

    shown = jail.view([str(tmp_path / "lib64"), str(tmp_path / "lib")]).shown

    assert [path for path in shown if path.startswith(str(tmp_path))] == [
        str(tmp_path / "lib"),
        str(tmp_path / "lib64"),
    ]


def test_what_does_not_exist_is_not_shown_nor_the_root_itself(tmp_path: Path) -> None:
    shown = jail.view([str(tmp_path / "gone"), "/"]).shown

    assert str(tmp_path / "gone") not in shown
    assert "/" not in shown


def test_python_is_shown() -> None:
    shown = jail.view([]).shown

    library = Path(os.__file__).parent
    assert any(Path(path) in (library, *library.parents) for path in shown)


def test_what_is_ours_is_hidden_where_it_is_installed(site: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()

    hidden = jail.view([str(site), str(tmp_path / "other")]).hidden

    assert hidden == (str(site / "grader"), str(site / "reference"))


def test_a_wheel_has_one_folder_and_what_others_call_alike_is_theirs(site: Path) -> None:
    (site / "grader" / "shipped").mkdir()

    hidden = jail.view([str(site)]).hidden

    assert hidden == (str(site / "grader"),)


def test_a_repository_is_hidden_wherever_a_folder_around_it_is_shown() -> None:
    hidden = jail.view([str(ROOT.parent)]).hidden

    assert hidden == tuple(str(ROOT / name) for name in ("grader", "reference", "exercises"))


def test_without_mounts_everything_around_what_is_hidden_can_be_read(site: Path) -> None:
    seen = jail.JailView((str(site), "/usr"), (str(site / "grader"), str(site / "reference")))

    assert dict(jail.around(seen)) == {
        "/usr": landlock.READ,
        str(site): landlock.READ_DIR,
        str(site / "numpy"): landlock.READ,
    }


def test_what_is_hidden_deep_down_leaves_its_neighbours_readable(site: Path) -> None:
    seen = jail.JailView((str(site),), (str(site / "numpy" / "core"),))

    assert dict(jail.around(seen)) == {
        str(site): landlock.READ_DIR,
        str(site / "grader"): landlock.READ,
        str(site / "reference"): landlock.READ,
        str(site / "numpy"): landlock.READ_DIR,
        str(site / "numpy" / "__init__.py"): landlock.READ,
    }


INSIDE = """
import signal, socket
from grader.sandbox.walls import jail
from grader.sandbox.walls import linux_calls
site, new = sys.argv[1:]
outside = os.getcwd()
jail.leave_the_others()
def in_a_child(attempt):
    reading, writing = os.pipe()
    if os.fork() == 0:
        os.dup2(writing, 1)
        attempt()
        os._exit(0)
    os.close(writing)
    print(open(reading).read(), end="")
    status = os.wait()[1]
    sys.exit(os.waitstatus_to_exitcode(status))
def built():
    jail.build(jail.view([site]), new)
"""


def inside(code: str, site: Path, new: Path) -> Any:
    """What is told by the first process of new namespaces."""
    needs("own root")
    new.mkdir()
    body = "".join(f"    {line}\n" for line in code.strip().splitlines())
    return apart(f"{INSIDE}def attempt():\n{body}in_a_child(attempt)\n", site, new)


def test_nothing_of_the_machine_is_there_but_python_and_its_packages(
    site: Path, tmp_path: Path
) -> None:
    code = """
built()
gone = [outside + "/grader", "/../proc", "/proc", "/sys", "/etc/passwd", "/run", "/var", new]
tell([os.listdir("/"), [path for path in gone if os.path.exists(path)], os.listdir("/dev")])
"""

    names, gone, devices = inside(code, site, tmp_path / "new")

    files = [path for path in jail.FILES if os.path.exists(path)]
    shown = (*jail.view([str(site)]).shown, *files, "/dev", jail.ROOM, "/tmp")
    assert set(names) == {Path(path).parts[1] for path in shown}
    assert (gone, sorted(devices)) == ([], ["nothing", "null", "random", "urandom"])


def test_what_is_ours_is_empty_and_what_is_not_can_be_read(site: Path, tmp_path: Path) -> None:
    code = """
built()
ours = os.listdir(site + "/grader")
linux_calls.drop_capabilities()
tell([ours, fails(os.listdir, site + "/grader"), fails(open, site + "/reference/__init__.py"),
      sorted(os.listdir(site)), os.listdir(site + "/numpy/core")])
"""

    told = inside(code, site, tmp_path / "new")

    assert told == [[], "EACCES", "EACCES", ["grader", "numpy", "reference"], ["__init__.py"]]


def test_nothing_can_be_written_but_to_scratch(site: Path, tmp_path: Path) -> None:
    code = """
import time
built()
before = fails(os.mkdir, jail.SCRATCH + "/x")
jail.own_scratch(1)
told = [before, os.getcwd() == jail.SCRATCH, open("file", "w").write("text")]
for folder in ("", "/tmp", "/room", "/usr", "/dev", site, site + "/numpy"):
    told.append(fails(os.mkdir, f"{folder}/made-{os.getpid()}-{time.time_ns()}"))
told.append(open("/dev/null", "w").write("text"))
tell(told)
"""

    told = inside(code, site, tmp_path / "new")

    assert told == ["EROFS", True, 4, *["EROFS"] * 7, 4]
    assert os.listdir(tmp_path / "new") == []  # nobody outside sees what was mounted there


def test_scratch_is_as_large_as_asked_and_runs_no_program(site: Path, tmp_path: Path) -> None:
    code = """
built()
jail.own_scratch(1)
file = os.open("file", os.O_CREAT | os.O_WRONLY, 0o755)
told = [os.write(file, bytes(2 << 20)), fails(os.write, file, b"x"), fails(os.execv, "file", ["x"])]
os.unlink("file")
made = 0
try:
    while made < 300:
        os.mkdir(str(made))
        made += 1
except OSError as error:
    told.append(errno.errorcode[error.errno])
tell([*told, 250 <= made <= 256])
"""

    told = inside(code, site, tmp_path / "new")

    assert told == [1 << 20, "ENOSPC", "EACCES", "ENOSPC", True]


def test_there_is_no_other_process_no_network_and_no_right(site: Path, tmp_path: Path) -> None:
    code = """
tell([os.getpid(), os.getppid(), os.getuid(), os.getgid(), socket.if_nameindex(),
      fails(socket.socket().connect, ("127.0.0.1", 9)), fails(os.setuid, 0),
      fails(os.setgroups, [])])
"""

    told = inside(code, site, tmp_path / "new")

    number = jail.UNPRIVILEGED
    assert told == [1, 0, number, number, [[1, "lo"]], "ENETUNREACH", "EINVAL", "EPERM"]
