"""The files of an exercise that is begun: complete enough to load, marked where to decide."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from grader.errors import Misused, UnwritableOutput, at
from grader.exercises import catalogue
from grader.exercises.catalogue import ExerciseEntry
from grader.exercises.validation import FILES, read


class BadName(Misused):
    """A new exercise's name is not of the form that names have."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name!r} cannot name an exercise",
            hint="write TRACK/NAME, each of letters, digits and underscores: demo/abs",
        )


class ExerciseExists(Misused):
    """A new exercise is never written over what is there."""

    def __init__(self, path: str, place: str) -> None:
        super().__init__(f"{path} exists already: {place}", hint="choose another name")


NAME = re.compile(r"(?P<track>\w+)/(?P<name>\w+)", re.ASCII)
ORACLE_FILE = "oracle.py"
MARK = re.compile(r"(?:#|<!--) decide: (?P<what>.*?)(?: -->)?$")

ABOUT = """\
title = "{name}"  # decide: what the list and the report call it
points = 1  # decide: what its checks add up to
after = [{after}]  # decide: the exercises of its track that it needs
taught = [{taught}]  # decide: what random graphs may use, "add" and "numbers" say
"""
PROMPT = """\
# {name}

<!-- decide: the task: what to build, what is graded, what is not asked -->
"""
ENGINE = '''\
class Value:
    """A number with a gradient, a node of a computation graph."""

    def __init__(self, data, _children=()):
        self.data = data
        self.grad = 0.0
        self._backward = lambda: None
        self._children = tuple(_children)
'''
STARTER = "{engine}\n\n# decide: what a student begins with, which scores nothing\n"
SOLUTION = "{engine}\n\n# decide: a full answer\n"
CHECKS = '''\
"""Asks for {name}."""

from grader import check


@check(points=1)
def holds_its_number(Value):  # decide: what it asks; its name is its id
    """A Value holds its number."""  # decide: what the student reads
    a = Value(3.5)
    return {{"a.data": a.data}}
'''
MUTANTS = '''\
"""What goes wrong in {name}."""

from grader import Mutant

MUTANTS: list[Mutant] = [
    # decide: what goes wrong, each an edit of the solution
    # Mutant(
    #     id="A1",
    #     written="- for +",
    #     replace="self.data + other.data",
    #     by="self.data - other.data",
    #     says="The sum subtracts.",
    #     asks="What is 1 + 2, and what do you get?",
    # ),
]
'''
ORACLE = '''\
"""What the engines of the grader do not know, twice: plainly, and in torch."""

from grader import Definition


def softplus(x):  # decide: a plain definition, by what a Value of the grader's has
    return (1 + x.exp()).log()


def torch_softplus(x):  # decide: the same in torch, which is given tensors
    from torch.nn.functional import softplus

    return softplus(x)


ORACLE = [
    # decide: the name that checks use, as a method or a function: a.softplus(), softplus(a)
    Definition("softplus", plain=softplus, torch=torch_softplus),
]
'''
TEMPLATES = dict(zip(FILES, (ABOUT, PROMPT, STARTER, SOLUTION, CHECKS, MUTANTS), strict=True))


def open_decisions(folder: Path) -> tuple[str, ...]:
    """Return the decisions that an exercise's author has still to make, with the place of each."""
    return tuple(
        f"{at(folder / name, number)}: decide {mark['what']}"
        for name in (*FILES, ORACLE_FILE)
        if name in FILES or (folder / name).is_file()
        for number, line in enumerate(read(folder / name).splitlines(), start=1)
        if (mark := MARK.search(line))
    )


def scaffold(
    path: str, home: Path, known: Sequence[ExerciseEntry], *, with_oracle: bool = False
) -> ExerciseEntry:
    """Write the files of a new exercise, after the last of its track, and return where it is.

    Args:
        path: "track/name".
        home: the folder that will hold it.
        known: every exercise there is.
        with_oracle: whether to begin an oracle.py, too.

    Raises:
        BadName: `path` is not of that form.
        ExerciseExists: there is one of that name.
        UnwritableOutput: a file cannot be written.
    """
    match = NAME.fullmatch(path)
    if match is None:
        raise BadName(path)
    for other in known:
        if other.path == path:
            raise ExerciseExists(path, at(other.folder))
    track = [other for other in known if other.track == match["track"]]
    number = catalogue.number_of(track[-1]) + 1 if track else 1
    folder = home / match["track"] / f"{number:02}_{match['name']}"
    oracle = {ORACLE_FILE: ORACLE} if with_oracle else {}
    _write(folder, match["name"], track[-1] if track else None, oracle)
    return ExerciseEntry(match["track"], match["name"], folder)


def _write(
    folder: Path, name: str, before: ExerciseEntry | None, oracle: Mapping[str, str]
) -> None:
    values = {"name": name, "engine": ENGINE, "after": "", "taught": ""}
    if before is not None:  # what was built so far is what a student begins with
        last = catalogue.load(before)
        values["engine"] = catalogue.solution(last).rstrip() + "\n"
        values["after"] = f'"{last.name}"'
        values["taught"] = ", ".join(f'"{taught}"' for taught in last.taught)
    try:
        folder.mkdir(parents=True)
        for file, template in TEMPLATES.items():
            (folder / file).write_text(template.format(**values), encoding="utf-8")
        for file, text in oracle.items():
            (folder / file).write_text(text, encoding="utf-8")
    except OSError as error:
        raise UnwritableOutput(at(folder), error.strerror or str(error)) from error
