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
    program: Program, faulty: FaultyPart, ask_subject: AskSubject, line: LineText
) -> Frame | None:
    """Return the lines of the submission that are at fault.

    Args:
        program: the Program that it fails.
        faulty: the node, and the part that belongs to it.
        ask_subject: asks the submission.
        line: finds a line in the submission as it was handed in.

    Returns:
        None where the submission names no lines, or none that it has.
    """
    steps = program.steps[: faulty.step + 1]
    question = Step("ask", "where", _question_operands(program, faulty))
    (answer,) = ask_subject([Program((*steps, question), (ObservedStep("", len(steps)),))])
    place = answer.answers.get(len(steps))
    if place is None or not isinstance(place.value, Lines):
        return None
    return _frame(place.value, faulty, line)


def _question_operands(program: Program, faulty: FaultyPart) -> tuple[Operand, ...]:
    """Return the node whose lines are looked for, which part, and the name of its method."""
    step = program.steps[faulty.step]
    if step.name == "forward" and step.refs() and faulty.part != "walk":  # of a function object
        return Ref(step.refs()[0]), "method", "backward" if faulty.part == "rule" else "forward"
    method = "backward" if faulty.part == "walk" else method_of(program, faulty.step)
    return Ref(faulty.step), "rule" if faulty.part == "rule" else "method", method


def method_of(program: Program, at: int) -> str:
    """Return the method of a class that step `at` calls."""
    step = program.steps[at]
    if is_leaf(step):
        return "__init__"
    if step.kind != "operate":
        return step.name
    first = step.operands[0]
    return f"__{step.name}__" if isinstance(first, Ref) else f"__r{step.name}__"


def _frame(place: Lines, faulty: FaultyPart, line: LineText) -> Frame | None:
    last = min(place.last, place.first + MOST_LINES - 1)
    texts = (line(place.file, number) for number in range(place.first, last + 1))
    lines = [text for text in takewhile(lambda text: text is not None, texts) if text is not None]
    if not lines:
        return None
    marked = place.first + _marked_line(lines, faulty)
    return Frame(place.file, place.function, place.first, tuple(lines), marked)


def _marked_line(lines: list[str], faulty: FaultyPart) -> int:
    """Return the index of the line to look at: an operand's where each has one, else the first."""
    if faulty.part != "rule":
        return 0
    sending = [at for at, text in enumerate(lines) if at and _sends(text)]
    if faulty.place < len(sending) == 2:
        return sending[faulty.place]
    return sending[0] if len(sending) == 1 else 0


def _sends(line: str) -> bool:
    """Return whether a line gives an operand a gradient: sets it, or calls its `backward`."""
    return "grad" in line.partition("=")[0] or ".backward(" in line
