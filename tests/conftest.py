"""Begins with the tests that take long, and lets none fail for a machine that is busy."""

import gc
import os
import signal
import warnings
from contextlib import suppress
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import settings

from tests.grading_fixtures import (  # noqa: F401
    command,
    grade_afresh,
    grade_cells,
    grade_source,
    ready_grader,
)
from tests.parts import part_of
from tests.places import ROOT

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # So a shell starts what runs in the background, and every command of a test would inherit it.
    signal.signal(signal.SIGINT, signal.default_int_handler)

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


def pytest_configure(config: pytest.Config) -> None:
    """Have what a command line names of a folder follow each other.

    Pytest 9.1 knows the fixtures of a folder's conftest no more where it comes to it once again.
    """
    config.args.sort(key=lambda one: Path(one.partition("::")[0]).parts)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Return one more than there are processors: a third of what tests take is waited for."""
    ours = getattr(os, "sched_getaffinity", None)
    return (len(ours(0)) if ours else os.cpu_count() or 1) + 1


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """Return a scheduler that hands out several cases of one test at a time.

    To hand out each by itself takes longer the more there are: half a minute for all of them.
    """
    if config.getoption("dist") != "loadgroup":
        return None
    from xdist.scheduler import LoadGroupScheduling

    class LoadPartScheduling(LoadGroupScheduling):  # type: ignore[misc]
        """Hands out a part of a test's cases, and what has a group as a whole."""

        def _split_scope(self, nodeid: str) -> str:
            group: str = super()._split_scope(nodeid)
            return group if group != nodeid else part_of(nodeid)

    return LoadPartScheduling(config, log)


def pytest_sessionstart(session: pytest.Session) -> None:
    """Have each worker begin with modules of its own: what one has compiled, the others read.

    Where nothing is compiled yet, all of them would compile the same, one after the other.
    """
    told = getattr(session.config, "workerinput", None)
    if told is None or session.config.args != session.config.getini("testpaths"):
        return
    files = sorted((ROOT / "tests").rglob("test_*.py"))
    begin = len(files) * int(told["workerid"].removeprefix("gw")) // told["workercount"]
    with warnings.catch_warnings(action="error"):
        for package in ("IPython", "jupyter_client"):  # as in pyproject.toml
            warnings.filterwarnings("ignore", category=DeprecationWarning, module=package)
        for file in files[begin:] + files[:begin]:
            with suppress(Exception, pytest.skip.Exception):  # it is said where it is collected
                import_module(".".join(file.relative_to(ROOT).with_suffix("").parts))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


def pytest_collection_finish() -> None:
    """Keep the garbage collector from looking through thousands of tests again and again.

    A training's graphs are garbage by the ten thousand: it is collected once there are many.
    """
    gc.freeze()
    gc.set_threshold(1_000_000, 20, 100)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish() -> None:
    """Look through what the tests have left once, and not six times: it is a gigabyte by then."""
    gc.collect()
    gc.freeze()
