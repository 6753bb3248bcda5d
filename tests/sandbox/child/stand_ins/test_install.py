"""The stand-ins are put in place together, behind all that is installed."""

import builtins
import sys

import pytest

from grader.sandbox.child.stand_ins.install import install


def test_the_finders_come_last(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    before = len(sys.meta_path)

    stand_ins = install("")

    assert len(sys.meta_path) == before + 2
    assert stand_ins.parsed("x = 1", lambda text: text) == ("x = 1", [])
    assert not hasattr(builtins, "get_ipython")
