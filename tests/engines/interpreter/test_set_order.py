"""Sets of nodes give them in the order that a layout says, in every run."""

from typing import Any

import pytest

from grader.engines.interpreter.set_order import AS_GIVEN, REVERSED, fix_set_order
from grader.engines.oracles.textbook import Textbook
from grader.engines.program import Program
from grader.exercises import catalogue
from grader.exercises.exercise_programs import programs
from grader.grading.mutants.engine import engine_of
from tests.sandbox.orders import RIGHT, WRONG, with_backward

MIXED = 2
NAMES = {"Value": "Value"}


def made(layout: int, count: int = 40, **contents: object) -> list[object]:
    """Nodes of a class of their own: laying it out leaves a mark."""
    kind = type("Made", (), contents)
    fix_set_order([kind], layout)
    return [kind() for _ in range(count)]


def orders(nodes: list[object]) -> set[bool]:
    """Whether the first that was put into a set of two is the first that it gives."""
    pairs = [(one, other) for one in nodes for other in nodes if one is not other]
    return {next(iter({one, other})) is one for one, other in pairs}


def test_as_given_a_set_of_two_keeps_the_order_in_which_they_came() -> None:
    assert orders(made(AS_GIVEN)) == {True}


def test_reversed_a_set_of_two_gives_the_later_one_first() -> None:
    assert orders(made(REVERSED)) == {False}


def test_a_mixed_layout_has_both_orders_and_the_same_ones_each_time() -> None:
    first, again = made(MIXED), made(MIXED)

    sets = [[nodes.index(node) for node in set(nodes)] for nodes in (first, again)]

    assert orders(first) == {True, False}
    assert sets[0] == sets[1]


def test_a_node_stays_itself_and_no_other() -> None:
    nodes = made(REVERSED)

    assert len(set(nodes)) == len(nodes)
    assert all(node in set(nodes) and hash(node) == hash(node) for node in nodes)


def test_a_class_is_laid_out_anew_for_each_program() -> None:
    kind = type("Made", (), {})

    fix_set_order([kind], REVERSED)
    fix_set_order([kind], AS_GIVEN)

    assert orders([kind() for _ in range(9)]) == {True}


def test_a_class_is_changed_once_for_all_programs() -> None:
    """A class that is changed has all that Python knows about its methods forgotten."""
    kind = type("Made", (), {})
    fix_set_order([kind], REVERSED)
    laid_out = kind.__hash__

    fix_set_order([kind], MIXED)

    assert kind.__hash__ is laid_out


def test_a_hash_that_a_submission_puts_in_place_of_ours_is_laid_out_too() -> None:
    kind: Any = type("Made", (), {})
    fix_set_order([kind], AS_GIVEN)

    def own(node: object) -> int:
        return id(node)

    kind.__hash__ = own
    fix_set_order([kind], REVERSED)

    assert orders([kind() for _ in range(9)]) == {False}


def test_what_a_submission_writes_to_our_hash_stops_nothing() -> None:
    kind: Any = type("Made", (), {})
    fix_set_order([kind], AS_GIVEN)
    vars(kind.__hash__).update(dict.fromkeys(vars(kind.__hash__), "mine"))

    fix_set_order([kind], REVERSED)

    assert len({kind() for _ in range(9)}) == 9


def test_a_hash_that_is_the_identity_is_laid_out_like_none() -> None:
    def __hash__(node: object) -> int:  # noqa: N807  (a method, of a class made below)
        return id(node)

    assert orders(made(REVERSED, __hash__=__hash__)) == {False}
    assert orders(made(REVERSED, __eq__=lambda *_: False, __hash__=object.__hash__)) == {False}


def test_a_hash_by_value_stays_as_it_is() -> None:
    nodes = made(REVERSED, __hash__=lambda node: 7)

    assert {hash(node) for node in nodes} == {7}


def test_a_class_whose_objects_cannot_be_in_a_set_stays_so() -> None:
    (node,) = made(REVERSED, count=1, __eq__=lambda *_: True, __hash__=None)

    with pytest.raises(TypeError, match="unhashable"):
        hash(node)


def test_nodes_of_a_class_in_between_are_laid_out_too() -> None:
    base = type("Base", (), {})
    fix_set_order([type("Made", (base,), {})], REVERSED)

    assert orders([base() for _ in range(9)]) == {False}


def test_what_is_no_class_of_a_student_s_is_passed_over() -> None:
    fix_set_order([None, len, int, type("Number", (float,), {"__slots__": ()})], REVERSED)

    assert hash(3) == 3


def test_no_right_answer_depends_on_the_layout() -> None:
    engine = engine_of(with_backward(RIGHT), NAMES, "right")
    for program in asked("ex7").values():
        assert engine.answer(program) == Textbook().answer(program)


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_order_answers_wrongly_and_the_same_in_every_process(wrong: str) -> None:
    programs = asked("ex7")
    engines = [engine_of(with_backward(WRONG[wrong]), NAMES, wrong) for _ in range(2)]

    first, again = ({key: one.answer(programs[key]) for key in programs} for one in engines)

    assert first == again
    assert any(first[key] != Textbook().answer(program) for key, program in programs.items())


def asked(exercise: str) -> dict[str, Program]:
    return programs(catalogue.load(catalogue.find(exercise)))


def test_a_check_of_several_layouts_asks_the_same_program_in_each() -> None:
    programs = asked("ex6")

    keys = [key for key in programs if key.startswith("skip_connection")]
    assert keys == ["skip_connection", *(f"skip_connection@{layout}" for layout in (1, 2, 3))]
    assert [programs[key].layout for key in keys] == [0, 1, 2, 3]
    assert len({programs[key].steps for key in keys}) == 1


def test_random_graphs_are_asked_in_every_layout() -> None:
    assert {asked("ex7")[f"skip_connection#{number}"].layout for number in range(1, 17)} == {
        *range(4)
    }
