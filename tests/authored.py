"""A small exercise in files, right as it is, for tests that change one of them."""

from pathlib import Path

from grader.exercises.catalogue import Entry
from grader.exercises.validation import FILES

ABOUT = """\
title = "Sums"
points = 3
given = 1
after = ["zero"]
taught = ["add", "numbers"]
accepts = { __pow__ = ["__power__", "power"] }
"""
CHECKS = '''\
from grader import advisory, check


@check(points=1)
def adds(Value):
    """Addition adds.

    Nothing else.
    """
    return {"sum": (Value(1.0) + Value(2.0)).data}


@check(points=2, after=adds, visibility="hidden")
def twice(Value):
    """A value can be added to itself"""
    a = Value(1.0)
    return {"sum": (a + a).data}


@advisory(says="addition starts at the right", when="differs")
def direction(Value):
    return {"sum": (Value(1.0) + Value(2.0)).data}
'''
MUTANTS = """\
from grader import Mutant

MUTANTS = [Mutant("A1", "minus", "+", "-", "The sum subtracts.", "What is 1 + 2?")]
"""
CONTENTS = {
    "exercise.toml": ABOUT,
    "prompt.md": "# Sums\n\nAdd größer numbers.\n",
    "starter.py": "class Value:\n    ...\n",
    "solution.py": "class Value:\n    pass\n",
    "checks.py": CHECKS,
    "mutants.py": MUTANTS,
}


def exercise(home: Path, path: str = "demo/01_one", **changed: str) -> Entry:
    """Write an exercise below `home`, some of its files otherwise than usual."""
    folder = home / path
    folder.mkdir(parents=True)
    for name, content in (CONTENTS | {by_name(key): text for key, text in changed.items()}).items():
        (folder / name).write_text(content, encoding="utf-8")
    track, _, number_and_name = path.partition("/")
    return Entry(track, number_and_name.partition("_")[2], folder)


def by_name(key: str) -> str:
    return next(name for name in FILES if name.partition(".")[0] == key)
