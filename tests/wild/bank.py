"""Reads the bank: engines in the manners of real ones, each with its truth in its first lines.

An engine's file begins with lines `# key: words`, which are not part of what is handed in:

- asks: the exercises, or whole tracks, that it is asked;
- kind: the row of the table that it belongs to;
- wrong: the checks that it fails, "sri/functions.tanh_adds_up" say; left out where it is right;
- at: the functions that are at fault, any of which may be named, "backward" say;
- says: a piece of what the report says of that;
- new, number, gradient, pass, relu, tanh, exp: how it is used, as expressions of `x`, a number, of
  `v`, a node, and of `root`; and clear, a statement that sets a gradient to 0: the truth is looked
  up with them, and the grader is told none;
- precision: how near its numbers come; small: it takes long on large graphs.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from grader.exercises import catalogue
from tests.wild.faults import FAULTS, Fault

HERE = Path(__file__).parent
KEY = re.compile(r"# (\w+): (.*)")
USES = {
    "new": "Value(x)",
    "number": "v.data",
    "gradient": "v.grad",
    "pass": "root.backward()",
    "relu": "v.relu()",
    "tanh": "v.tanh()",
    "exp": "v.exp()",
    "clear": "",
}


class Truth(NamedTuple):
    """The truth about a submission.

    Attributes:
        asks: the exercises that it is asked, "sri/functions" say.
        wrong: the checks that it fails, each "exercise.check"; none where it is right.
        says: a piece of what the report says, "" for any.
        at: the functions that are at fault.
        before: the right source, where it is known; it has the line at fault.
    """

    asks: tuple[str, ...]
    wrong: frozenset[str] = frozenset()
    says: str = ""
    at: frozenset[str] = frozenset()
    before: str = ""


class Engine(NamedTuple):
    """An engine of the bank.

    Attributes:
        name: "right/slots".
        kind: the row of the table.
        truth: what is true of it.
        source: what is handed in.
        uses: how it is used, for who looks the truth up.
        precision: relative, of its numbers.
        small: whether it takes long on large graphs.
    """

    name: str
    kind: str
    truth: Truth
    source: str
    uses: Mapping[str, str]
    precision: float
    small: bool


def engines() -> list[Engine]:
    """Return every engine, the right ones first."""
    written = [engine(path) for path in sorted((HERE / "engines").glob("*/*.py"))]
    return [*written, *map(with_fault, FAULTS)]


def with_fault(fault: Fault) -> Engine:
    """Return a right engine with a fault."""
    right = engine(HERE / "engines" / "right" / f"{fault.engine}.py")
    assert fault.old in right.source, fault.name
    truth = truth_of({"asks": fault.asks, "wrong": fault.wrong, "says": fault.says})
    truth = truth._replace(before=right.source)
    return right._replace(
        name=f"fault/{fault.name}",
        kind=fault.kind,
        truth=truth,
        source=right.source.replace(fault.old, fault.new),
    )


def source_of(name: str) -> str:
    """Return the source of an engine, "right/slots" say, as it is handed in."""
    return engine(HERE / "engines" / f"{name}.py").source


def engine(path: Path) -> Engine:
    """Return the engine in a file."""
    keys, source = headed(path.read_text(encoding="utf-8"))
    return Engine(
        f"{path.parent.name}/{path.stem}",
        keys["kind"],
        truth_of(keys),
        source,
        {name: keys.get(name, usual) for name, usual in USES.items()},
        float(keys.get("precision", 1e-9)),
        "small" in keys,
    )


def headed(text: str) -> tuple[dict[str, str], str]:
    """Return the keys at the head of a text, and the rest of it."""
    lines = text.splitlines(keepends=True)
    count = next((n for n, line in enumerate(lines) if not KEY.match(line)), len(lines))
    pairs = (KEY.match(line) for line in lines[:count])
    return {one[1]: one[2] for one in pairs if one}, "".join(lines[count:])


def truth_of(keys: Mapping[str, str]) -> Truth:
    """Return the truth that keys tell."""
    return Truth(
        exercises(_words(keys["asks"])),
        frozenset(_words(keys.get("wrong", ""))),
        keys.get("says", ""),
        frozenset(_words(keys.get("at", ""))),
    )


def exercises(names: Iterable[str]) -> tuple[str, ...]:
    """Return exercises by their full names, a track's one by one."""
    entries = catalogue.entries()
    found = [one.path for name in names for one in entries if name in (one.track, one.path)]
    return tuple(dict.fromkeys(found))


def _words(text: str) -> list[str]:
    return text.replace(",", " ").split()
