"""The grader's side of a zygote: children, how they ended, and what becomes of them without it."""

import os
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from grader.sandbox.interpreter import site_folders
from grader.sandbox.protocol.limits import Tier
from grader.sandbox.submission_run import ProcessLost
from tests.sandbox.processes import children, descriptors, group, started

if sys.platform != "linux":
    pytest.skip("zygotes are Linux's", allow_module_level=True)

from grader.sandbox.usage import Usage
from grader.sandbox.zygote_client import ChildExit, ZygoteClient
from tests.sandbox.zygotes import started_zygote

PATIENCE_S = 600.0
TICK_S = 0.02  # the system counts in hundredths while a process runs


@pytest.fixture(scope="module", params=["full", "container", "limits"])
def shared(request: pytest.FixtureRequest) -> Iterator[ZygoteClient]:
    """A zygote behind walls of each tier, for many children."""
    with started_zygote(request.param) as made:
        yield made


@pytest.fixture
def mortal() -> Iterator[ZygoteClient]:
    """A zygote that the test may kill."""
    with closing(ZygoteClient(site_folders(), at_most="limits")) as made:
        yield made


def kill(made: ZygoteClient) -> None:
    made._process.kill()
    made._process.wait()


def test_a_child_that_is_ended_did_not_end_by_itself_and_its_use_is_known(
    shared: ZygoteClient,
) -> None:
    child = shared.fork()

    assert child.end() is None

    used = child.usage()
    assert used == Usage(child.cpu_s(), used.peak_kb)
    assert used.cpu_s is not None
    assert 0 <= used.cpu_s < 5
    assert 1 << 10 < used.peak_kb < 1 << 20


def test_a_child_whose_line_is_closed_ends_by_itself(shared: ZygoteClient) -> None:
    child = shared.fork()

    child.channel.close()

    assert child.end(PATIENCE_S) == 0


def test_a_child_that_runs_tells_what_it_has_used_so_far(shared: ZygoteClient) -> None:
    child = shared.fork()

    used = child.usage()
    child.end()

    in_the_end = child.cpu_s()
    assert used.cpu_s is not None
    assert in_the_end is not None
    assert 0 <= used.cpu_s <= in_the_end + TICK_S
    assert used.peak_kb > 1 << 10


def test_children_may_end_in_any_order(shared: ZygoteClient) -> None:
    children = [shared.fork() for _ in range(4)]
    for child in children[::2]:
        child.channel.close()

    statuses = [child.end(PATIENCE_S * (child in children[::2])) for child in children[::-1]]

    assert statuses == [None, 0, None, 0]


def test_a_child_that_has_ended_leaves_no_descriptor(shared: ZygoteClient) -> None:
    shared.fork().end()
    before = descriptors()

    for _ in range(3):
        shared.fork().end()

    assert descriptors() == before


def test_what_a_child_writes_to_is_empty_and_gone_with_it(shared: ZygoteClient) -> None:
    folder = Path(shared._folder.name)
    before = set(folder.rglob("*"))

    shared.fork().end()

    assert set(folder.rglob("*")) == before


@pytest.mark.parametrize("tier", ["container", "limits"])
def test_no_more_walls_are_built_than_asked_for(tier: Tier) -> None:
    with closing(ZygoteClient(site_folders(), at_most=tier, ask=True)) as made:
        assert made.isolation in (tier, "limits")


def test_a_zygote_that_is_gone_forks_nothing(mortal: ZygoteClient) -> None:
    kill(mortal)
    before = descriptors()

    with pytest.raises(ProcessLost):
        mortal.fork()

    assert descriptors() == before


def test_how_a_child_ended_is_not_known_where_the_zygote_is_gone(mortal: ZygoteClient) -> None:
    before = descriptors()
    child = mortal.fork()
    kill(mortal)

    with pytest.raises(ProcessLost):
        child.end()

    assert descriptors() == before


def test_a_child_that_is_lost_can_be_ended_once_more(mortal: ZygoteClient) -> None:
    child = mortal.fork()
    kill(mortal)
    with pytest.raises(ProcessLost):
        child.end()
    before = descriptors()

    assert child.end() is None
    assert descriptors() == before


def test_what_was_told_before_the_zygote_died_is_kept(mortal: ZygoteClient) -> None:
    first, second = mortal.fork(), mortal.fork()
    for child in (first, second):
        child.channel.close()
        assert select.select([child._handle], [], [], PATIENCE_S)[0]
    second.end(PATIENCE_S)
    kill(mortal)

    assert type(mortal.exit_of(first._pid)) is ChildExit
    with pytest.raises(ProcessLost):
        mortal.exit_of(first._pid)
    os.close(first._handle)


@pytest.mark.parametrize("python", ["/bin/false", "/bin/true"])
def test_a_zygote_that_never_starts_is_lost_and_leaves_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, python: str
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("sys.executable", python)
    before = descriptors()

    with pytest.raises(ProcessLost):
        ZygoteClient(site_folders())

    assert (descriptors(), list(tmp_path.iterdir())) == (before, [])


class Asked(Exception):
    """Somebody has asked this process to end."""


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Callable[..., None]]:
    """Ask this process to end, and have that raised."""

    def told(*_: object) -> None:
        raise Asked

    before = signal.signal(signal.SIGTERM, told)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    yield lambda *_: signal.raise_signal(signal.SIGTERM)
    signal.signal(signal.SIGTERM, before)


@pytest.mark.parametrize("asked_while", ["it is started", "it builds"])
def test_who_is_asked_to_end_while_a_zygote_starts_leaves_nothing(
    asked_while: str,
    ask: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    class Popen(subprocess.Popen[bytes]):
        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **options)
            pids.append(self.pid)
            ask()

    pids: list[int] = []
    before, processes = descriptors(), started()
    if asked_while == "it is started":
        monkeypatch.setattr("grader.sandbox.zygote_client.subprocess.Popen", Popen)
    else:
        monkeypatch.setattr(ZygoteClient, "_receive", ask)

    with pytest.raises(Asked):
        ZygoteClient(site_folders())

    assert len(pids) == (asked_while == "it is started")
    assert children(besides=processes) == []
    assert (descriptors(), list(tmp_path.iterdir())) == (before, [])


def test_who_is_asked_to_end_while_a_zygote_is_ended_ends_it_first(
    ask: Callable[..., None], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    made = ZygoteClient(site_folders(), at_most="limits")
    wait = made._process.wait

    def asked(seconds: float) -> int:
        ask()
        return wait(seconds)

    monkeypatch.setattr(made._process, "wait", asked)

    with pytest.raises(Asked):
        made.close()

    assert made._process.returncode is not None
    assert list(tmp_path.iterdir()) == []


def test_a_zygote_gets_neither_the_grader_s_secrets_nor_its_terminal_s_ctrl_c(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CANVAS_TOKEN", "very secret")
    with closing(ZygoteClient(site_folders(), at_most="limits")) as made:
        number = made._process.pid

        environment = Path(f"/proc/{number}/environ").read_bytes()
        session = os.getsid(number)

    assert b"secret" not in environment
    assert session == number  # Ctrl-C goes to the terminal's session


def test_closed_it_leaves_no_process_folder_or_descriptor(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    before = descriptors()
    made = ZygoteClient(site_folders(), at_most="limits")
    child = made.fork()

    made.close()

    with pytest.raises(ProcessLost):
        child.end()
    assert group(made._process.pid) == []
    assert (descriptors(), list(tmp_path.iterdir())) == (before, [])
    made.close()  # once more changes nothing
