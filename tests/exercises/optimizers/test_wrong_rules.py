"""What students write for a rule is told from it, and from everything else that they write."""

import pytest

from grader import Adam, AdamW, Momentum, Nesterov, Sgd
from grader.exercises.optimizers.rule import Descent, Rule
from grader.exercises.optimizers.wrong_rules import wrong_rules
from grader.grading.own_run.rules.moves import Move, gone_by

RATE = 0.05
RULES = {
    "clipping by size": Sgd(clip_value=0.8),
    "clipping by length": Sgd(clip_norm=1.2),
    "decay": Sgd(decay=0.2),
    "a schedule": Sgd(schedule=lambda made: 0.7 ** (made // 3)),
    "momentum": Momentum(0.85),
    "an average": Momentum(0.85, average=True),
    "nesterov": Nesterov(0.85),
    "adam": Adam(0.85, 0.98, eps=0.05),
    "adam with decay": Adam(0.85, 0.98, eps=0.05, decay=0.3),
    "adamw": AdamW(0.85, 0.98, eps=0.05, decay=0.3),
}
SAME = {  # wrong rules that are one in what they do, or nearly: the first of them is told
    "the number of the step stays 1": "both moments start anew at each step",
}


def moves(rule: Rule) -> list[Move]:
    """A training by a rule of three parameters, one of which is small and two of which meet."""
    descent, data, made = Descent(rule, RATE, 3), [1.5, -0.7, 0.25], []
    for number in range(12):
        gradients = [
            4 * data[0] - 2 + 0.3 * (number % 3),
            2 * data[1] * data[2] + 0.5,
            data[1] ** 2 - 0.4 * data[2],
        ]
        if number % 4 == 2:
            gradients = [0.1 * one for one in gradients]
        after = list(descent.step(data, gradients))
        if max(map(abs, after)) > 1e6:
            break
        made.append(Move(data, gradients, after))
        data = after
    return made


CASES = [
    (name, at, wrong.says)
    for name, rule in RULES.items()
    for at, wrong in enumerate(wrong_rules(rule, RATE))
]


@pytest.mark.parametrize(("name", "at", "says"), CASES, ids=[f"{c[0]}-{c[1]}" for c in CASES])
def test_a_wrong_rule_is_told_by_its_moves(name: str, at: int, says: str) -> None:
    wrong = list(wrong_rules(RULES[name], RATE))[at].rule

    told = gone_by(RULES[name], RATE, moves(wrong))

    assert told in (says, SAME.get(says)) or says.startswith("as with")


@pytest.mark.parametrize("name", RULES)
def test_a_right_training_goes_by_nothing_else(name: str) -> None:
    assert gone_by(RULES[name], RATE, moves(RULES[name])) == ""


@pytest.mark.parametrize("name", RULES)
def test_another_rate_is_told(name: str) -> None:
    rule = RULES[name]
    descent, data, made = Descent(rule, 2 * RATE, 1), [1.5], []
    for _ in range(6):
        after = list(descent.step(data, [3 * data[0]]))
        made.append(Move(data, [3 * data[0]], after))
        data = after

    assert gone_by(rule, RATE, made) == "as with a rate of 0.1, 2 times the one asked"
