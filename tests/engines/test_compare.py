"""Two Observations agree within tolerance, and nothing agrees for want of anything to compare."""

from math import inf, nan

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from grader.engines.compare import (
    ABSOLUTE,
    ORACLES_RELATIVE,
    Mismatch,
    compare,
    missing_numbers,
    same,
    same_number,
)
from grader.engines.observation import (
    NODES,
    NOTHING,
    NUMBER,
    ORDER,
    OTHER,
    TEXT,
    TRUTH,
    WORD,
    Answer,
    Ending,
    Fault,
    GraphAnswer,
    Observation,
    PrintedText,
    Traversal,
    Value,
)
from grader.engines.oracles.textbook import Textbook
from grader.engines.program import ObservedStep, Program, Ref, Step
from tests.drawn import answers, programs

GRAPH = Program(
    (
        Step("make", "Value", (2.0,)),
        Step("make", "Value", (3.0,)),
        Step("operate", "mul", (Ref(0), Ref(1))),
        Step("operate", "add", (Ref(2), Ref(0))),
        Step("read", "data", (Ref(3),)),
        Step("ask", "order", (Ref(3),)),
    ),
    (ObservedStep("map", 5), ObservedStep("data", 4)),
)


def number(value: float) -> Answer:
    return Answer(NUMBER, value)


def are_same(want: Answer, got: Answer) -> bool:
    return same(GRAPH, want, got)


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        (1.0, 1.0, True),
        (1.0, 1.0 + 0.9e-6, True),
        (1.0, 1.0 + 1.1e-6, False),
        (1e6, 1e6 + 0.9, True),
        (1e6, 1e6 + 1.1, False),
        (0.0, 0.9e-9, True),
        (0.0, 1.1e-9, False),
        (0.0, -0.0, True),
        (1e-12, -1e-12, True),
        (1.0, -1.0, False),
        (nan, nan, True),
        (nan, 0.0, False),
        (nan, inf, False),
        (inf, inf, True),
        (-inf, -inf, True),
        (inf, -inf, False),
        (inf, 1.7e308, False),
        (1.7e308, -1.7e308, False),
        (1.7e308, 1.7e308, True),
    ],
)
def test_numbers_agree_within_tolerance(one: float, other: float, agree: bool) -> None:
    assert same_number(one, other) is agree
    assert same_number(other, one) is agree


def test_two_oracles_have_to_agree_more_closely() -> None:
    assert same_number(1.0, 1.0 + 0.9e-9, ORACLES_RELATIVE)
    assert not same_number(1.0, 1.0 + 2.1e-9, ORACLES_RELATIVE)


@given(st.floats(), st.floats())
def test_agreement_of_numbers_has_no_direction(one: float, other: float) -> None:
    assert same_number(one, other) is same_number(other, one)


@given(st.floats())
def test_every_number_agrees_with_itself(value: float) -> None:
    assert same_number(value, value)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_relative_error_of_a_millionth_and_a_half_is_too_much(value: float) -> None:
    assume(abs(value) > 2e-3)

    assert not same_number(value, value * (1 + 1.5e-6) if abs(value) < 1e300 else inf)
    assert same_number(value, value + ABSOLUTE / 2)


@given(answers(6), answers(6))
def test_answers_of_different_kinds_never_agree(one: Answer, other: Answer) -> None:
    assume(one.kind != other.kind)

    assert not are_same(one, other)


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        (TRUTH, True, False),
        (OTHER, "a list of 2", "a list of 3"),
        (NODES, (0, 1), (0,)),
        (NODES, (0, 1), ()),
        (NODES, (), (0,)),
        (NODES, (0, 1), (0, -1)),
    ],
)
def test_other_answers_differ_where_they_are_not_equal(kind: str, one: Value, other: Value) -> None:
    assert are_same(Answer(kind, one), Answer(kind, one))
    assert not are_same(Answer(kind, one), Answer(kind, other))
    assert not are_same(Answer(kind, other), Answer(kind, one))


def test_children_agree_in_any_order_and_however_they_are_kept() -> None:
    assert are_same(Answer(NODES, (0, 1), "{}._children"), Answer(NODES, (1, 0, 1), "{}._prev"))


def test_nothing_agrees_with_nothing_and_not_with_zero() -> None:
    assert are_same(Answer(NOTHING, None), Answer(NOTHING, None))
    assert not are_same(number(0.0), Answer(NOTHING, None))


@pytest.mark.parametrize("got", [True, None, "3.5", (3.5,), 3])
def test_what_is_called_a_number_must_be_one(got: object) -> None:
    assert not are_same(number(3.5), Answer(NUMBER, got))  # type: ignore[arg-type]


