"""Recording: a check's plain expressions become steps; anything else is its author's error."""

import math
from collections.abc import Callable
from typing import Any

import pytest

from grader import children_of, is_a, is_same, order_of, raises, text_of
from grader.engines.program import (
    ArrayData,
    Items,
    Keyword,
    NumpyArray,
    ObservedStep,
    Program,
    Ref,
    Step,
)
from grader.errors import BrokenExercise
from grader.exercises.check_recorder import lines_of, record

Looked = dict[str, Any]


def test_a_check_becomes_its_steps_its_looks_and_its_names() -> None:
    def check(Value: Any) -> Looked:
        a = Value(2)
        loss = a * 3.0
        loss.backward()
        return {"slope": a.grad}

    program = record(check)

    assert program == Program(
        steps=(
            Step("make", "Value", (2,)),
            Step("operate", "mul", (Ref(0), 3.0)),
            Step("call", "backward", (Ref(1),)),
            Step("read", "grad", (Ref(0),)),
        ),
        observed=(ObservedStep("slope", 3),),
        names={0: "a", 1: "loss"},
    )


def test_every_operator_is_a_step_with_the_operands_on_their_sides() -> None:
    def check(Value: Any) -> Looked:
        a = Value(1.0)
        results = [a + 2, 2 + a, a - 2, 2 - a, a * 2, 2 * a, a / 2, 2 / a, a**2, 2**a, -a, abs(a)]
        return {str(at): result for at, result in enumerate(results)}

    steps = record(check).steps[1:]

    a = Ref(0)
    assert [(step.name, step.operands) for step in steps] == [
        ("add", (a, 2)),
        ("add", (2, a)),
        ("sub", (a, 2)),
        ("sub", (2, a)),
        ("mul", (a, 2)),
        ("mul", (2, a)),
        ("truediv", (a, 2)),
        ("truediv", (2, a)),
        ("pow", (a, 2)),
        ("pow", (2, a)),
        ("neg", (a,)),
        ("abs", (a,)),
    ]


def test_every_question_is_a_step() -> None:
    def check(Value: Any) -> Looked:
        a = Value(1.0)
        b = Value(2.0)
        return {
            "children": children_of(a),
            "order": order_of(a),
            "text": text_of(a),
            "kind": is_a(a, Value),
            "same": is_same(a, b),
        }

    steps = record(check).steps[2:]

    assert steps == (
        Step("ask", "children", (Ref(0),)),
        Step("ask", "order", (Ref(0),)),
        Step("ask", "text", (Ref(0),)),
        Step("ask", "is_a", (Ref(0), "Value")),
        Step("ask", "same", (Ref(0), Ref(1))),
    )


def test_a_method_is_called_and_an_attribute_is_read() -> None:
    def check(Value: Any) -> Looked:
        a = Value(1.0)
        b = a.relu()
        return {"": b.data, "scaled": b.scaled(2, "fast", None)}

    steps = record(check).steps[1:]

    assert steps == (
        Step("call", "relu", (Ref(0),)),
        Step("read", "data", (Ref(1),)),
        Step("call", "scaled", (Ref(1), 2, "fast", None)),
    )


def test_changing_an_attribute_in_place_reads_it_reckons_and_writes_it() -> None:
    def check(Value: Any) -> Looked:
        x = Value(1.0)
        x.data -= 0.1 * x.grad
        return {"": x.data}

    steps = record(check).steps[1:5]

    assert steps == (
        Step("read", "data", (Ref(0),)),
        Step("read", "grad", (Ref(0),)),
        Step("operate", "mul", (0.1, Ref(2))),
        Step("operate", "sub", (Ref(1), Ref(3))),
    )
    assert record(check).steps[5] == Step("write", "data", (Ref(0), Ref(4)))


def test_parameters_name_what_is_taken_from_the_submission() -> None:
    def check(Tensor: Any, relu: Any) -> Looked:
        return {"": relu(Tensor(1.0))}

    program = record(check)

    assert program.steps == (Step("make", "Tensor", (1.0,)), Step("make", "relu", (Ref(0),)))


def test_names_are_the_local_ones_at_the_end_and_numbers_read_have_none() -> None:
    def check(Value: Any) -> Looked:
        a = Value(1.0)
        a = a + a
        same = a
        before = a.data
        return {"": before, "same": same.data}

    program = record(check)

    assert program.names == {1: "a"}


def test_names_of_an_inner_function_are_not_the_check_s() -> None:
    def check(Value: Any) -> Looked:
        def squared(inner: Any) -> Any:
            outer = inner * inner
            return outer + outer

        a = Value(1.0)
        return {"": squared(a).data}

    program = record(check)

    assert program.names == {0: "a"}


