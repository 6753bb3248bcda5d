"""Programs as code to paste: short, as a person would write it, and printing what was observed."""

from contextlib import redirect_stdout
from io import StringIO
from typing import Any

import pytest
from hypothesis import assume, given

from grader import children_of, is_a, is_same, numbers_of, order_of, text_of
from grader.engines.interpreter.execute import Implementation, execute
from grader.engines.observation import NUMBER, Answer, PrintedText
from grader.engines.oracles.textbook import NAMES
from grader.engines.program import ObservedStep, Operand, Program, Ref, Step
from grader.exercises.check_recorder import record
from grader.exercises.exercise import CheckFunction
from grader.feedback.wording.source import SourceNames, source
from reference.scalar import Value as Reference
from tests.drawn import programs

EXPRESSIONS: dict[str, CheckFunction] = {
    "a + b + c": lambda a, b, c: {"": a + b + c},
    "a + (b + c)": lambda a, b, c: {"": a + (b + c)},
    "a - (b - c)": lambda a, b, c: {"": a - (b - c)},
    "a - b * c": lambda a, b, c: {"": a - b * c},
    "(a - b) * c": lambda a, b, c: {"": (a - b) * c},
    "a / (b * c)": lambda a, b, c: {"": a / (b * c)},
    "a / b * c": lambda a, b, c: {"": a / b * c},
    "a ** b ** c": lambda a, b, c: {"": a**b**c},
    "(a ** b) ** c": lambda a, b, c: {"": (a**b) ** c},
    "-a ** 2": lambda a, b, c: {"": -(a**2)},
    "(-a) ** 2": lambda a, b, c: {"": (-a) ** 2},
    "c ** -1": lambda a, b, c: {"": c**-1},
    "c ** -0.5": lambda a, b, c: {"": c**-0.5},
    "c ** -a": lambda a, b, c: {"": c**-a},
    "(-2) ** a": lambda a, b, c: {"": (-2) ** a},
    "2.5 ** a": lambda a, b, c: {"": 2.5**a},
    "-2 * a": lambda a, b, c: {"": -2 * a},
    "a * -2": lambda a, b, c: {"": a * -2},
    "a - -2.5": lambda a, b, c: {"": a - -2.5},
    "-0.0 + a": lambda a, b, c: {"": -0.0 + a},
    "1e-07 * a": lambda a, b, c: {"": 1e-7 * a},
    "a * float('inf')": lambda a, b, c: {"": a * 1e90},
    "a ** float('-inf')": lambda a, b, c: {"": a**2e90},
    "float('nan') - a": lambda a, b, c: {"": 3e90 - a},
    "-a * b": lambda a, b, c: {"": -a * b},
    "-(a * b)": lambda a, b, c: {"": -(a * b)},
    "--a": lambda a, b, c: {"": --a},  # noqa: B002 - twice the minus, on purpose
    "a - -b": lambda a, b, c: {"": a - -b},
    "abs(a - b) * c": lambda a, b, c: {"": abs(a - b) * c},
    "abs(-a)": lambda a, b, c: {"": abs(-a)},
    "(a - b).data": lambda a, b, c: {"": (a - b).data},
    "(-a).data": lambda a, b, c: {"": (-a).data},
    "2 * a.data": lambda a, b, c: {"": 2 * a.data},
    "(a + b).scaled(2, -1, 'fast', None)": (
        lambda a, b, c: {"": (a + b).scaled(2, -1, "fast", None)}
    ),
    "(a * b)._children": lambda a, b, c: {"": children_of(a * b)},
    "a._children": lambda a, b, c: {"": children_of(a)},
    "topological_order(a * b)": lambda a, b, c: {"": order_of(a * b)},
    "repr(a + b)": lambda a, b, c: {"": text_of(a + b)},
    "a + b is c": lambda a, b, c: {"": is_same(a + b, c)},
}


NO_OPERANDS_OF_CHECKS = {1e90: float("inf"), 2e90: float("-inf"), 3e90: float("nan")}


