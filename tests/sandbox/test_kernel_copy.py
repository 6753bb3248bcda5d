"""The live way: a copy of this process answers, and whatever it does is an Observation."""

import os
import sys

import pytest

from grader.sandbox.child.kernel_copy_main import Live
from grader.sandbox.kernel_copy import Fork, NoCopy

LIVE = Live({}, {})


def test_a_system_that_cannot_copy_a_process_is_an_error_that_names_the_way_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delattr(os, "fork", raising=False)

    with pytest.raises(NoCopy, match=r"cannot be copied.*: Windows has no such thing") as caught:
        Fork(LIVE)

    assert caught.value.hint == "save the notebook, and grade that: %grade … --fresh"


def test_a_system_that_will_not_copy_a_process_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    def full() -> int:
        raise OSError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(os, "fork", full, raising=False)

    with pytest.raises(NoCopy, match="Resource temporarily unavailable"):
        Fork(LIVE)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows copies no process")
def test_a_copy_ends_with_the_line_to_it_and_is_reaped() -> None:
    copy = Fork(LIVE)

    copy.channel.close()

    assert copy.end(patience_s=20.0) == 0
    assert copy.end() == 0
