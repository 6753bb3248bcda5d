"""Exercises are proven side by side, by processes that are forked where that can be asked for."""

import sys
import tempfile
from pathlib import Path

import pytest

from grader.grading.verification.parallel import process_context


@pytest.mark.skipif(sys.platform == "win32", reason="Windows forks nothing")
@pytest.mark.parametrize(("depth", "method"), [(1, "forkserver"), (30, "spawn")])
def test_processes_are_forked_where_a_socket_may_have_so_long_a_name(
    monkeypatch: pytest.MonkeyPatch, depth: int, method: str
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(Path("/", *["job"] * depth)))

    assert process_context().get_start_method() == method