def test_python_around_the_recording_is_free() -> None:
    def check(Value: Any) -> Looked:
        total = Value(0)
        for weight in (1.0, 2.0):
            total = total + Value(weight)
        return {f"total after {2}": total.data}

    program = record(check)

    assert [step.name for step in program.steps] == [
        "Value",
        "Value",
        "add",
        "Value",
        "add",
        "data",
    ]
    assert program.observed == (ObservedStep("total after 2", 5),)


def test_check_recorder_leaves_a_profiler_as_it_was() -> None:
    import sys

    def profiler(*_: object) -> None:
        pass

    def check(Value: Any) -> Looked:
        return {"": Value(1.0).data}

    before = sys.getprofile()
    sys.setprofile(profiler)
    try:
        record(check)
        after = sys.getprofile()
    finally:
        sys.setprofile(before)

    assert after is profiler


LOOKS: dict[str, Callable[[Any], Any]] = {
    "bool": bool,
    "if": lambda a: 1 if a else 2,
    "not": lambda a: not a,
    "and": lambda a: a and 1,
    "int": int,
    "an index": lambda a: [1, 2][a],
    "range": range,
    "len": len,
    "in": lambda a: 1 in a,
    "in a list": lambda a: a in [1.0, 2.0],
    "==": lambda a: a == 2.0,
    "!=": lambda a: a != 2.0,
    "<": lambda a: a < 2.0,
    "<=": lambda a: a <= 2.0,
    ">": lambda a: a > 2.0,
    ">=": lambda a: a >= 2.0,
    "max": lambda a: max(a, 0.0),
    "hash": hash,
    "a set": lambda a: {a},
    "a dictionary": lambda a: {a: 1},
    "str": str,
    "repr": repr,
    "an f-string": lambda a: f"{a}",
    "a formatted f-string": lambda a: f"{a:.2f}",
}


@pytest.mark.parametrize("what", LOOKS)
def test_looking_at_a_recorded_value_is_refused(what: str) -> None:
    def check(Value: Any) -> Looked:
        a = Value(1.0)
        LOOKS[what](a)
        return {"": a.data}

    line = check.__code__.co_firstlineno + 2
    with pytest.raises(
        BrokenExercise, match=rf"test_check_recorder\.py:{line}: the check check looks"
    ) as e:
        record(check)

    assert e.value.message.endswith("the check check looks at a recorded value")
    assert e.value.hint == "return it under a label instead; the oracles know what it should be"


@pytest.mark.parametrize(
    ("operand", "kind"),
    [
        (1j, "a complex"),
        (len, "len"),
        ({"data": 1.0}, "a dict"),
        ([1.0, {2}], "a set"),
        ((0, b"1"), "a bytes"),
    ],
)
def test_an_operand_that_is_no_number_is_refused(operand: object, kind: str) -> None:
    def check(Value: Any) -> Looked:
        return {"": Value(1.0) + operand}

    line = check.__code__.co_firstlineno + 1
    said = rf"test_check_recorder\.py:{line}: the check check uses {kind} as an operand$"
    with pytest.raises(BrokenExercise, match=said) as e:
        record(check)

    assert e.value.hint == "use numbers, texts, Values, lists and tuples of them, or numpy's arrays"


def test_rows_axes_and_operands_by_name_are_recorded_as_they_were_written() -> None:
    def check(Tensor: Any, Sum: Any) -> Looked:
        a = Tensor([[1.0, 2], [3.0, 4]], requires_grad=True)
        b = Sum().forward(a, axis=(0, 1), keepdims=True)
        return {"b.data": b.data}

    rows = ArrayData((ArrayData((1.0, 2)), ArrayData((3.0, 4))))
    assert record(check).steps == (
        Step("make", "Tensor", (rows, Keyword("requires_grad", True))),
        Step("make", "Sum", ()),
        Step(
            "call", "forward", (Ref(1), Ref(0), Keyword("axis", (0, 1)), Keyword("keepdims", True))
        ),
        Step("read", "data", (Ref(2),)),
    )


def test_an_operand_may_have_any_name() -> None:
    def check(Value: Any) -> Looked:
        return {"": Value(1.0, name="a", kind="leaf", self=2)}

    named = (Keyword("name", "a"), Keyword("kind", "leaf"), Keyword("self", 2))
    assert record(check).steps == (Step("make", "Value", (1.0, *named)),)


def test_a_result_may_be_given_by_name() -> None:
    def check(Value: Any) -> Looked:
        a = Value(1.0)
        return {"": Value(data=a, more=[a, 2.0])}

    assert record(check).steps[1].operands == (
        Keyword("data", Ref(0)),
        Keyword("more", Items((Ref(0), 2.0))),
    )