def in_place(operand: Operand) -> Operand:
    """Return what an operand stands for: a check itself may ask nothing of these numbers."""
    return NO_OPERANDS_OF_CHECKS.get(operand, operand) if isinstance(operand, float) else operand


def named(expression: CheckFunction) -> CheckFunction:
    """A check of three Values that looks at `expression`."""

    def check(Value: Any) -> dict[str, object]:
        a = Value(2.0)
        b = Value(3.0)
        c = Value(5.0)
        return dict(expression(a, b, c))

    return check


@pytest.mark.parametrize("code", EXPRESSIONS)
def test_an_expression_is_printed_as_it_was_written(code: str) -> None:
    recorded = record(named(EXPRESSIONS[code]))
    steps = [step._replace(operands=tuple(map(in_place, step.operands))) for step in recorded.steps]
    program = recorded._replace(steps=tuple(steps))

    last = source(program).splitlines()[-1]

    assert last == f"print({code})"


def test_every_name_of_the_check_gets_a_line_and_everything_else_stands_where_it_is_used() -> None:
    def check(Value: Any) -> dict[str, Any]:
        a = Value(2)
        loss = (a * Value(-3.0) + 1) ** 2
        loss.backward()
        return {"loss": loss.data, "slope": a.grad}

    text = source(record(check))

    assert text == (
        "a = Value(2)\n"
        "loss = (a * Value(-3.0) + 1) ** 2\n"
        "loss.backward()\n"
        "print(loss.data)\n"
        "print(a.grad)"
    )


def test_a_name_given_anew_leaves_the_earlier_result_a_letter_that_is_free() -> None:
    def check(Value: Any) -> dict[str, Any]:
        a = Value(2.0)
        a = a + a
        b = a * a
        return {"": b.data}

    text = source(record(check))

    assert text == "c = Value(2.0)\na = c + c\nb = a * a\nprint(b.data)"


def test_steps_of_a_loop_become_lines_of_their_own() -> None:
    def check(Value: Any) -> dict[str, Any]:
        w = Value(0.0)
        for _ in range(2):
            loss = w * w
            loss.backward()
            w.data -= 0.5 * w.grad
        return {"w.data": w.data}

    text = source(record(check))

    assert text == (
        "w = Value(0.0)\n"
        "(w * w).backward()\n"
        "w.data = w.data - 0.5 * w.grad\n"
        "loss = w * w\n"
        "loss.backward()\n"
        "w.data = w.data - 0.5 * w.grad\n"
        "print(w.data)"
    )


def test_more_than_26_results_without_a_name_get_numbers() -> None:
    def check(Value: Any) -> dict[str, Any]:
        nodes = [Value(0.0)]
        for _ in range(27):
            nodes.append(nodes[-1] + nodes[-1])
        return {"": nodes[-1].data}

    text = source(record(check))

    assert text.splitlines()[25:] == ["z = y + y", "v1 = z + z", "print((v1 + v1).data)"]


def test_a_result_read_before_an_effect_is_kept_until_it_is_used() -> None:
    def check(Value: Any) -> dict[str, Any]:
        a = Value(2.0)
        before = a.data
        a.data = 5.0
        return {"": before + a.data}

    text = source(record(check))

    assert text == "a = Value(2.0)\nb = a.data\na.data = 5.0\nprint(b + a.data)"


def test_a_value_made_of_what_was_read_before_an_effect_is_made_before_it() -> None:
    def check(Value: Any) -> dict[str, Any]:
        a = Value(2.0)
        copies = [Value(a.data)]
        a.data = 5.0
        return {"": copies[0] + a}

    text = source(record(check))

    assert text == "a = Value(2.0)\nb = Value(a.data)\na.data = 5.0\nprint(b + a)"


def test_what_is_looked_at_when_it_happens_is_printed_when_it_happens() -> None:
    def check(Value: Any) -> dict[str, Any]:
        a = Value(2.0)
        before = a.data
        a.data = 5.0
        return {"before": before, "after": a.data}

    text = source(record(check))

    assert text == "a = Value(2.0)\nprint(a.data)\na.data = 5.0\nprint(a.data)"


