"""The student's own lines for a wrong node, as the grader holds them."""

from itertools import takewhile

from grader.engines.observation import Lines
from grader.engines.program import ObservedStep, Operand, Program, Ref, Step
from grader.engines.program_graph import is_leaf
from grader.feedback.shrinking.smallest import AskSubject
from grader.feedback.wording.source import LineText
from grader.feedback.wrong_node.faulty_part import FaultyPart
from grader.reports.report import Frame

MOST_LINES = 12


def frame_of(
    program: Program, blamed: FaultyPart, ask_subject: AskSubject, line: LineText
) -> Frame | None:
    """Return the lines of the submission that are to blame.

    Args:
        program: what it fails.
        blamed: the node, and which part of what belongs to it.
        ask_subject: asks the submission.
        line: finds a line in the submission as it was handed in.

    Returns:
        None where the submission names no lines, or none that it has.
    """
    steps = program.steps[: blamed.step + 1]
    question = Step("ask", "where", _asked(program, blamed))
    (answer,) = ask_subject([Program((*steps, question), (ObservedStep("", len(steps)),))])
    told = answer.answers.get(len(steps))
    if told is None or not isinstance(told.value, Lines):
        return None
    return _framed(told.value, blamed, line)


def _asked(program: Program, blamed: FaultyPart) -> tuple[Operand, ...]:
    """Return the node whose lines are looked for, which part, and the name of its method."""
    step = program.steps[blamed.step]
    if step.name == "forward" and step.refs() and blamed.part != "walk":  # of a function object
        return Ref(step.refs()[0]), "method", "backward" if blamed.part == "rule" else "forward"
    method = "backward" if blamed.part == "walk" else method_of(program, blamed.step)
    return Ref(blamed.step), "rule" if blamed.part == "rule" else "method", method


def method_of(program: Program, at: int) -> str:
    """Return the method of a class that step `at` calls."""
    step = program.steps[at]
    if is_leaf(step):
        return "__init__"
    if step.kind != "operate":
        return step.name
    first = step.operands[0]
    return f"__{step.name}__" if isinstance(first, Ref) else f"__r{step.name}__"


def _framed(told: Lines, blamed: FaultyPart, line: LineText) -> Frame | None:
    last = min(told.last, told.first + MOST_LINES - 1)
    texts = (line(told.file, number) for number in range(told.first, last + 1))
    lines = [text for text in takewhile(lambda text: text is not None, texts) if text is not None]
    if not lines:
        return None
    return Frame(
        told.file, told.function, told.first, tuple(lines), told.first + _marked(lines, blamed)
    )


def _marked(lines: list[str], blamed: FaultyPart) -> int:
    """Return which line to look at: that of an operand where each has one, else the first."""
    if blamed.part != "rule":
        return 0
    sending = [at for at, text in enumerate(lines) if at and _sends(text)]
    if blamed.place < len(sending) == 2:
        return sending[blamed.place]
    return sending[0] if len(sending) == 1 else 0


def _sends(line: str) -> bool:
    """Return whether a line gives an operand a gradient: sets it, or calls its `backward`."""
    return "grad" in line.partition("=")[0] or ".backward(" in line
