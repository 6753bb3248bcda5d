"""Runs code in an interpreter of its own, which it may change for good, and reads what it tells."""

import json
import os
import subprocess
import sys
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from grader.sandbox.interpreter import site_folders
from tests.places import ROOT

if TYPE_CHECKING:  # only Linux can load it
    from grader.sandbox.walls.tiers import Layer

START = """
import errno, json, os, sys
def tell(told):
    print(json.dumps(told), flush=True)
def fails(attempt, *arguments):
    try:
        attempt(*arguments)
    except OSError as error:
        return errno.errorcode[error.errno]
    return None
"""
NOBODY = 65534
DOES_NOT_HOLD = ("can be written to", "still to be seen", "can be listed", "can be opened")


def apart(code: str, *words: object) -> Any:
    """Return what `code` tells in an interpreter of its own, started in the grader's folder.

    It finds `tell`, which says one thing as JSON; `fails`, which calls a function and returns the
    name of the error that the system gives; and `words` in `sys.argv[1:]`.
    """
    done = subprocess.run(
        [sys.executable, "-c", START + code, *map(str, words)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@cache
def _layers() -> "dict[str, Layer]":
    from grader.sandbox.zygote_client import ZygoteClient

    zygote = ZygoteClient(site_folders(), ask=True)
    zygote.close()
    return {layer.name: layer for layer in zygote.layers}


def needs(name: str) -> None:
    """Skip the test where this machine does not let a wall be built, and say why.

    A wall that is built and does not hold is our fault, and fails the test.
    """
    layer = _layers()[name]
    assert not any(said in layer.why_not for said in DOES_NOT_HOLD), layer.why_not
    if not layer.stands:
        pytest.skip(f"this machine has no {name}: {layer.why_not}")


def python_of_everyone() -> str:
    """Return a Python that nobody can run, of this version; the test is skipped if there is none.

    Root's own may lie in a folder that is closed to all others.
    """
    version = "python{}.{}".format(*sys.version_info)
    code = "import sys; sys.path += sys.argv[1:]; import click, pyseccomp, grader.cli.main"
    for python in (sys.executable, f"/usr/bin/{version}", f"/usr/local/bin/{version}"):
        if _runs_as_nobody([python, "-c", code, *everyones_path()]):
            return python
    return pytest.skip("nobody can run a Python here, with the grader and what it needs")


def everyones_path() -> list[str]:
    """Return where the grader lies, and what it needs."""
    return [str(ROOT), *site_folders()]


def _runs_as_nobody(words: list[str]) -> bool:
    user = NOBODY if os.geteuid() == 0 else None
    try:
        done = subprocess.run(words, cwd="/", user=user, capture_output=True, check=False)
    except OSError:
        return False
    return done.returncode == 0