def test_a_result_that_nothing_uses_is_a_line_of_its_own() -> None:
    def check(Value: Any) -> dict[str, Any]:
        a = Value(2.0)
        a + a
        return {"": a.data}

    text = source(record(check))

    assert text == "a = Value(2.0)\na + a\nprint(a.data)"


def test_the_class_has_the_name_that_it_has_in_the_submission() -> None:
    def check(Value: Any) -> dict[str, Any]:
        c = Value(2.0) + Value(3.0)
        return {"": c.data, "kind": is_a(c, Value)}

    text = source(record(check), SourceNames({"Value": "Scalar"}))

    assert text == ("c = Scalar(2.0) + Scalar(3.0)\nprint(c.data)\nprint(isinstance(c, Scalar))")


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ("{}._prev", "(a * b)._prev"),
        ("build_topo({})", "build_topo(a * b)"),
        ("{}.topo()", "(a * b).topo()"),
        ("{}.topo({})", "(a * b).topo(a * b)"),
    ],
)
def test_a_question_reads_as_the_submission_answers_it(how: str, code: str) -> None:
    program = record(named(lambda a, b, c: {"": order_of(a * b)}))

    last = source(program, SourceNames(questions={4: how})).splitlines()[-1]

    assert last == f"print({code})"


def test_nothing_at_all_is_printed_as_nothing() -> None:
    assert source(Program((), ())) == ""


def test_two_looks_at_one_result_are_printed_once() -> None:
    program = Program(
        (Step("make", "Value", (2.0,)),), (ObservedStep("a", 0), ObservedStep("b", 0))
    )

    assert source(program) == "print(Value(2.0))"


def test_a_result_looked_at_and_used_is_printed_before_its_use() -> None:
    steps = (
        Step("make", "Value", (2.0,)),
        Step("read", "data", (Ref(0),)),
        Step("make", "Value", (Ref(1),)),
    )

    text = source(Program(steps, (ObservedStep("", 1),)))

    assert text == "a = Value(2.0).data\nprint(a)\nValue(a)"


@given(programs())
def test_pasted_below_the_class_a_program_prints_what_was_observed(program: Program) -> None:
    observation = execute(program, Implementation(NAMES))
    assume(observation.ended == "answered")

    printed = StringIO()
    with redirect_stdout(printed):
        exec(source(program, SourceNames({"Value": "Scalar"})), {"Scalar": Reference})

    seen = [observation.answers[at] for at in sorted(observation.answers)]
    lines = printed.getvalue().splitlines()
    assert [_as_shown(line, answer) for line, answer in zip(lines, seen, strict=True)] == [
        _shown(answer) for answer in seen
    ]


def _as_shown(line: str, answer: Answer) -> str:
    return repr(float(line)) if answer.kind == NUMBER else line


def _shown(answer: Answer) -> str:
    if isinstance(answer.value, PrintedText):
        return answer.value.text
    return str(answer.value)


def test_lists_items_arrays_and_objects_read_as_they_are_written() -> None:
    numpy = pytest.importorskip("numpy")

    def check(Value: Any, SGD: Any, Linear: Any, loss: Any) -> dict[str, Any]:
        w = Value(1.0)
        sgd = SGD([w], (w, 0.5), (w,), lr=0.1, of=[w])
        layer = Linear(2)
        p = layer([w])
        p[0].backward()
        sgd.step()
        score = loss(numpy.array([[1.0]]), rows=numpy.array([2]))
        return {"w": w.data, "p": numbers_of(p), "score": score}

    assert source(record(check)).splitlines() == [
        "import numpy",
        "w = Value(1.0)",
        "sgd = SGD([w], (w, 0.5), (w,), lr=0.1, of=[w])",
        "layer = Linear(2)",
        "p = layer([w])",
        "p[0].backward()",
        "sgd.step()",
        "score = loss(numpy.array([[1.0]]), rows=numpy.array([2]))",
        "print(score)",
        "print(w.data)",
        "print([node.data for node in p])",
    ]