def test_lists_and_tuples_hold_results_and_anything_that_can_be_an_operand() -> None:
    def check(Value: Any, SGD: Any) -> Looked:
        a, b = Value(1.0), Value(2.0)
        SGD([a, [b, 0.5]], (a, "fast"), [True], (0, 1.5), (0, 1), [0.5, 1])
        return {"": a.data}

    assert record(check).steps[2].operands == (
        Items((Ref(0), Items((Ref(1), 0.5)))),
        Items((Ref(0), "fast"), "tuple"),
        Items((True,)),
        Items((0, 1.5), "tuple"),
        (0, 1),
        ArrayData((0.5, 1)),
    )


def test_an_item_is_taken_and_several_results_are_unpacked() -> None:
    def check(Value: Any, split: Any) -> Looked:
        p = split(Value(1.0))
        a, (b, c) = p
        return {"": p[2].data, "a": a, "c": c, "key": split(b)["key"]}

    steps = record(check).steps

    assert steps[2:7] == (
        Step("operate", "getitem", (Ref(1), 0)),
        Step("operate", "getitem", (Ref(1), 1)),
        Step("operate", "getitem", (Ref(3), 0)),
        Step("operate", "getitem", (Ref(3), 1)),
        Step("operate", "getitem", (Ref(1), 2)),
    )
    assert steps[-1] == Step("operate", "getitem", (Ref(8), "key"))


@pytest.mark.parametrize(
    "goes_through",
    [
        lambda p: [item for item in p],  # noqa: C416 - a loop is what is refused
        lambda p: (*p,),
        sum,
        lambda p: dict(zip("ab", p, strict=True)),
    ],
)
def test_going_through_a_recorded_value_is_refused(goes_through: Callable[[Any], Any]) -> None:
    def check(Value: Any) -> Looked:
        goes_through(Value(1.0))
        return {}

    with pytest.raises(BrokenExercise, match="goes through a recorded value") as e:
        record(check)

    assert e.value.hint == "write p[0], p[1], …, unpack it as in a, b = p, or return numbers_of(p)"


def test_an_object_is_called() -> None:
    def check(Value: Any, Linear: Any) -> Looked:
        layer = Linear(2, 1)
        layer.w[0].data = 0.5
        return {"": layer([Value(1.0)], scale=2)[0].data}

    steps = record(check).steps

    assert steps[:4] == (
        Step("make", "Linear", (2, 1)),
        Step("read", "w", (Ref(0),)),
        Step("operate", "getitem", (Ref(1), 0)),
        Step("write", "data", (Ref(2), 0.5)),
    )
    assert steps[5] == Step("call", "__call__", (Ref(0), Items((Ref(4),)), Keyword("scale", 2)))


def test_numpy_s_arrays_and_numbers_are_operands() -> None:
    numpy = pytest.importorskip("numpy")

    def check(loss: Any) -> Looked:
        return {"": loss(numpy.array([[1.0, -2.0]]), numpy.array([2]), numpy.float64(0.5))}

    rows = ArrayData((ArrayData((1.0, -2.0)),))
    assert record(check).steps[0].operands == (NumpyArray(rows), NumpyArray(ArrayData((2,))), 0.5)


def test_an_array_of_texts_is_refused() -> None:
    numpy = pytest.importorskip("numpy")

    def check(loss: Any) -> Looked:
        return {"": loss(numpy.array(["a"]))}

    with pytest.raises(BrokenExercise, match=r"uses an array of str32 as an operand$"):
        record(check)