TEXTS = [
    ("Value(data=3.5)", True),
    ("3.5", True),
    ("<number 3.50, gradient 0>", True),
    ("3.5000001", True),
    ("+.35e1", True),
    ("Value(data=-3.5)", False),
    ("Value(data=3.6)", False),
    ("Value(data=3)", False),
    ("Value()", False),
    ("", False),
]


@pytest.mark.parametrize(("text", "agrees"), TEXTS)
def test_a_text_agrees_if_it_shows_the_number(text: str, agrees: bool) -> None:
    want = Answer(TEXT, PrintedText("Value(data=3.5)", False))

    assert are_same(want, Answer(TEXT, PrintedText(text, False))) is agrees


def test_a_text_shows_every_number_wanted() -> None:
    want = Answer(TEXT, PrintedText("Value(data=-2, grad=1e-07)", False))

    assert are_same(want, Answer(TEXT, PrintedText("grad 1e-07 of -2.0", False)))
    assert not are_same(want, Answer(TEXT, PrintedText("-2.0", False)))


def test_a_text_that_was_printed_too_does_not_agree() -> None:
    want = Answer(TEXT, PrintedText("3.5", False))

    assert not are_same(want, Answer(TEXT, PrintedText("3.5", True)))


def test_a_text_that_shows_no_number_is_agreed_with_by_itself_alone() -> None:
    want = Answer(TEXT, PrintedText("Value(data=nan)", False))

    assert are_same(want, want)
    assert not are_same(want, Answer(TEXT, PrintedText("anything", False)))


def order(*nodes: int, reversible: bool = False) -> Answer:
    return Answer(ORDER, Traversal(nodes, (), reversible))


WANTED = Answer(ORDER, Traversal((0, 1, 2, 3), ((0, 4.0), (1, 2.0))))


@pytest.mark.parametrize(
    ("got", "agrees"),
    [
        (order(0, 1, 2, 3), True),
        (order(1, 0, 2, 3), True),
        (order(3, 2, 1, 0, reversible=True), True),
        (order(0, 1, 2, 3, reversible=True), True),
        (order(3, 2, 1, 0), False),
        (order(0, 2, 1, 3), False),
        (order(0, 2, 1, 3, reversible=True), False),
        (order(0, 1, 2), False),
        (order(0, 1, 2, 3, 3), False),
        (order(0, 0, 1, 2, 3), False),
        (order(0, 1, 2, 3, -1), False),
        (order(-1, 0, 1, 2), False),
        (order(), False),
    ],
)
def test_an_order_holds_every_node_once_children_before_parents(got: Answer, agrees: bool) -> None:
    assert are_same(WANTED, got) is agrees


@pytest.mark.parametrize(
    ("gradients", "agrees"),
    [
        (((0, 4.0), (1, 2.0)), True),
        (((0, 4.0 + 1e-7), (1, 2.0), (2, 1.0), (3, 99.0)), True),
        (((0, 4.0), (1, 3.0)), False),
        (((0, 4.0),), False),
        (((0, nan), (1, 2.0)), False),
        ((), False),
    ],
)
def test_where_no_order_is_seen_the_leaves_gradients_count(
    gradients: tuple[tuple[int, float], ...], agrees: bool
) -> None:
    assert are_same(WANTED, Answer(ORDER, Traversal(None, gradients))) is agrees


@pytest.mark.parametrize("want", [Traversal(None), Traversal(())])
@pytest.mark.parametrize("got", [Traversal(None), Traversal(()), Traversal((0, 1))])
def test_without_a_wanted_order_or_gradients_nothing_agrees(
    want: Traversal, got: Traversal
) -> None:
    assert not are_same(Answer(ORDER, want), Answer(ORDER, got))


def test_nodes_that_no_step_gave_may_stand_anywhere_in_an_order() -> None:
    want = order(0, -1, 2, 3)

    assert are_same(want, order(-1, 0, 2, 3))
    assert are_same(want, order(0, 2, 3, -1))


WANT = Observation("answered", {4: number(8.0), 5: WANTED})
FAULT = Fault("ValueError", "no")


def stopped(ended: Ending, step: int | None, **answers: Answer) -> Observation:
    return Observation(ended, {int(at[1:]): each for at, each in answers.items()}, step, FAULT)


def test_an_observation_that_answers_everything_has_no_mismatch() -> None:
    got = Observation("answered", {5: order(1, 0, 2, 3), 4: number(8.0)})

    assert compare(GRAPH, WANT, got) is None


def test_answers_that_nobody_asked_for_do_not_matter() -> None:
    got = Observation("answered", {0: number(1.0), 5: order(1, 0, 2, 3), 4: number(8.0)})

    assert compare(GRAPH, WANT, got) is None


def test_the_first_difference_counts_in_the_order_of_the_steps() -> None:
    got = Observation("answered", {4: number(7.0), 5: order()})

    assert compare(GRAPH, WANT, got) == Mismatch(4, number(8.0), number(7.0), got)


