"""A training by a rule is right in any style, and one by another rule is told what it goes by."""

import textwrap
from typing import Any

import pytest

from grader import Adam, AdamW, Momentum, Nesterov, Sgd
from grader.exercises import catalogue
from grader.exercises.exercise import Check, descends, trains
from grader.exercises.optimizers.rule import Rule
from grader.grading.mutants.run import trace_on_right_engine
from grader.grading.own_run.checks import OwnRunChecks, OwnRunOptions, judge_run
from grader.grading.own_run.run_result import RunResult
from tests.grading.own_run.runs import Script, ask

SEED = 20261129
ENGINE = catalogue.solution(catalogue.load(catalogue.find("ext2"))).partition("# %%")[0]
EXAMPLES = [(1.0, 2.0), (3.0, 6.0)]


def line(rule: Rule) -> Check:
    def ten_epochs(Value: Any, w: Any, b: Any, x: Any, y: Any) -> Any:
        """Ten epochs over both examples."""
        return (x * w + b - y) ** 2

    start = {"w": 0.3, "b": -0.2}
    make = trains(points=2, start=start, examples=EXAMPLES, epochs=10, rate=0.02, rule=rule)
    return make(ten_epochs)


def any_shape(rule: Rule) -> Check:
    def own_training() -> None:
        """Your own training, of any shape."""

    return descends(points=2, parameters=2, steps=10, rule=rule)(own_training)


def judged(check: Check, code: str, seed: int | None = None) -> RunResult:
    """The result of a check; with a seed, as in a course."""
    script = Script(f"{ENGINE}\n{textwrap.dedent(code)}", ENGINE)
    checks = OwnRunChecks(script, "Value", ask, script.answer, OwnRunOptions(seed=seed))
    return checks.judge(check)


def loop(setup: str, body: str) -> str:
    """A training of w and b, with what is set up before it and done in each step."""
    return textwrap.dedent(
        """
        w, b = Value(0.3), Value(-0.2)
        made = 0
        {setup}
        for epoch in range(10):
            for x, y in ((1.0, 2.0), (3.0, 6.0)):
                loss = (Value(x) * w + b - Value(y)) ** 2
                w.grad = b.grad = 0.0
                loss.backward()
                made += 1
        {body}
        """
    ).format(
        setup=textwrap.dedent(setup).strip(), body=textwrap.indent(textwrap.dedent(body), " " * 8)
    )


RATE_AND_VELOCITY = loop(
    "v = [0.0, 0.0]",
    """
    for i, p in enumerate((w, b)):
        v[i] = 0.9 * v[i] + p.grad
        p.data -= 0.02 * v[i]
    """,
)
ADAM = loop(
    "m, v = [0.0, 0.0], [0.0, 0.0]",
    """
    for i, p in enumerate((w, b)):
        m[i] = 0.9 * m[i] + (1 - 0.9) * p.grad
        v[i] = 0.99 * v[i] + (1 - 0.99) * p.grad ** 2
        mean = m[i] / (1 - 0.9 ** made)
        square = v[i] / (1 - 0.99 ** made)
        p.data -= 0.02 * mean / (square ** 0.5 + 1e-8)
    """,
)
CLIPPED = loop(
    "",
    """
    length = (w.grad ** 2 + b.grad ** 2) ** 0.5
    if length > 1.5:
        w.grad *= 1.5 / length
        b.grad *= 1.5 / length
    w.data -= 0.02 * w.grad
    b.data -= 0.02 * b.grad
    """,
)
SCHEDULED = loop(
    "",
    """
    rate = 0.02 * 0.5 ** ((made - 1) // 4)
    w.data -= rate * w.grad
    b.data -= rate * b.grad
    """,
)


