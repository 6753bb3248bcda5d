"""Compares the variables of a submission's own run with the oracles."""

from collections.abc import Mapping, Sequence, Set
from typing import cast

from grader.engines.compare import Mismatch, compare, same
from grader.engines.observation import NODES, NUMBER, OTHER, UNKNOWN_NODE, Answer, Observation
from grader.engines.oracles.expected import Expected
from grader.engines.program import Program, Ref
from grader.exercises.exercise import Check
from grader.grading.own_run.run_result import RunResult, no_result
from grader.reports.report import Counterexample, Shown
from grader.sandbox.trace import HeldNode, HeldTree, Moment, Trace

DATA, GRADIENT = "data", "grad"


def judge_variables(check: Check, expected: Expected, trace: Trace, cells: Set[int]) -> RunResult:
    """Compare the variables at the moment at which most of them are right.

    Args:
        check: of variables.
        expected: what it asks, and what the oracles say.
        trace: what the run left behind.
        cells: the cells that carry the exercise's tag, which decide ties.
    """
    inside = check.own_run.inside if check.own_run else ""
    program = expected.program
    observations = [
        (moment, observed_at(program, moment, inside))
        for moment in sorted(trace.moments, key=lambda moment: moment.cell in cells)
    ]
    if not observations:
        return no_result(expected, "the submission left no variables to look at")
    moment, observation = max(
        reversed(observations),
        key=lambda pair: (_rightness(expected, pair[1]), pair[0].after_pass),
    )
    mismatch = compare(program, expected.want, observation)
    if mismatch is None:
        return RunResult(expected, observation, note=_added_again(program, moment, trace))
    mismatch = _never_answered(expected, observations) or mismatch
    label = next(look.label for look in program.observed if look.at == mismatch.at)
    if mismatch.got is None:
        return RunResult(expected, observation, mismatch, _absent(label, inside, trace))
    want = _in_words(program, cast("Answer", mismatch.want))
    got = _in_words(program, mismatch.got)
    when = "right after backward(), " if moment.after_pass else ""
    message = f"{label} is {got} ({when}{moment.where}), expected {want}"
    example = _example(expected, _read_as(label, inside), mismatch.at, got)
    return RunResult(expected, observation, mismatch, message, example)


def _in_words(program: Program, answer: Answer) -> Shown:
    # for failing runs alone
    from grader.feedback.wording.explain import say
    from grader.feedback.wording.source import SourceNames

    return say(program, answer, SourceNames())


def _added_again(program: Program, moment: Moment, trace: Trace) -> str:
    """Return a remark where a second pass over the same graph has added the gradients again."""
    for index, name in program.names.items():
        is_asked = any(
            step.name == GRADIENT and Ref(index) in step.operands for step in program.steps
        )
        then = moment.variables.get(name)
        if not is_asked or not isinstance(then, HeldNode) or not isinstance(then.grad.value, float):
            continue
        for later in trace.moments:
            now = later.variables.get(name)
            if isinstance(now, HeldNode) and now.id == then.id and _has_grown(then, now):
                return (
                    f"{name}.grad is {now.grad.value} later: a second backward() on the same graph"
                    " adds to what is there; the values after the first one count"
                )
    return ""


def _has_grown(then: HeldNode, now: HeldNode) -> bool:
    value, later = then.grad.value, now.grad.value
    if not isinstance(value, float) or not isinstance(later, float):
        return False
    return now.data == then.data and value != 0 and abs(later) > abs(value)


def _never_answered(
    expected: Expected, observations: Sequence[tuple[Moment, Observation]]
) -> Mismatch | None:
    """Return the first look that no moment answers, if any: it tells more than a number does."""
    for _, at in expected.program.observed:
        if not any(at in observation.answers for _, observation in observations):
            return Mismatch(at, expected.want.answers[at], None, observations[-1][1])
    return None


def observed_at(program: Program, moment: Moment, inside: str = "") -> Observation:
    """Return the Observation that the variables of a moment give to a Program.

    Args:
        program: whose local names are those of the variables.
        moment: of a run.
        inside: the dict that holds the answers by their labels, "" for variables.
    """
    answers: dict[int, Answer] = {}
    for label, at in program.observed:
        answer = _entry(moment, inside, label) if inside else _answer(program, at, label, moment)
        if answer is not None:
            answers[at] = answer
    return Observation("answered", answers)


def _rightness(expected: Expected, observation: Observation) -> int:
    """Count the right answers twice, and the wrong ones once: these are better than none."""
    program, want = expected.program, expected.want.answers
    return sum(
        2 if same(program, want[at], answer) else 1 for at, answer in observation.answers.items()
    ) + (compare(program, expected.want, observation) is None)


def _answer(program: Program, at: int, label: str, moment: Moment) -> Answer | None:
    """Return a moment's answer to the step at index `at`, None where it gives none."""
    step = program.steps[at]
    operand = step.operands[0] if step.operands else None
    name = program.names.get(operand.at) if isinstance(operand, Ref) else None
    held = moment.variables.get(name) if name else None
    if held is None:
        return _plain(moment.variables.get(label))
    if step.kind == "ask" and step.name == "children":
        return _children(program, moment.variables, held)
    if step.kind != "read":
        return _plain(moment.variables.get(label))
    return _field(held, step.name)


def _field(held: HeldTree, name: str) -> Answer | None:
    if isinstance(held, Answer):
        return held if name == DATA and held.kind == NUMBER else None
    if not isinstance(held, HeldNode):
        return None
    if name in (DATA, GRADIENT):
        return held.data if name == DATA else held.grad
    text = {"label": held.label, "_op": held.op, "op": held.op}.get(name)
    return None if text is None else Answer(OTHER, f"the string {text!r}")


def _children(program: Program, variables: Mapping[str, HeldTree], held: HeldTree) -> Answer | None:
    if not isinstance(held, HeldNode) or held.children is None:
        return None
    steps = {
        variable.id: index
        for index, name in program.names.items()
        if isinstance(variable := variables.get(name), HeldNode)
    }
    return Answer(NODES, tuple(sorted({steps.get(id_, UNKNOWN_NODE) for id_ in held.children})))


def _entry(moment: Moment, inside: str, label: str) -> Answer | None:
    held = moment.variables.get(inside)
    return _plain(held.get(label)) if isinstance(held, Mapping) else None


def _plain(held: "HeldTree | None") -> Answer | None:
    return held if isinstance(held, Answer) else None


def _absent(label: str, inside: str, trace: Trace) -> str:
    name = inside or label.removeprefix("children of ").partition(".")[0].partition("[")[0]
    if not any(name in moment.variables for moment in trace.moments):
        return f"there is no variable called {name}"
    if inside:
        return f"{inside} has no number under {label!r}"
    return f"{label} cannot be read: {name} is something else than a node"


def _read_as(label: str, inside: str) -> str:
    return f"print({inside}[{label!r}])" if inside else f"print({label})"


def _example(expected: Expected, source: str, at: int, got: Shown) -> Counterexample | None:
    if " " in source:  # "children of c", which is no code
        return None
    numbers = {
        oracle.partition(" ")[0]: _in_words(expected.program, observation.answers[at])
        for oracle, observation in expected.by_oracle.items()
    }
    return Counterexample(source, numbers, got)
