"""Edited sources answer what a repair has to answer, and each answer takes steps of a budget."""

from collections.abc import Sequence

from grader.engines.oracles.expected import mismatch_of
from grader.feedback.repair.asked_edits import (
    DEFINING,
    ENDLESS,
    MOST_ENDLESS,
    AskedEdits,
    AskedProgram,
    RepairProgress,
    RepairQuestions,
    right_among,
    shortfall,
    up_to_mismatch,
)
from tests.feedback.repair.engine import ENGINE, with_fault
from tests.feedback.repair.questions import ask, asked, differences, paths, squares

WRONG = with_fault("self.grad += other.data * out.grad", "self.grad += out.grad")
NOTHING_THERE = "Value = 7"


def edits_of(source: str, unseen: Sequence[AskedProgram] = ()) -> tuple[AskedEdits, list[int]]:
    """Return edits of an engine that is asked squares and paths, and how often for what is new."""
    (answers,) = ask([(source,)], [asked(squares).program])
    mismatch = mismatch_of(asked(squares).program, asked(squares).want, answers[0])
    assert mismatch is not None
    times: list[int] = []

    def fresh() -> Sequence[AskedProgram]:
        times.append(1)
        return unseen

    questions = RepairQuestions([asked(squares)], [mismatch], [asked(paths)], fresh)
    return AskedEdits(ask, questions, 1_000), times


def test_each_source_takes_the_steps_that_it_is_asked_and_is_compared_with_the_oracles() -> None:
    edits, _ = edits_of(WRONG)

    found = edits.mismatches([(ENGINE,), (WRONG,)], [asked(squares)])

    assert [[one is None for one in of_source] for of_source in found] == [[True], [False]]
    assert edits.left == 1_000 - 2 * (len(asked(squares).program.steps) + DEFINING)
    assert edits.mismatches([(ENGINE,)], []) == [[]]


def test_a_source_that_answers_nothing_is_wrong_everywhere() -> None:
    edits, _ = edits_of(WRONG)

    (found,) = edits.mismatches([(NOTHING_THERE,)], [asked(squares), asked(paths)])

    assert right_among(found) == frozenset()
    assert len(found) == 2


def test_what_nobody_has_seen_is_made_once_and_asked_of_what_is_right_so_far() -> None:
    edits, times = edits_of(WRONG, [asked(differences)])

    assert edits.first_wrong((WRONG,)) is not None
    assert times == []
    assert [edits.first_wrong((ENGINE,)) for _ in range(2)] == [None, None]
    assert times == [1]


def test_who_gets_further_falls_short_of_less() -> None:
    edits, _ = edits_of(WRONG)

    right, wrong = edits.progress([(ENGINE,), (WRONG,)])

    every = len(asked(squares).program.steps)
    assert (right, wrong.mended) == (RepairProgress(frozenset({0}), 2, every), frozenset())
    assert shortfall(right) < shortfall(wrong)


def test_what_comes_after_the_first_wrong_answer_is_not_asked_at_first() -> None:
    whole = asked(differences)
    wrong = with_fault("return self + (-other)", "return self + other")
    (answers,) = ask([(wrong,)], [whole.program])
    mismatch = mismatch_of(whole.program, whole.want, answers[0])
    assert mismatch is not None

    shorter = up_to_mismatch(whole, mismatch)

    assert shorter.program.steps == whole.program.steps[: mismatch.at + 1]
    (wrong_answers, right_answers) = ask([(wrong,), (ENGINE,)], [shorter.program])
    assert mismatch_of(shorter.program, shorter.want, wrong_answers[0]) is not None
    assert mismatch_of(shorter.program, shorter.want, right_answers[0]) is None


def test_after_many_answers_calls_without_end_cost_as_many_steps_as_they_take() -> None:
    edits, _ = edits_of(WRONG)
    made = 'out = Value(self.data * other.data, (self, other), "*")'
    endless = (with_fault(made, "self * other"),)
    each = len(asked(squares).program.steps) + DEFINING

    edits.mismatches([endless] * MOST_ENDLESS, [asked(squares)])
    for_nothing = edits.left
    edits.mismatches([endless, (ENGINE,), endless], [asked(squares)])

    assert for_nothing == 1_000 - MOST_ENDLESS * each
    assert edits.left == for_nothing - 3 * each - 2 * ENDLESS


def test_where_no_more_is_answered_no_more_is_asked() -> None:
    questions = RepairQuestions([asked(squares)], [], [], list)
    gone = AskedEdits(lambda sources, some: ask(sources[:1], some), questions, 900)

    found = gone.mismatches([(ENGINE,), (ENGINE,)], [asked(squares)])

    assert [right_among(one) for one in found] == [{0}, frozenset()]
    assert gone.left == 0
