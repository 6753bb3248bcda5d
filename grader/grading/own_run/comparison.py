"""A submission's training beside the one that was asked, from its own start, in its own order."""

from collections.abc import Mapping, Sequence
from math import log2
from typing import NamedTuple, TypeAlias

from grader.engines.compare import Mismatch
from grader.engines.observation import NUMBER, Answer, Observation, number_in
from grader.engines.oracles.expected import Expected, mismatch_of
from grader.engines.program import ObservedStep
from grader.exercises.training import Example, TrainingProgram
from grader.grading.own_run.parameters import Parameter
from grader.grading.own_run.training_oracle import TrainingOracle
from grader.sandbox.trace import Training

TELLING = 16  # steps that tell one misconception from another
LEAST = 1e-9  # a loss that is as good as none
BEGINNING = 8  # steps that no other training gets right by chance

Parameters: TypeAlias = Mapping[str, Parameter]


class ComparedTraining(NamedTuple):
    """One training of a submission, beside the one that was asked.

    Attributes:
        training: as the run left it behind.
        parameters: name → the leaf that it is.
        target: the training that was asked, from the same start and in the same order.
        expected: the same with the oracles' answers.
        observation: what the training answers.
        mismatch: where it differs first.
        numbers: those of the examples.
        skipped: how many of the first steps are right, and not compared: what is numbered begins
            after them.
    """

    training: Training
    parameters: Parameters
    target: TrainingProgram
    expected: Expected
    observation: Observation
    mismatch: Mismatch | None
    numbers: frozenset[float]
    skipped: int = 0

    @property
    def right_until(self) -> int:
        """The step at which it goes wrong, past the last one where it does not."""
        return len(self.expected.program.steps) if self.mismatch is None else self.mismatch.at

    @property
    def is_stuck(self) -> bool:
        """Whether no parameter moves, though there is a loss."""
        moves = any(one.moves for one in self.parameters.values())
        return not moves and any(loss > LEAST for loss in self.training.losses)

    @property
    def is_as_asked(self) -> bool:
        """Whether it is right, over these examples, in as many steps: none can be nearer."""
        as_long = self.training.made == len(self.target.steps)
        return self.mismatch is None and as_long and self.uses_examples

    @property
    def nearness(self) -> tuple[float, ...]:
        """A key for how likely it is the one that was meant; later ones win ties.

        Either it is right, or it makes about as many steps as asked, or uses the same examples, or
        begins right, or is right longer.
        """
        steps = self.target.steps
        begins = len(steps) > BEGINNING and self.right_until > steps[BEGINNING].loss
        count = -abs(log2(self.training.made / len(steps)))
        return self.mismatch is None, count, self.uses_examples, begins, self.right_until

    def order_note(self, sheet: Sequence[Example]) -> str:
        """Return a remark on examples that were taken in another order than the sheet's."""
        order = self.target.order
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


def compare_training(
    oracle: TrainingOracle, training: Training, parameters: Parameters, target: TrainingProgram
) -> ComparedTraining:
    """Compare a training with the one that was asked.

    Args:
        oracle: gives the answers to `target`.
        training: as the run left it behind.
        parameters: name → the leaf that it is.
        target: from the same start and in the same order.
    """
    observation = observe(target, training, parameters)._replace(precision=oracle.precision)
    known = [look for look in target.program.observed if look.at in observation.answers]
    looks = (*known, *first_missing(target, training))
    expected = oracle.ask(target.program)._replace(program=target.program._replace(observed=looks))
    mismatch = mismatch_of(expected.program, expected.want, observation)
    if mismatch is None and training.made > len(target.steps):
        last = target.program.observed[-1].at
        mismatch = Mismatch(last, expected.want.answers[last], None, observation)
    if mismatch is None and not parameters:  # right numbers, and nothing that learns them
        first = target.steps[0].loss
        mismatch = Mismatch(first, expected.want.answers[first], None, observation)
    numbers = frozenset(number for example in oracle.task.examples for number in example)
    return ComparedTraining(training, parameters, target, expected, observation, mismatch, numbers)


def stepping_wrongly(compared: ComparedTraining, name: str) -> ComparedTraining | None:
    """Return a training as wrong in its first step, though its gradients at a corner are right."""
    second = compared.parameters[name].leaves.get(2)
    if second is None or len(compared.target.steps) < 2:
        return None
    at = compared.target.steps[1].data[name]
    want = compared.expected.want.answers[at]
    return compared._replace(mismatch=Mismatch(at, want, second.data, compared.observation))


def first_missing(target: TrainingProgram, training: Training) -> list[ObservedStep]:
    """Return a look at the first step that was not made, if too few were."""
    if training.made >= len(target.steps):
        return []
    at = target.steps[training.made].loss
    return [look for look in target.program.observed if look.at == at]


def observe(target: TrainingProgram, training: Training, parameters: Parameters) -> Observation:
    """Return a training's answers to the Program that trains as was asked."""
    answers: dict[int, Answer] = {}
    for number, step in enumerate(target.steps[: training.made], 1):
        if number <= len(training.losses):
            answers[step.loss] = Answer(NUMBER, training.losses[number - 1])
        for name, one in parameters.items():
            leaf = one.leaves.get(number)
            if leaf is not None:
                answers[step.data[name]], answers[step.grad[name]] = leaf.data, leaf.after
    if training.made == len(target.steps):
        ends = {target.end[name]: one.end for name, one in parameters.items()}
        ends |= {target.left[name]: one.left for name, one in parameters.items()}
        answers |= {at: end for at, end in ends.items() if end is not None}
    return Observation("answered", answers)


def telling_answers(compared: ComparedTraining) -> Observation:
    """Return the answers that tell misconceptions apart: first steps, the last one, the end."""
    target, first_steps = compared.target, compared.target.steps[:TELLING]
    telling_steps = {at for step in first_steps for at in (step.loss, *step.data.values())}
    telling_steps |= {at for step in first_steps for at in step.grad.values()}
    telling_steps |= {*target.end.values(), *target.left.values()}
    answers = compared.observation.answers
    last = max((step.loss for step in target.steps if step.loss in answers), default=0)
    kept = {at: answer for at, answer in answers.items() if at in telling_steps or at == last}
    return compared.observation._replace(answers=kept)


def end_of(compared: ComparedTraining) -> dict[str, float]:
    """Return the values of the parameters after the last step."""
    return {name: number_in(one.end or one.first.data) for name, one in compared.parameters.items()}
