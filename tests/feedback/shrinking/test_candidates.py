"""Neighbours are worked out once, and forgotten before they fill the memory."""

import pytest

from grader.engines.program import ObservedStep, Program, Ref, Step
from grader.feedback.shrinking import candidates, simplifications
from grader.feedback.shrinking.candidates import Candidates, key_of
from grader.feedback.shrinking.size import size

A, B = Step("make", "Value", (2.0,)), Step("make", "Value", (3.0,))
SUM = Program(
    (A, B, Step("operate", "mul", (Ref(0), Ref(1))), Step("read", "data", (Ref(2),))),
    (ObservedStep("c.data", 3),),
)


def test_every_neighbour_is_smaller_and_the_smallest_comes_first() -> None:
    found = [program for _, program in Candidates().shorter(SUM)]

    sizes = [size(program) for program in found]
    assert sizes == sorted(sizes)
    assert all(one < size(SUM) for one in sizes)
    assert {key_of(program) for program in found} <= {
        key_of(one) for one in simplifications.shorter(SUM)
    }


def test_keys_tell_programs_apart() -> None:
    near = Candidates()

    keys = [key for key, _ in near.simpler(SUM, {"add"})]

    assert len(keys) == len(set(keys))
    assert key_of(SUM) not in keys


def test_the_operators_that_may_come_in_count() -> None:
    near = Candidates()

    assert near.simpler(SUM, {"add"}) != near.simpler(SUM, ())


def test_what_was_worked_out_is_given_again() -> None:
    near = Candidates()
    first = near.shorter(SUM)

    assert near.shorter(SUM._replace(names={0: "other"})) is first


def test_when_there_is_no_room_left_it_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    near = Candidates()
    first = near.shorter(SUM)
    monkeypatch.setattr(candidates, "MOST_KEPT", len(first))

    near.simpler(SUM, {"add"})

    again = near.shorter(SUM)
    assert again is not first
    assert again == first
