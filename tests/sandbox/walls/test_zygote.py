"""The zygote, spoken to as the grader speaks to it, and otherwise."""

import json
import os
import select
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from grader.sandbox.interpreter import ROOT, environment, site_folders
from grader.sandbox.protocol.limits import Limits, Tier
from grader.sandbox.subject import request_for
from grader.submissions.submission import Submission

if sys.platform != "linux":
    pytest.skip("zygotes are Linux's", allow_module_level=True)

from grader.sandbox.walls.zygote import LARGEST
from grader.sandbox.zygote_client import BOOT, ZygoteChild, ZygoteClient
from tests.sandbox.zygotes import started_zygote

LAYERS = ["namespaces", "own root", "files", "system calls", "own user", "disk"]
PATIENCE_S = 600.0


class Zygote(NamedTuple):
    """A zygote that was started, and the grader's end of its line."""

    control: socket.socket
    process: "subprocess.Popen[bytes]"

    def says(self) -> Mapping[str, object] | None:
        """What it says next, None where the line has ended."""
        assert select.select([self.control], [], [], PATIENCE_S)[0], "it says nothing"
        try:
            body, descriptors, _, _ = socket.recv_fds(self.control, LARGEST, 1)
        except ConnectionResetError:
            return None
        for descriptor in descriptors:
            os.close(descriptor)
        told: Mapping[str, object] | None = json.loads(body) if body else None
        return told

    def begin(self, **changed: object) -> Mapping[str, object] | None:
        """Make the request that comes first, and return the answer."""
        request = {"site": site_folders(), "folder": "/", "warm": [], "at_most": "limits"}
        self.control.send(json.dumps({**request, "ask": False, **changed}).encode())
        return self.says()

    def fork(self, message: bytes = b"fork", lines: int = 1) -> Mapping[str, object] | None:
        """Send a message with so many descriptors, and return the answer."""
        ours, theirs = socket.socketpair()
        with ours, theirs:
            socket.send_fds(self.control, [message], [theirs.fileno()] * lines)
        return self.says()