def test_a_missing_answer_is_a_mismatch() -> None:
    got = Observation("answered", {5: order(0, 1, 2, 3)})

    assert compare(GRAPH, WANT, got) == Mismatch(4, number(8.0), None, got)


def test_an_answer_that_no_oracle_gives_is_a_mismatch() -> None:
    got = Observation("answered", {4: number(8.0), 5: order(0, 1, 2, 3)})

    mismatch = compare(GRAPH, Observation("answered", {4: number(8.0)}), got)

    assert mismatch == Mismatch(5, None, order(0, 1, 2, 3), got)


def test_an_exception_counts_where_it_was_raised() -> None:
    got = stopped("raised", 2)

    assert compare(GRAPH, WANT, got) == Mismatch(2, None, None, got)


def test_a_difference_before_an_exception_counts_first() -> None:
    got = stopped("raised", 5, _4=number(7.0))

    assert compare(GRAPH, WANT, got) == Mismatch(4, number(8.0), number(7.0), got)


def test_an_exception_in_an_observed_step_lacks_its_answer() -> None:
    got = stopped("raised", 5, _4=number(8.0))

    assert compare(GRAPH, WANT, got) == Mismatch(5, WANTED, None, got)


def test_an_answer_after_an_exception_is_not_believed() -> None:
    got = stopped("raised", 4, _4=number(8.0), _5=order(0, 1, 2, 3))

    assert compare(GRAPH, WANT, got) == Mismatch(4, number(8.0), None, got)


ENDED: tuple[Ending, ...] = ("raised", "timed out", "died", "flooded", "violated", "not asked")


@pytest.mark.parametrize("ended", ENDED)
def test_only_an_observation_that_answered_can_agree(ended: Ending) -> None:
    got = stopped(ended, None, _4=number(8.0), _5=order(0, 1, 2, 3))

    assert compare(GRAPH, WANT, got) == Mismatch(5, WANTED, None, got)


@pytest.mark.parametrize("ended", ENDED)
def test_without_any_answer_the_first_look_is_what_is_missing(ended: Ending) -> None:
    got = Observation(ended)

    assert compare(GRAPH, WANT, got) == Mismatch(4, number(8.0), None, got)


@settings(deadline=None)
@given(programs(), st.data())
def test_a_program_s_answers_agree_with_themselves_and_with_no_others(
    program: Program, data: st.DataObject
) -> None:
    answered = Textbook().answer(program)
    assume(answered.ended == "answered")
    numbers = [at for at, answer in answered.answers.items() if answer.kind == NUMBER]
    at = data.draw(st.sampled_from(sorted(numbers)))
    value = answered.answers[at].value
    assert isinstance(value, float)

    other = number(value + 1 + abs(value) / 1e5 if abs(value) < 1e300 else 0.5)
    differing = answered._replace(answers={**answered.answers, at: other})

    assert compare(program, answered, answered, relative=ORACLES_RELATIVE) is None
    assert compare(program, answered, differing) == Mismatch(
        at, answered.answers[at], other, differing
    )


@pytest.mark.parametrize(("want", "got"), [("relu", "ReLU"), ("+", " + "), ("", "")])
def test_a_word_is_the_same_in_upper_and_lower_case(want: str, got: str) -> None:
    assert same(GRAPH, Answer(WORD, want), Answer(WORD, got))


@pytest.mark.parametrize(("want", "got"), [("+", "*"), ("w", ""), ("w", "wx")])
def test_another_word_is_not_the_same(want: str, got: str) -> None:
    assert not same(GRAPH, Answer(WORD, want), Answer(WORD, got))


GRAPH_OF_TWO = GraphAnswer((0, 1), ((0, 1),), ((0, 1),))


@pytest.mark.parametrize(
    ("got", "agrees"),
    [
        (GraphAnswer((1, 0), ((0, 1), (0, 1)), ((0, 1),)), True),
        (GraphAnswer((0, 1), ((1, 0),), ((0, 1),)), False),
        (GraphAnswer((0, 1), ((0, 1),)), False),
        (GraphAnswer((0,), ((0, 1),), ((0, 1),)), False),
    ],
)
def test_graphs_are_compared_as_sets(got: GraphAnswer, agrees: bool) -> None:
    assert same(GRAPH, Answer("graph", GRAPH_OF_TWO), Answer("graph", got)) is agrees


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        ("y1 = 4.0\ny2 = 4.000001\n", ["a"]),
        ("(y2 - y1) / h = 0.99999999925", []),
        ("np.float64(1.0)", []),
        ("w.grad=1", []),
        ("1e0", []),
        ("x_1 v1", ["a"]),
    ],
)
def test_digits_in_a_name_are_no_number_on_the_screen(text: str, lacking: list[str]) -> None:
    assert missing_numbers({"a": 1.0}, text, rough=True) == lacking
