"""A rule's steps, and the conventions that are as right as it."""

import pytest

from grader import Adam, Momentum, Nesterov, Sgd
from grader.exercises.optimizers.rule import Descent, Rule, larger, length


def steps(rule: Rule, gradients: list[float], rate: float = 0.1) -> list[float]:
    """The numbers after each step from 1, whatever the numbers are."""
    descent, data, seen = Descent(rule, rate, 1), [1.0], []
    for gradient in gradients:
        data = list(descent.step(data, [gradient]))
        seen += data
    return seen


def test_a_velocity_keeps_its_share() -> None:
    assert steps(Momentum(0.5), [1.0, 1.0, 0.0]) == pytest.approx([0.9, 0.75, 0.675])


def test_a_schedule_begins_with_no_step_made() -> None:
    asked: list[int] = []

    def factor(made: int) -> float:
        asked.append(made)
        return 1.0

    steps(Sgd(schedule=factor), [1.0, 1.0, 1.0])

    assert asked == [0, 1, 2]


@pytest.mark.parametrize(
    ("rule", "count"),
    [
        (Sgd(), 1),
        (Momentum(0.9), 1),
        (Momentum(0.9, schedule=lambda made: 1.0), 2),
        (Nesterov(0.9), 2),
        (Adam(), 2),
        (Adam(eps=0.1, clip_norm=1.0), 2),
        (Nesterov(0.9, schedule=lambda made: 1.0, clip_norm=1.0), 8),
    ],
)
def test_other_conventions_for_a_rule_are_as_right(rule: Rule, count: int) -> None:
    readings = rule.readings()

    assert readings[0] is rule
    assert len(readings) == count


def test_a_rate_within_the_velocity_is_the_same_until_the_rate_changes() -> None:
    within = Momentum(0.9)._replace(rate_kept=True)
    changing = Momentum(0.9, schedule=lambda made: 0.5**made)
    gradients = [1.0, -0.5, 2.0]

    assert steps(within, gradients) == pytest.approx(steps(Momentum(0.9), gradients))
    assert steps(changing._replace(rate_kept=True), gradients) != pytest.approx(
        steps(changing, gradients)
    )


@pytest.mark.parametrize("rate_kept", [False, True])
def test_at_the_end_the_look_ahead_can_be_taken_back(*, rate_kept: bool) -> None:
    descent = Descent(Nesterov(0.9)._replace(steps_back=True, rate_kept=rate_kept), 0.1, 1)

    (after,) = descent.step([1.0], [2.0])

    assert after == pytest.approx(1.0 - 0.1 * (2.0 + 0.9 * 2.0))
    assert descent.end([after]) == pytest.approx([1.0 - 0.1 * 2.0])


def test_a_size_and_a_length_are_bounded_without_asking_which_is_larger() -> None:
    assert length([3.0, -4.0]) == 5.0
    assert larger(2.0, 5.0) == larger(5.0, 2.0) == 5.0
    assert steps(Sgd(clip_value=1.0), [4.0, -4.0, 0.5]) == pytest.approx([0.9, 1.0, 0.95])
    assert steps(Sgd(clip_norm=1.0), [4.0, -4.0, 0.5]) == pytest.approx([0.9, 1.0, 0.95])
