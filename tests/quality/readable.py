"""What students may read of an exercise, and what would be wrong with it."""

import io
import re
import tokenize
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from grader.exercises import catalogue
from grader.exercises.catalogue import Entry
from grader.reports.report import CheckResult

LONGEST = 160
"""Words in all that is shown of one failure; nobody reads more before trying something."""

RUN = 5
"""Tokens in a row that make code of a solution: `a.grad` has 3, `self.grad += 1` has 5."""

BLAME = re.compile(
    r"\b(?:stupid|silly|dumb|lazy|careless|obvious|simply|trivial|of course|wrong of you"
    r"|you (?:forgot|failed|should)|your (?:fault|mistake)"
    r"|just (?:add|call|do|multiply|put|remember|replace|return|set|take|use|write))(?:ly)?\b",
    re.IGNORECASE,
)
DOUBLED = re.compile(r"\b([a-z]+) \1\b", re.IGNORECASE)
Run: TypeAlias = tuple[str, ...]


class Said(NamedTuple):
    """A text that a student may read, and where it stands: "sri/neuron W5 asks" say."""

    where: str
    text: str


def hints(entry: Entry) -> Iterator[Said]:
    """Give the sentences and the questions of an exercise's mutants."""
    for mutant in catalogue.mutants(catalogue.load(entry)):
        yield Said(f"{entry.path} {mutant.id} says", mutant.says)
        yield Said(f"{entry.path} {mutant.id} asks", mutant.asks)


def titles(entry: Entry) -> Iterator[Said]:
    """Give the titles of an exercise's checks, and its remarks."""
    exercise = catalogue.load(entry)
    yield from (Said(f"{entry.path} {check.id} title", check.title) for check in exercise.checks)
    yield from (Said(f"{entry.path} {one.id} remark", one.says) for one in exercise.advisories)


def prompt(entry: Entry) -> Iterator[Said]:
    """Give the paragraphs and points of an exercise's task, without its code."""
    code = re.compile(r"```.*?```|^ {4}.*?$", re.DOTALL | re.MULTILINE)
    text = code.sub("\n\n", catalogue.prompt(entry))
    for paragraph in filter(None, map(str.strip, re.split(r"\n\s*\n|\n(?=[-|#])", text))):
        yield Said(f"{entry.path} prompt", " ".join(paragraph.split()))


def sentences(check: CheckResult) -> Iterator[Said]:
    """Give what a report says of one check, without the program, numbers and lines shown."""
    yield Said(f"{check.id} title", check.title)
    yield Said(f"{check.id} message", check.message)
    for diagnosis in (check.diagnosis, *check.further):
        if diagnosis:
            yield Said(f"{check.id} says", diagnosis.says)
            yield Said(f"{check.id} asks", diagnosis.hint)
    if check.counterexample and check.counterexample.note:
        yield Said(f"{check.id} note", check.counterexample.note)
    if check.first_wrong_node:
        yield Said(f"{check.id} first wrong node", check.first_wrong_node.says)
    if check.training and check.training.suggests:
        yield Said(f"{check.id} training", check.training.suggests)


def runs_of(code: str) -> set[Run]:
    """Return every run of RUN tokens on one line of code; comments and texts are no code."""
    lines: list[list[str]] = [[]]
    for token in tokenize.generate_tokens(io.StringIO(code).readline):
        if token.type in (tokenize.NEWLINE, tokenize.NL):
            lines.append([])
        elif token.type in (tokenize.NAME, tokenize.NUMBER, tokenize.OP):
            lines[-1].append(token.string)
    return {run for line in lines for run in _runs(line)}


def code_in(text: str, solution: set[Run]) -> list[str]:
    """Return the runs of a solution's tokens that stand in a text, however they are spaced."""
    words = re.findall(r"\w+(?:\.\d+)?|\*\*=?|//|[-+*/%@=<>!]=|[^\w\s]", text)
    return [" ".join(run) for run in _runs(words) if run in solution]


def _runs(held: Sequence[str]) -> Iterable[Run]:
    return (tuple(held[at : at + RUN]) for at in range(len(held) - RUN + 1))