def halved(made: int) -> float:
    return float(0.5 ** (made // 4))


RIGHT = {
    "a list, the rate outside": (Momentum(0.9), RATE_AND_VELOCITY),
    "a dict by id, the rate within": (
        Momentum(0.9),
        loop(
            "v = {}",
            """
            for p in (w, b):
                v[id(p)] = 0.9 * v.get(id(p), 0.0) - 0.02 * p.grad
                p.data += v[id(p)]
            """,
        ),
    ),
    "two variables": (
        Momentum(0.9),
        loop(
            "vw = vb = 0.0",
            """
            vw, vb = 0.9 * vw + w.grad, 0.9 * vb + b.grad
            w.data -= 0.02 * vw
            b.data -= 0.02 * vb
            """,
        ),
    ),
    "an object, as torch has one": (
        Momentum(0.9),
        loop(
            """
            class SGD:
                def __init__(self, parameters, lr, momentum):
                    self.parameters, self.lr, self.momentum = parameters, lr, momentum
                    self.buffers = [None for _ in parameters]
                def step(self):
                    for i, p in enumerate(self.parameters):
                        if self.buffers[i] is None:
                            self.buffers[i] = p.grad
                        else:
                            self.buffers[i] = self.momentum * self.buffers[i] + p.grad
                        p.data = p.data - self.lr * self.buffers[i]
            optimizer = SGD([w, b], 0.02, 0.9)
            """,
            "optimizer.step()",
        ),
    ),
    "parameters made anew": (
        Momentum(0.9),
        loop(
            "vw = vb = 0.0",
            """
            vw, vb = 0.9 * vw + w.grad, 0.9 * vb + b.grad
            w, b = Value(w.data - 0.02 * vw), Value(b.data - 0.02 * vb)
            """,
        ),
    ),
    "velocities on the nodes": (
        Momentum(0.9),
        loop(
            "w.v = b.v = 0.0",
            "for p in (w, b):\n    p.v = 0.9 * p.v + p.grad\n    p.data -= 0.02 * p.v",
        ),
    ),
    "velocities that are Values": (
        Momentum(0.9),
        loop(
            "v = {w: Value(0.0), b: Value(0.0)}",
            """
            for p in (w, b):
                v[p] = Value(0.9 * v[p].data + p.grad)
                p.data -= 0.02 * v[p].data
            """,
        ),
    ),
    "the step in Nesterov's form": (
        Nesterov(0.9),
        loop(
            "v = [0.0, 0.0]",
            """
            for i, p in enumerate((w, b)):
                v[i] = 0.9 * v[i] + p.grad
                p.data -= 0.02 * (p.grad + 0.9 * v[i])
            """,
        ),
    ),
    "a look ahead that is taken back": (
        Nesterov(0.9),
        """
        w, b = Value(0.3), Value(-0.2)
        v = [0.0, 0.0]
        for epoch in range(10):
            for x, y in ((1.0, 2.0), (3.0, 6.0)):
                for i, p in enumerate((w, b)):
                    p.data += 0.9 * v[i]
                loss = (Value(x) * w + b - Value(y)) ** 2
                w.grad = b.grad = 0.0
                loss.backward()
                for i, p in enumerate((w, b)):
                    p.data -= 0.9 * v[i]
                    v[i] = 0.9 * v[i] - 0.02 * p.grad
                    p.data += v[i]
        """,
    ),
    "moments in lists": (Adam(0.9, 0.99), ADAM),
    "the paper's shorter form": (
        Adam(0.9, 0.99),
        loop(
            "m, v = {w: 0.0, b: 0.0}, {w: 0.0, b: 0.0}",
            """
            rate = 0.02 * (1 - 0.99 ** made) ** 0.5 / (1 - 0.9 ** made)
            for p in (w, b):
                m[p] += (1 - 0.9) * (p.grad - m[p])
                v[p] += (1 - 0.99) * (p.grad ** 2 - v[p])
                p.data -= rate * m[p] / (v[p] ** 0.5 + 1e-8)
            """,
        ),
    ),
    "moments and a decay beside them": (
        AdamW(0.9, 0.99, decay=0.1),
        ADAM.replace(
            "for i, p", "for p in (w, b):\n            p.data *= 1 - 0.02 * 0.1\n        for i, p"
        ),
    ),
    "a decay in the gradient": (
        Sgd(decay=0.1),
        loop("", "for p in (w, b):\n    p.data -= 0.02 * (p.grad + 0.1 * p.data)"),
    ),
    "gradients clipped in place": (Sgd(clip_norm=1.5), CLIPPED),
    "a factor as torch has it": (
        Sgd(clip_norm=1.5),
        loop(
            "",
            """
            length = sum(p.grad ** 2 for p in (w, b)) ** 0.5
            for p in (w, b):
                p.data -= 0.02 * p.grad * min(1.0, 1.5 / (length + 1e-6))
            """,
        ),
    ),
    "each between two bounds": (
        Sgd(clip_value=1.5),
        loop("", "for p in (w, b):\n    p.data -= 0.02 * max(-1.5, min(1.5, p.grad))"),
    ),
    "a rate worked out": (Sgd(schedule=halved), SCHEDULED),
    "a rate that halves itself": (
        Sgd(schedule=halved),
        loop(
            "rate = 0.02",
            """
            for p in (w, b):
                p.data -= rate * p.grad
            if made % 4 == 0:
                rate /= 2
            """,
        ),
    ),
    "momentum, the rate within, on a schedule": (
        Momentum(0.9, schedule=halved),
        loop(
            "v = [0.0, 0.0]",
            """
            for i, p in enumerate((w, b)):
                v[i] = 0.9 * v[i] - 0.02 * 0.5 ** ((made - 1) // 4) * p.grad
                p.data += v[i]
            """,
        ),
    ),
}


@pytest.mark.parametrize("style", RIGHT)
@pytest.mark.parametrize("seed", [None, SEED], ids=["at home", "in a course"])
def test_a_right_training_is_right_in_any_style(style: str, seed: int | None) -> None:
    rule, code = RIGHT[style]

    assert judged(line(rule), code, seed).message == ""


@pytest.mark.parametrize("style", [one for one in RIGHT if "taken back" not in one])
@pytest.mark.parametrize("seed", [None, SEED], ids=["at home", "in a course"])
def test_so_is_one_of_any_shape(style: str, seed: int | None) -> None:
    rule, code = RIGHT[style]

    assert judged(any_shape(rule), code, seed).message == ""


def test_what_was_recorded_is_as_right_as_what_was_watched() -> None:
    for rule, code in RIGHT.values():
        trace = trace_on_right_engine(f"{ENGINE}\n{textwrap.dedent(code)}", "Value")

        assert trace is not None
        assert judge_run(line(rule), trace, ask).message == ""


WRONG = [
    (Momentum(0.9), RATE_AND_VELOCITY, ("0.9 * v[i] + p", "p"), "the velocity starts anew"),
    (Momentum(0.9), RATE_AND_VELOCITY, ("+ p.grad", "+ 0.1 * p.grad"), "is an average, no sum"),
    (Momentum(0.9), RATE_AND_VELOCITY, ("0.02 *", "0.004 *"), "as with a rate of 0.004, 0.2 times"),
    (Momentum(0.9), RATE_AND_VELOCITY, ("0.9", "0.5"), "as with a momentum of 0.5, and 0.9 is"),
    (Momentum(0.9), RATE_AND_VELOCITY.replace("v[i]", "v[0]"), ("", ""), "share one velocity"),
    (Nesterov(0.9), RATE_AND_VELOCITY, ("", ""), "nothing looks ahead"),
    (Adam(0.9, 0.99), ADAM, ("v[i] / (1 - 0.99 ** made)", "v[i]"), "the second moment is not"),
    (Adam(0.9, 0.99), ADAM, ("m[i] / (1 - 0.9 ** made)", "m[i]"), "the first moment is not"),
    (Adam(0.9, 0.99), ADAM, ("square ** 0.5", "square"), "divided by the square, not by its root"),
    (Adam(0.9, 0.99, eps=0.1), ADAM, (" + 1e-8", ""), "divided by the root without eps"),
    (Adam(0.9, 0.99, eps=0.1), ADAM, ("** 0.5 + 1e-8", "+ 0.1) ** 0.5"), "eps stands under the"),
    (Sgd(clip_norm=1.5), CLIPPED, ("length > 1.5", "False"), "not clipped, or only after the step"),
    (Sgd(clip_norm=1.5), CLIPPED, (") ** 0.5", ")"), "the length is taken without the root"),
    (Sgd(schedule=halved), SCHEDULED, ("made - 1", "made"), "one step ahead: the first step is"),
    (Sgd(schedule=halved), SCHEDULED, ("** ((made - 1) // 4)", "** 0"), "no schedule changes it"),
    (Sgd(), RATE_AND_VELOCITY, ("", ""), "as with a momentum of 0.9, and no momentum is asked"),
]


@pytest.mark.parametrize("number", range(len(WRONG)))
@pytest.mark.parametrize("make", [line, any_shape])
def test_a_wrong_training_is_told_what_it_goes_by(make: Any, number: int) -> None:
    rule, code, (right, wrong), says = WRONG[number]
    if "** 0.5 + 1e-8" in right:
        code = code.replace("(square", "((square")
    code = code.replace(right, wrong)

    result = judged(make(rule), code)

    if make is any_shape and ("rate of" in says or "average" in says):
        assert result.mismatch is None  # its rate is its own
        return
    assert says in result.message
    assert result.mismatch is not None


def test_a_gradient_that_is_left_over_is_told_before_any_rule() -> None:
    code = RATE_AND_VELOCITY.replace("w.grad = b.grad = 0.0", "pass")

    assert judged(line(Momentum(0.9)), code).message.startswith("w.grad is")
    assert "gradient is still" in judged(any_shape(Momentum(0.9)), code).message


def test_a_training_of_any_shape_has_one_rate_through_all_its_steps() -> None:
    code = RATE_AND_VELOCITY.replace("0.02 * v[i]", "(0.02 if made < 5 else 0.01) * v[i]")

    message = judged(any_shape(Momentum(0.9)), code).message

    assert message.startswith(
        "step 5 does not go by the rule that was asked at the rate of step 1, 0.02"
    )


def test_a_training_that_goes_up_by_a_rule_is_told() -> None:
    code = RATE_AND_VELOCITY.replace("p.data -=", "p.data +=")

    assert "step 1 goes up: a rate of -0.02" in judged(any_shape(Momentum(0.9)), code).message
    assert "each step goes up, along the gradient" in judged(line(Momentum(0.9)), code).message


@pytest.mark.parametrize("make", [line, any_shape])
def test_a_table_of_right_steps_gains_nothing_in_a_course(make: Any) -> None:
    code = RATE_AND_VELOCITY.replace(
        "p.data -= 0.02 * v[i]", "p.data = TABLE[2 * made + i - 2]"
    ).replace(
        "w, b = Value(0.3), Value(-0.2)", f"w, b = Value(0.3), Value(-0.2)\nTABLE = {table()}"
    )

    assert judged(make(Momentum(0.9)), code).mismatch is None
    assert judged(make(Momentum(0.9)), code, SEED).mismatch is not None


def table() -> list[float]:
    """What a right training goes through, worked out at home without an engine."""
    w, b, v, u, seen = 0.3, -0.2, 0.0, 0.0, []
    for _ in range(10):
        for x, y in EXAMPLES:
            error = w * x + b - y
            v, u = 0.9 * v + 2 * error * x, 0.9 * u + 2 * error
            w, b = w - 0.02 * v, b - 0.02 * u
            seen += [w, b]
    return seen
