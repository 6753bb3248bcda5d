"""An executor is what a name says, or it is said why there is none."""

import os
import sys
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path

import pytest

from grader.course.batch.executors import EXECUTORS, NoExecutor, Pool, end, maker_of
from grader.errors import install_command

MODULE = """\
from concurrent.futures import ThreadPoolExecutor

def threads():
    return ThreadPoolExecutor(1)

def number():
    return 7

def fails():
    raise OSError("the queue is closed")

name = "threads"
"""


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (tmp_path / "own_executors.py").write_text(MODULE, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    return "own_executors"


def test_a_function_of_a_module_gives_an_executor_each_time(module: str) -> None:
    make = maker_of(f"{module}:threads", 1)

    one, other = make(), make()

    assert isinstance(one, ThreadPoolExecutor)
    assert one is not other
    for executor in (one, other):
        end(executor)


@pytest.mark.parametrize(
    ("function", "reason"),
    [
        ("name", "it is a str, and no function"),
        ("number", "it gives a int"),
        ("fails", "the queue is closed"),
        ("missing", "module 'own_executors' has no attribute 'missing'"),
    ],
)
def test_what_gives_no_executor_is_said_with_the_reason(
    module: str, function: str, reason: str
) -> None:
    with pytest.raises(NoExecutor) as raised:
        maker_of(f"{module}:{function}", 1)()

    assert raised.value.message == f"no executor at '{module}:{function}': {reason}"
    assert raised.value.hint == EXECUTORS


def test_without_distributed_the_hint_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)

    with pytest.raises(NoExecutor) as raised:
        maker_of("dask://127.0.0.1:1", 1)()

    assert raised.value.message == (
        "no executor at 'dask://127.0.0.1:1': distributed is not installed"
    )
    assert raised.value.hint == install_command("distributed")


def test_a_pool_works_in_another_process_and_can_be_stopped() -> None:
    executor: Executor = maker_of("", 1)()
    try:
        elsewhere = executor.submit(os.getpid).result()
    finally:
        end(executor)

    assert isinstance(executor, Pool)
    assert elsewhere != os.getpid()
    with pytest.raises(ProcessLookupError):
        os.kill(elsewhere, 0)
