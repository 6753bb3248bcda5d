"""The first of two edits gets further than the submission, and spoils nothing that is right."""

from collections.abc import Sequence

from grader.engines.oracles.expected import mismatch_of
from grader.feedback.repair.asked_edits import AskedEdits, AskedProgram, RepairQuestions
from grader.feedback.repair.candidates import Suspicion, candidates
from grader.feedback.repair.edit import CandidateEdit
from grader.feedback.repair.first_edits import FirstEdits, is_likely
from tests.feedback.repair.engine import with_fault
from tests.feedback.repair.questions import ask, asked, differences, paths, squares

TWO_FAULTS = with_fault("return self + (-other)", "return self + other").replace(
    "self.grad += other.data * out.grad", "self.grad = other.data * out.grad"
)


def asked_edits(steps: int = 100_000) -> AskedEdits:
    failing = [asked(differences), asked(paths)]
    (answers,) = ask([(TWO_FAULTS,)], [one.program for one in failing])
    mismatches = [
        mismatch_of(one.program, one.want, got) for one, got in zip(failing, answers, strict=True)
    ]
    unseen: Sequence[AskedProgram] = []
    known = [one for one in mismatches if one]
    assert len(known) == len(failing)
    return AskedEdits(ask, RepairQuestions(failing, known, [asked(squares)], lambda: unseen), steps)


def test_what_mends_a_failure_comes_first() -> None:
    tried = candidates((TWO_FAULTS,), Suspicion(frozenset({"sub", "mul"})), "Value")

    found = FirstEdits(asked_edits(), 0).find((TWO_FAULTS,), tried)

    progress, first = found[0]
    assert len(progress.mended) == 1
    assert first.function in ("__sub__", "__mul__")


def test_what_gets_no_further_is_none() -> None:
    tried = candidates((TWO_FAULTS,), Suspicion(), "Value")
    without = [one for one in tried if one.function == "tanh"]

    assert FirstEdits(asked_edits(), 0).find((TWO_FAULTS,), without) == []


def test_the_second_edit_keeps_its_part_of_the_steps() -> None:
    asked_ones = asked_edits(20_000)
    tried = candidates((TWO_FAULTS,), Suspicion(), "Value")

    FirstEdits(asked_ones, 15_000).find((TWO_FAULTS,), tried)

    assert 10_000 < asked_ones.left <= 15_000


def test_what_the_source_alone_tells_is_likely_though_nothing_shows_it() -> None:
    edits = [CandidateEdit("quantity", (), "step", weight) for weight in (-0.5, 1.0, -10.0)]

    assert [*map(is_likely, edits)] == [True, False, False]
