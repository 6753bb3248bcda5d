"""An Observation: what an engine did when it was asked a Program, as bounded plain data."""

from collections.abc import Mapping
from math import nan
from typing import Literal, NamedTuple, TypeAlias

Ending: TypeAlias = Literal[
    "answered",  # every step ran
    "raised",  # a step raised an exception
    "timed out",  # the deadline passed, or the CPU limit
    "died",  # the process ended
    "flooded",  # printed past the output limit
    "violated",  # spoke out of turn, or closed the line to the grader
    "not asked",  # an earlier Program used up the patience or the restarts
]
ENDINGS: tuple[Ending, ...] = (
    "answered",
    "raised",
    "timed out",
    "died",
    "flooded",
    "violated",
    "not asked",
)

NUMBER, ARRAY, TRUTH, NODES, ORDER, TEXT, WORD, GRAPH, LINES, NOTHING, OTHER = (
    "number",
    "array",
    "truth",
    "nodes",
    "order",
    "text",
    "word",
    "graph",
    "lines",
    "nothing",
    "other",
)
UNKNOWN_NODE = -1
SINGLE, HALF = "single", "half"
MOST_ENTRIES = 4096
MOST_AXES = 8


class Array(NamedTuple):
    """An array of one axis or more; without axes it is a number.

    Attributes:
        shape: the size of each axis, MOST_AXES at most.
        entries: row by row, the last axis fastest, MOST_ENTRIES at most.
    """

    shape: tuple[int, ...]
    entries: tuple[float, ...]


class PrintedText(NamedTuple):
    """The text that `repr` gave, and whether it printed meanwhile."""

    text: str
    printed: bool


class Traversal(NamedTuple):
    """The nodes of a graph as an engine lists them.

    Attributes:
        order: step indices, UNKNOWN_NODE for a node no step made; None where no list was found.
        gradients: (step index, gradient) of every known node after `backward()`; the oracles give
            them always, a submission only where its order could not be seen.
        reversible: the list came out of `backward`, which may have turned it round already.
    """

    order: tuple[int, ...] | None
    gradients: tuple[tuple[int, float], ...] = ()
    reversible: bool = False


class BorrowedPackage(NamedTuple):
    """A use of a package that its exercise forbids, by a graded class or function.

    Attributes:
        name: the class or function, under the submission's own name.
        package: the package's top-level name.
        place: the line that uses it, None where none is known.
        held_class: the class of what its objects hold, where that is how it was found.
    """

    name: str
    package: str
    place: "Place | None" = None
    held_class: str = ""


class GraphAnswer(NamedTuple):
    """The graph of a computation as a submission lists or draws it, by step indices.

    A node that no step made is UNKNOWN_NODE. The parts are sets, kept in rising order.

    Attributes:
        nodes: those that are listed or drawn.
        edges: (operand, result), one for all uses of the operand by that result.
        back: (operand, result) where the way back is drawn besides.
    """

    nodes: tuple[int, ...]
    edges: tuple[tuple[int, int], ...]
    back: tuple[tuple[int, int], ...] = ()


class Lines(NamedTuple):
    """Lines of the submission: file or cell, the function, and the first and last, from 1."""

    file: str
    function: str
    first: int
    last: int


Value: TypeAlias = (
    float
    | bool
    | str
    | tuple[int, ...]
    | Array
    | PrintedText
    | Traversal
    | GraphAnswer
    | Lines
    | None
)


class Answer(NamedTuple):
    """One observed result, plain.

    Attributes:
        kind: NUMBER (float), ARRAY (Array), TRUTH (bool), NODES (step indices), ORDER (Traversal),
            TEXT (PrintedText), WORD (str: a label, an operation), GRAPH (GraphAnswer), LINES
            (Lines), NOTHING (None), or OTHER (str: what it is, "a list of 3" say).
        value: as `kind` says.
        how: for a question, the code that answers it in the submission, with {} for the operand.
    """

    kind: str
    value: Value
    how: str = ""


def number_in(answer: Answer | None, otherwise: float = nan) -> float:
    """Return the number in an answer.

    Args:
        answer: what was observed, None where nothing was.
        otherwise: what stands for anything that is no number; by default, it equals nothing.
    """
    value = answer.value if answer else None
    return value if isinstance(value, float) else otherwise


class Place(NamedTuple):
    """A line of the submission: file or cell, line number from 1, and the function it is in."""

    file: str
    line: int
    function: str


class Fault(NamedTuple):
    """An exception that was raised: its class, its message, and the student's innermost line."""

    type: str
    message: str
    place: Place | None = None


class ResourceUse(NamedTuple):
    """The resources that a process had used when it was stopped, as far as the system tells.

    Attributes:
        wall_s: seconds since it was started.
        cpu_s: seconds of CPU since then.
        peak_mb: memory at its largest, in megabytes beyond what the interpreter takes by itself.
        written_kb: what it had written to files and to the grader, in kilobytes.
    """

    wall_s: float
    cpu_s: float
    peak_mb: int
    written_kb: int


class Observation(NamedTuple):
    """The answers of an engine to one Program, and how that ended.

    Attributes:
        ended: how it ended.
        answers: step index → Answer, for the observed steps that ran.
        step: index of the step that did not come to its end, where one is known.
        fault: the exception, where one was raised.
        detail: where it did not come to its end by itself, what is known, as a clause.
        members: a method or attribute → how the submission has it, where it has it otherwise:
            "{}.value" for `data`, "relu({})" for `relu`.
        borrowed: what it was seen to use of a forbidden package, if anything.
        use: where a limit stopped it, or its process ended, what that had used.
        precision: SINGLE or HALF where its numbers are held in 32 bits or 16, "" where in 64.
    """

    ended: Ending
    answers: Mapping[int, Answer] = {}
    step: int | None = None
    fault: Fault | None = None
    detail: str = ""
    members: Mapping[str, str] = {}
    borrowed: BorrowedPackage | None = None
    use: ResourceUse | None = None
    precision: str = ""
