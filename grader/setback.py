"""Says where a training goes wrong first, in a student's words."""

from collections.abc import Mapping

from grader.chains import Chain
from grader.compare import Mismatch
from grader.expected import Question
from grader.lesson import Course, Lesson
from grader.observation import Answer
from grader.trace import Training


def setback(  # noqa: PLR0913, PLR0917
    lesson: Lesson,
    training: Training,
    parameters: Mapping[str, Chain],
    asked: Course,
    question: Question,
    mismatch: Mismatch,
) -> str:
    """Return a clause on the first thing that is not as asked.

    Args:
        lesson: what was asked.
        training: as the run left it behind.
        parameters: name → the leaf that it is.
        asked: the lesson from the training's own start, in its own order.
        question: the same with the oracles' answers.
        mismatch: where the training differs first.
    """
    if not parameters:
        return "the graph below the loss holds no parameter: it is cut somewhere before"
    grown = [done.nodes for done in training.passes if done.nodes]
    still = [name for name, one in parameters.items() if not one.moves]
    if len(still) == len(parameters) and len(set(grown)) > 1:
        return (
            f"the graph grows from {grown[0]} to {grown[1]} nodes at the first step:"
            f" {' and '.join(still)} have become results"
        )
    if len(still) == len(parameters):
        return f"{' and '.join(still)} keep their values through all {training.made} steps"
    if still:
        gradient = _number(parameters[still[0]].first.after)
        return f"{still[0]} keeps its value in every step, though its gradient is {gradient:g}"
    told = _first_wrong(lesson, parameters, asked, question, mismatch)
    if training.made == len(asked.steps):
        return told
    count = f"{training.made} steps were made, {len(asked.steps)} were asked"
    return f"{told}; {count}" if told else count


def _first_wrong(
    lesson: Lesson,
    parameters: Mapping[str, Chain],
    asked: Course,
    question: Question,
    mismatch: Mismatch,
) -> str:
    if mismatch.got is None:
        return ""
    got, want = _number(mismatch.got), _number(question.want.answers[mismatch.at])
    for number, step in enumerate(asked.steps, 1):
        if mismatch.at == step.loss:
            return f"the loss of step {number} is {got:.7g}, expected {want:.7g}"
        for name, at in step.grad.items():
            if at == mismatch.at:
                return f"{name}.grad is {got:.7g} in step {number}, expected {want:.7g}"
        for name, at in step.data.items():
            if at == mismatch.at:
                return _moved(lesson, parameters[name], name, number - 1, got)
    name = next(name for name, at in asked.end.items() if at == mismatch.at)
    return f"{name} is {got:.10g} at the end, expected {want:.10g}"


def _moved(lesson: Lesson, one: Chain, name: str, number: int, got: float) -> str:
    """Say how a step went wrong: by what a parameter moved, and by what it should have."""
    before = one.leaves.get(number)
    if before is None:
        return f"{name} is {got:.7g} after step {number}"
    gradient, moved = _number(before.after), got - _number(before.data)
    implied = f", a rate of {-moved / gradient:.4g}" if gradient else ""
    step = -lesson.rate * gradient
    return f"step {number} moves {name} by {moved:.7g}{implied}; expected {step:.7g}"


def _number(answer: Answer) -> float:
    return answer.value if isinstance(answer.value, float) else float("nan")