@pytest.fixture
def zygote() -> Iterator[Zygote]:
    """A zygote that has been told nothing yet."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with ours:
        with theirs:
            process = subprocess.Popen(
                [sys.executable, "-I", "-S", "-c", BOOT, str(ROOT)],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=environment(),
                start_new_session=True,
            )
        yield Zygote(ours, process)
        process.kill()
        process.wait()


def test_it_says_how_the_walls_stand_and_waits(zygote: Zygote) -> None:
    told = zygote.begin()

    assert told is not None
    layers = told["layers"]
    assert isinstance(layers, list)
    assert (told["ready"], told["isolation"]) == (True, "limits")
    assert [layer[0] for layer in layers] == LAYERS
    assert zygote.process.poll() is None


def test_asked_for_the_walls_alone_it_says_them_and_ends(zygote: Zygote) -> None:
    told = zygote.begin(ask=True)

    assert told is not None
    assert zygote.says() is None
    assert zygote.process.wait(PATIENCE_S) == 0


@pytest.mark.parametrize(
    "request_",
    [b"{", b"[]", b"{}", b"\xff", b'{"site": 1}', b'{"site": [], "warm": ["no_such_module"]}'],
    ids=repr,
)
def test_a_first_request_that_is_none_ends_it_before_it_says_anything(
    zygote: Zygote, request_: bytes
) -> None:
    zygote.control.send(request_)

    assert zygote.says() is None
    assert zygote.process.wait(PATIENCE_S) == 1


def test_a_line_that_closes_before_the_first_request_ends_it(zygote: Zygote) -> None:
    zygote.control.close()

    assert zygote.process.wait(PATIENCE_S) == 1


def test_a_line_that_closes_later_ends_it_in_peace(zygote: Zygote) -> None:
    zygote.begin()

    zygote.control.close()

    assert zygote.process.wait(PATIENCE_S) == 0


def test_each_whole_request_is_a_child_whose_end_is_told(zygote: Zygote, tmp_path: Path) -> None:
    zygote.begin(folder=str(tmp_path))

    begun = zygote.fork()
    ended = zygote.says()

    assert begun is not None
    assert ended is not None
    assert begun.keys() == {"begun"}
    assert (ended["ended"], ended["status"]) == (begun["begun"], 0)
    assert ended.keys() == {"ended", "status", "cpu_s", "peak_kb"}


@pytest.mark.parametrize(
    ("message", "lines"),
    [(b"fork", 0), (b"fork", 2), (b"spoon", 1), (b"", 1), (b"forkfork", 1), (b"{}", 0)],
)
def test_any_other_message_ends_it_and_forks_nothing(
    zygote: Zygote, message: bytes, lines: int
) -> None:
    zygote.begin()

    assert zygote.fork(message, lines) is None

    assert zygote.process.wait(PATIENCE_S) == 0


def sleeping(made: ZygoteClient) -> ZygoteChild:
    """A child whose submission has begun, and sleeps."""
    submission = Submission("value.py", "", "script", "0" * 64, "import time\ntime.sleep(60)\n")
    child = made.fork()
    child.channel.request(request_for(submission, Limits(), site_folders(), str(ROOT)), 5.0)
    child.channel.reply(5.0)
    return child


def kernel_says(child: ZygoteChild, names: Sequence[str]) -> list[str]:
    """What /proc tells of a process under those names."""
    lines = Path(f"/proc/{child._number}/status").read_text().splitlines()
    told = dict(line.split(":\t", 1) for line in lines)
    return [told[name] for name in names]


@pytest.mark.parametrize("tier", ["full", "container"])
def test_a_submission_has_no_rights_can_gain_none_and_is_filtered(tier: Tier) -> None:
    names = ("CapInh", "CapPrm", "CapEff", "NoNewPrivs", "Seccomp", "Threads")
    with started_zygote(tier) as made:
        child = sleeping(made)

        told = kernel_says(child, names)

        child.end()
    assert told == ["0" * 16, "0" * 16, "0" * 16, "1", "2", "1"]


def test_each_child_of_tier_full_is_the_first_process_of_a_namespace_of_its_own() -> None:
    with started_zygote("full") as made:
        children = [sleeping(made) for _ in range(2)]

        (numbers,) = zip(*(kernel_says(child, ["NSpid"]) for child in children), strict=True)

        for child in children:
            child.end()
    assert [told.split()[-1] for told in numbers] == ["1", "1"]


@pytest.mark.parametrize("tier", ["full", "container", "limits"])
def test_a_child_holds_its_line_and_its_own_times_and_nothing_of_the_zygote_s(tier: Tier) -> None:
    if tier == "full" and os.geteuid() != 0:
        pytest.skip("only root can look into a child of tier full")
    with started_zygote(tier) as made:
        child = sleeping(made)

        folder = f"/proc/{child._number}/fd"
        held = {os.readlink(os.path.join(folder, name)) for name in os.listdir(folder)}

        child.end()
    (times,) = (one for one in held if one.endswith("/schedstat"))
    null, line = sorted(held - {times})
    assert (null, line.split("[")[0]) == ("/dev/null", "socket:")


@pytest.mark.skipif(os.geteuid() == 0, reason="root can look into every process")
def test_its_own_user_cannot_look_into_a_child_of_tier_full() -> None:
    with started_zygote("full") as made:
        child = sleeping(made)

        with pytest.raises(PermissionError):
            os.listdir(f"/proc/{child._number}/fd")

        child.end()


@pytest.mark.parametrize("tier", ["full", "container", "limits"])
def test_no_child_outlives_a_zygote_that_is_killed(tier: Tier) -> None:
    with started_zygote(tier) as made:
        child = sleeping(made)
        before = select.select([child._handle], [], [], 0)[0]

        made._process.kill()

        after = select.select([child._handle], [], [], PATIENCE_S)[0]
        os.close(child._handle)
        child.channel.close()
        assert (before, after) == ([], [child._handle])
