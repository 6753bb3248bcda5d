"""Faults in optimizers, rates and networks that are written in another way than the solution."""

import pytest

from grader.exercises import catalogue
from tests.quality.repairs import causes_told, changed, graded, prepared_for

FAULTS = [
    (
        "optim/momentum",
        "rate_inside_the_velocity",
        "p.data += self.kept[id(p)]",
        "p.data = self.kept[id(p)]",
    ),
    (
        "optim/momentum",
        "velocity_on_the_value",
        "self.mu = parameters, lr, momentum",
        "self.mu = parameters, lr, 0.9",
    ),
    ("optim/adam", "moments_by_number", "self.t = self.t + 1", "self.t = 1"),
    ("optim/adam", "moments_by_number", "p.grad * p.grad - s", "p.grad - s"),
    (
        "optim/adam",
        "one_state_an_object",
        "(square**0.5 + self.eps)",
        "((square + self.eps) ** 0.5)",
    ),
    ("optim/schedule", "loops_and_products", "while made >= every", "while made > every"),
    ("optim/clipping", "in_a_class", "total += p.grad * p.grad", "total = p.grad * p.grad"),
    ("karpathy/slopes", "tuples", "rise / 2 / h", "rise / h"),
    ("karpathy/softmax", "by_what_is_there", "total + score.exp()", "total + score"),
    ("karpathy/network", "by_sums_and_matrices", "self.w + [self.b]", "self.w"),
    (
        "karpathy/network",
        "parameters_in_one_list",
        "gathered.extend(neuron.parameters())",
        "gathered.append(neuron.parameters())",
    ),
]


@pytest.mark.parametrize(("name", "variant", "right", "wrong"), FAULTS)
def test_a_fault_is_found_in_its_line_however_the_rest_is_written(
    name: str, variant: str, right: str, wrong: str
) -> None:
    exercise = catalogue.load(catalogue.find(name))
    source = (exercise.folder / "variants" / f"{variant}.py").read_text(encoding="utf-8")
    assert source.count(right) == 1

    (cause,) = causes_told(graded(prepared_for(exercise), source.replace(right, wrong)))

    assert cause.where is not None
    assert cause.where.line in changed(source, source.replace(right, wrong))
