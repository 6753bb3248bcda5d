"""Judges a training that starts at a corner of its model, where several gradients are right."""

from grader.engines.observation import number_in
from grader.grading.own_run.comparison import ComparedTraining, compare_training, stepping_wrongly
from grader.grading.own_run.parameters import after_first, values_at_start
from grader.grading.own_run.training_oracle import TrainingOracle

BESIDE = 1e-9  # off a corner
ABOUT = 1e-6  # a slope found that near to a corner is off by as much


def past_corner(oracle: TrainingOracle, compared: ComparedTraining) -> ComparedTraining | None:
    """Return a training that starts at a corner of the model, judged from its second pass on.

    At the corner any slope between those of both sides is right; None where the first pass
    shows another, or the step after it does not follow.
    """
    slopes, want = _slopes(oracle, compared), compared.expected.want.answers
    flat = all(number_in(want[at]) == 0 for at in compared.target.steps[0].grad.values())
    if not flat or not slopes or not -ABOUT < min(slopes) <= max(slopes) < 1 + ABOUT:
        return None
    if max(slopes) - min(slopes) > ABOUT:
        return None
    parameters = {}
    for name, one in compared.parameters.items():
        later_one = after_first(one, oracle.task.rate)
        if later_one is None:
            return stepping_wrongly(compared, name)
        parameters[name] = later_one
    training = compared.training
    later = training._replace(made=training.made - 1, losses=training.losses[1:])
    rest = oracle.program(values_at_start(parameters), compared.target.order[1:])
    return compare_training(oracle, later, parameters, rest)._replace(skipped=1)


def _slopes(oracle: TrainingOracle, compared: ComparedTraining) -> list[float]:
    """Return the slope that each parameter's first gradient shows, if it begins at a corner.

    1 is the slope right beside the corner. A parameter whose gradient is 0 there tells nothing.
    """
    start = values_at_start(compared.parameters)
    near_start = {name: value + BESIDE for name, value in start.items()}
    beside = oracle.program(near_start, compared.target.order[:1])
    steep = oracle.ask(beside.program).want.answers
    (step,) = beside.steps
    return [
        number_in(one.first.after) / number_in(steep[step.grad[name]])
        for name, one in compared.parameters.items()
        if number_in(steep[step.grad[name]])
    ]
