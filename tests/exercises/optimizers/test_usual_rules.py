"""The rules that an author names make the steps that torch's optimizers make."""

from collections.abc import Callable
from typing import Any

import pytest

from grader import Adam, AdamW, Momentum, Nesterov, Sgd
from grader.exercises.optimizers.rule import Descent, Rule

torch = pytest.importorskip("torch")

START = [1.5, -0.7, 0.25]
WEIGHTS = [2.0, 0.5, -1.25]
STEPS = 25
RATE = 0.05
Clip = Callable[[list[Any]], object]


def halved(made: int) -> float:
    return float(0.5 ** (made // 5))


def loss(p: list[Any]) -> Any:
    return (p[0] * WEIGHTS[0] - 1) ** 2 + (p[1] * p[2] + WEIGHTS[1]) ** 2 + (p[2] * WEIGHTS[2]) ** 2


def by_torch(
    make: Callable[[list[Any]], Any], clip: Clip | None, *, scheduled: bool
) -> list[float]:
    p = [torch.tensor(one, dtype=torch.float64, requires_grad=True) for one in START]
    optimizer = make(p)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, halved) if scheduled else None
    for _ in range(STEPS):
        optimizer.zero_grad()
        loss(p).backward()
        if clip:
            clip(p)
        optimizer.step()
        if schedule:
            schedule.step()
    return [one.item() for one in p]


def by_rule(rule: Rule) -> list[float]:
    data, descent = list(START), Descent(rule, RATE, len(START))
    for _ in range(STEPS):
        p = [torch.tensor(one, dtype=torch.float64, requires_grad=True) for one in data]
        loss(p).backward()
        data = list(descent.step(data, [one.grad.item() for one in p]))
    return data


def sgd(**options: Any) -> Callable[[list[Any]], Any]:
    return lambda p: torch.optim.SGD(p, lr=RATE, **options)


def norm(p: list[Any]) -> object:
    return torch.nn.utils.clip_grad_norm_(p, 0.5)


def value(p: list[Any]) -> object:
    return torch.nn.utils.clip_grad_value_(p, 0.5)


CASES: dict[str, tuple[Rule, Callable[[list[Any]], Any], Clip | None]] = {
    "plain": (Sgd(), sgd(), None),
    "decay": (Sgd(decay=0.1), sgd(weight_decay=0.1), None),
    "schedule": (Sgd(schedule=halved), sgd(), None),
    "length": (Sgd(clip_norm=0.5).readings()[1], sgd(), norm),
    "size": (Sgd(clip_value=0.5), sgd(), value),
    "momentum": (Momentum(0.9), sgd(momentum=0.9), None),
    "momentum, all": (
        Momentum(0.8, decay=0.1, clip_value=0.5, schedule=halved),
        sgd(momentum=0.8, weight_decay=0.1),
        value,
    ),
    "nesterov": (Nesterov(0.9), sgd(momentum=0.9, nesterov=True), None),
    "adam": (Adam(), lambda p: torch.optim.Adam(p, lr=RATE), None),
    "adam, other": (
        Adam(0.8, 0.99, eps=0.1, decay=0.1),
        lambda p: torch.optim.Adam(p, lr=RATE, betas=(0.8, 0.99), eps=0.1, weight_decay=0.1),
        None,
    ),
    "adamw": (AdamW(decay=0.1), lambda p: torch.optim.AdamW(p, lr=RATE, weight_decay=0.1), None),
    "adamw, schedule": (
        AdamW(decay=0.1, schedule=halved),
        lambda p: torch.optim.AdamW(p, lr=RATE, weight_decay=0.1),
        None,
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_rule_makes_the_steps_of_torch(name: str) -> None:
    rule, make, clip = CASES[name]

    assert by_rule(rule) == pytest.approx(
        by_torch(make, clip, scheduled=rule.schedule is not None), rel=1e-9
    )


def test_an_averaged_velocity_is_torch_s_where_a_share_of_each_gradient_is_taken() -> None:
    averaged = Descent(Momentum(0.9, average=True), RATE, 1)
    summed = Descent(Momentum(0.9), RATE * (1 - 0.9), 1)

    for gradient in (2.0, -1.0, 0.5):
        assert list(averaged.step([1.0], [gradient])) == pytest.approx(
            list(summed.step([1.0], [gradient]))
        )


def test_a_rule_without_options_is_plain_descent() -> None:
    assert Sgd().is_plain
    assert not Sgd(decay=0.1).is_plain
    assert not Momentum(0.0).is_plain
