"""A submission's training beside the one that was asked, from its own start, in its own order."""

from collections.abc import Mapping, Sequence
from math import log2
from typing import NamedTuple, TypeAlias

from grader.engines.compare import Mismatch
from grader.engines.observation import NUMBER, Answer, Observation, number_in
from grader.engines.oracles.expected import Question
from grader.engines.program import Observed
from grader.exercises.training import Course, Example
from grader.grading.own_run.parameters import Chain
from grader.sandbox.trace import Training

TELLING = 16  # steps that tell one misconception from another
LEAST = 1e-9  # a loss that is as good as none
BEGINNING = 8  # steps that no other training gets right by chance

Parameters: TypeAlias = Mapping[str, Chain]


class Judged(NamedTuple):
    """One training of a submission, judged.

    Attributes:
        training: as the run left it behind.
        parameters: name → the leaf that it is.
        course: what was asked, from the same start and in the same order.
        question: the same with the oracles' answers.
        observation: what the training answers.
        mismatch: where it differs first.
        numbers: those of the examples.
        skipped: how many of the first steps are right, and not compared: what is numbered begins
            after them.
    """

    training: Training
    parameters: Parameters
    course: Course
    question: Question
    observation: Observation
    mismatch: Mismatch | None
    numbers: frozenset[float]
    skipped: int = 0

    @property
    def right_until(self) -> int:
        """The step at which it goes wrong, past the last one where it does not."""
        return len(self.question.program.steps) if self.mismatch is None else self.mismatch.at

    @property
    def is_stuck(self) -> bool:
        """Whether no parameter moves, though there is a loss."""
        moves = any(one.moves for one in self.parameters.values())
        return not moves and any(loss > LEAST for loss in self.training.losses)

    @property
    def nearness(self) -> tuple[float, ...]:
        """How likely it is the one that was meant; later ones win ties.

        Either it is right, or it makes about as many steps as asked, or uses the same examples, or
        begins right, or is right longer.
        """
        asked = self.course
        begins = len(asked.steps) > BEGINNING and self.right_until > asked.steps[BEGINNING].loss
        count = -abs(log2(self.training.made / len(asked.steps)))
        return self.mismatch is None, count, self.uses_examples, begins, self.right_until

    def order_note(self, sheet: Sequence[Example]) -> str:
        """Return a remark on examples that were taken in another order than the sheet's."""
        order = self.course.order
        if list(order) == list(sheet)[-len(order) :]:
            return ""
        ends = " and ".join(
            f"{name} = {one.end.value:.4g}"
            for name, one in self.parameters.items()
            if one.end and isinstance(one.end.value, float)
        )
        ended = f", and end at {ends}" if ends else ""
        return (
            f"your steps take the examples in an order of their own{ended}: compared in that order"
        )

    @property
    def uses_examples(self) -> bool:
        """Whether every number of the examples was a leaf in one of the first passes."""
        held = {leaf.data.value for done in self.training.passes for leaf in done.leaves}
        return self.numbers <= held


def stepping_wrongly(judged: Judged, name: str) -> Judged | None:
    """Return a training whose gradients at a corner are right, and whose first step is not."""
    second = judged.parameters[name].leaves.get(2)
    if second is None or len(judged.course.steps) < 2:
        return None
    at = judged.course.steps[1].data[name]
    want = judged.question.want.answers[at]
    return judged._replace(mismatch=Mismatch(at, want, second.data, judged.observation))


def first_missing(asked: Course, training: Training) -> list[Observed]:
    """Return a look at the first step that was not made, if too few were."""
    if training.made >= len(asked.steps):
        return []
    at = asked.steps[training.made].loss
    return [seen for seen in asked.program.observed if seen.at == at]


def observe(asked: Course, training: Training, parameters: Parameters) -> Observation:
    """Return what a training answers to the Program that trains as was asked."""
    answers: dict[int, Answer] = {}
    for number, step in enumerate(asked.steps[: training.made], 1):
        if number <= len(training.losses):
            answers[step.loss] = Answer(NUMBER, training.losses[number - 1])
        for name, one in parameters.items():
            leaf = one.leaves.get(number)
            if leaf is not None:
                answers[step.data[name]], answers[step.grad[name]] = leaf.data, leaf.after
    if training.made == len(asked.steps):
        ends = {asked.end[name]: one.end for name, one in parameters.items()}
        ends |= {asked.left[name]: one.left for name, one in parameters.items()}
        answers |= {at: end for at, end in ends.items() if end is not None}
    return Observation("answered", answers)


def telling(judged: Judged) -> Observation:
    """Return what tells one misconception from another: the first steps, the last, and the end."""
    asked = judged.course
    told = {at for step in asked.steps[:TELLING] for at in (step.loss, *step.data.values())}
    told |= {at for step in asked.steps[:TELLING] for at in step.grad.values()}
    told |= {*asked.end.values(), *asked.left.values()}
    answers = judged.observation.answers
    last = max((step.loss for step in asked.steps if step.loss in answers), default=0)
    kept = {at: answer for at, answer in answers.items() if at in told or at == last}
    return judged.observation._replace(answers=kept)


def end_of(judged: Judged) -> dict[str, float]:
    """Return what the parameters hold after the last step."""
    return {name: number_in(one.end or one.first.data) for name, one in judged.parameters.items()}