REFUSED: dict[str, tuple[Callable[[Any, Any], Any], str, str]] = {
    "math": (
        lambda a, _: math.cos(a),
        "looks at a recorded value",
        "for math.cos(a) write a.cos(), or cos(a) with cos among the check's parameters",
    ),
    "@": (
        lambda a, _: a @ a,
        "uses an operator that cannot be asked",
        "there are + - * / ** and abs; for others call the method or Function: MatMul()",
    ),
    "a class": (
        lambda a, Value: a + Value,
        "uses Value itself as an operand",
        "use what it gives: Value(…)",
    ),
    "of a class": (
        lambda _, Value: Value.zeros,
        "takes zeros of Value itself",
        "make one, and take it of that: Value(…).zeros",
    ),
    "a slice": (
        lambda a, _: a[0:1],
        "takes more than one item at a time",
        "write p[0], p[1], …",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_recorded_is_told_with_what_to_write_instead(what: str) -> None:
    refused, says, hint = REFUSED[what]

    def check(Value: Any) -> Looked:
        return {"": refused(Value(1.0), Value)}

    with pytest.raises(BrokenExercise, match=f"the check check {says}") as e:
        record(check)

    assert e.value.hint == hint


def test_each_step_has_its_line() -> None:
    def check(Value: Any) -> Looked:
        a = Value(1.0)
        b = a.relu()

        return {"": b.data}

    first = check.__code__.co_firstlineno
    assert lines_of(check) == [first + 1, first + 2, first + 4]


def test_whether_a_method_raises_is_a_question() -> None:
    def check(Value: Any) -> Looked:
        a = Value(1.0)
        return {"again": raises(a, "backward")}

    assert record(check).steps[-1] == Step("ask", "raises", (Ref(0), "backward"))


@pytest.mark.parametrize("returned", [None, {}, 3, "text", ["a"]])
def test_a_check_that_looks_at_nothing_is_refused(returned: Any) -> None:
    def check(Value: Any) -> Looked:
        Value(1.0)
        return returned  # type: ignore[no-any-return]

    line = check.__code__.co_firstlineno
    said = rf"test_check_recorder\.py:{line}: the check check looks at nothing$"
    with pytest.raises(BrokenExercise, match=said) as e:
        record(check)

    assert e.value.hint == 'return what to look at: return {"a.grad": a.grad}'


@pytest.mark.parametrize("plain", [2.0, None, "text"])
def test_a_check_that_returns_a_plain_value_is_refused(plain: object) -> None:
    def check(Value: Any) -> Looked:
        return {"a.data": Value(1.0).data, "number": plain}

    with pytest.raises(BrokenExercise, match=rf"returns {plain!r} as 'number', which no") as e:
        record(check)

    assert e.value.hint == (
        "return what is looked at, 'number': a.data say; the oracles know the number"
    )


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("children_of", "from grader import children_of"),
        ("aa", "did you mean a? What is the submission's is taken so: def check(Scalar, aa)"),
        ("Value", "What is the submission's is taken so: def check(Scalar, Value)"),
    ],
)
def test_a_name_that_a_check_does_not_know_is_refused_with_where_it_comes_from(
    name: str, hint: str
) -> None:
    source = f"def check(Scalar):\n    a = Scalar(1.0)\n    return {{'a': {name}(a)}}"
    names: dict[str, Any] = {}
    exec(source, names)

    with pytest.raises(BrokenExercise, match=f"raises NameError: name '{name}'") as e:
        record(names["check"])

    assert e.value.hint == hint


def test_a_method_kept_for_later_is_refused() -> None:
    def check(Value: Any) -> Looked:
        a = Value(1.0)
        relu = a.relu
        b = a + a
        return {"": relu(), "b": b}

    line = check.__code__.co_firstlineno + 4
    said = rf"test_check_recorder\.py:{line}: the check check keeps a method for later$"
    with pytest.raises(BrokenExercise, match=said) as e:
        record(check)

    assert e.value.hint == "call the method where it is read, on operands that have a name by then"


def test_a_kept_method_called_twice_is_refused() -> None:
    def check(Value: Any) -> Looked:
        relu = Value(1.0).relu
        first = relu()
        return {"first": first, "second": relu()}

    with pytest.raises(BrokenExercise, match=r"keeps a method for later$"):
        record(check)


@pytest.mark.parametrize(
    ("raising", "error"),
    [
        (lambda a: +a, r"TypeError: bad operand type for unary \+: 'RecordedValue'"),
        (lambda a: vars()["b"], "KeyError: 'b'"),
        (lambda a: 1 / 0, "ZeroDivisionError: division by zero"),
    ],
)
def test_a_check_that_raises_is_an_error_of_its_author(
    raising: Callable[[Any], object], error: str
) -> None:
    def check(Value: Any) -> Looked:
        a = Value(1.0)
        return {"": raising(a)}

    line = check.__code__.co_firstlineno + 2
    said = rf"test_check_recorder\.py:{line}: the check check raises {error}"
    with pytest.raises(BrokenExercise, match=said) as e:
        record(check)

    assert e.value.hint == (
        "a check can use + - * / ** and abs, and call and read what an engine has"
    )


def test_a_check_that_cannot_be_called_is_an_error_of_its_author() -> None:
    def check(Value: Any, *, more: Any) -> Looked:
        return {"": Value(more)}

    line = check.__code__.co_firstlineno
    with pytest.raises(
        BrokenExercise, match=rf"test_check_recorder\.py:{line}: .* raises TypeError: "
    ):
        record(check)


def test_a_block_is_asked_by_a_function_of_the_submission_s() -> None:
    def check(Value: Any, no_grad: Any) -> Looked:
        with no_grad():
            b = Value(1.0) * 2.0
        return {"b": b.data}

    with pytest.raises(
        BrokenExercise, match="does something within a block of the submission's"
    ) as e:
        record(check)

    assert e.value.hint == (
        "let a function of the submission's do it, and take that: without_graph(a, b)"
    )


def test_a_list_that_is_changed_is_given_as_an_operand() -> None:
    def check(Value: Any, softmax: Any) -> Looked:
        p = softmax([Value(1.0)])
        p[0] = Value(2.0)
        return {"p": p[0].data}

    with pytest.raises(BrokenExercise, match=r"changes a recorded list, which cannot be asked$"):
        record(check)
