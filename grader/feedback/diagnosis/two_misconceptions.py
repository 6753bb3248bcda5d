"""Finds the two misconceptions that together answer as the submission does, where none does alone.

This puts the reference's operation in the place of the student's with engines of our own: with
both edits the solution answers as the submission, so that without either, its failures vanish.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from itertools import combinations
from typing import NamedTuple, TypeAlias

from grader.engines.compare import Mismatch, compare
from grader.engines.observation import Observation
from grader.engines.oracles.expected import Expected
from grader.engines.program import Program
from grader.feedback.diagnosis.one_misconception import Misconception, alike, equal
from grader.reports.report import Diagnosis

MOST_PAIRS = 40
"""The number of pairs that are asked, those that explain most by themselves first."""

AskEngine: TypeAlias = Callable[[Program], Observation]
MakeTwoMutants: TypeAlias = Callable[[str, str], AskEngine | None]
"""The ids of two misconceptions → an engine with both, None where one shuts the other out."""


class SubmissionAnswers(NamedTuple):
    """A submission's answers, beside those of the oracles.

    Attributes:
        expected: id → a Program, and what the oracles say to it.
        observations: id → what the submission did.
        mismatches: id → where that is wrong first; what is missing is right.
        run_keys: the ids of what its own run was asked. No pair is asked that: a run may be right
            on a wrong engine, so what one of the two does there alone is what both do.
    """

    expected: Mapping[str, Expected]
    observations: Mapping[str, Observation]
    mismatches: Mapping[str, Mismatch]
    run_keys: Set[str] = frozenset()


def two_misconceptions(
    submission: SubmissionAnswers, misconceptions: Iterable[Misconception], make_two: MakeTwoMutants
) -> dict[str, tuple[Diagnosis, ...]]:
    """Return the two misconceptions that together do what the submission does, by what is wrong.

    Args:
        submission: its answers, which no misconception alone explains.
        misconceptions: each that is known, and where it goes wrong.
        make_two: makes an engine with two of them.

    Returns:
        The id of what is wrong → those that it is wrong by, that of its first wrong answer first.
        Nothing where no pair fits, or several that cannot be named together. Where several
        differ in one of the two alone, its Diagnosis names all, in the words of the first.
    """
    possible = [
        misconception for misconception in misconceptions if _is_possible(submission, misconception)
    ]
    fits = [
        (one, other)
        for one, other in _promising(submission, possible)
        if (engine := make_two(one.diagnosis.id, other.diagnosis.id)) and _fits(submission, engine)
    ]
    sides = _sides(fits)
    if sides is None:
        return {}
    return _by_check(submission, [(side[0], _named(side)) for side in sides])


def _is_possible(submission: SubmissionAnswers, misconception: Misconception) -> bool:
    """Return whether a misconception may be there: what it has wrong, the submission has, too."""
    return all(
        key in submission.mismatches
        and (key not in submission.run_keys or _does_the_same(submission, key, misconception))
        for key in misconception.observations.keys() & submission.observations.keys()
    )


def _promising(
    submission: SubmissionAnswers, possible: Sequence[Misconception]
) -> list[tuple[Misconception, Misconception]]:
    """Return the pairs that go wrong wherever the submission does, the likeliest first."""
    shows = {
        misconception.diagnosis.id: len(_faults_shown(submission, misconception))
        for misconception in possible
    }

    def unlikely(pair: tuple[Misconception, Misconception]) -> tuple[bool, int]:
        one, other = (shows[misconception.diagnosis.id] for misconception in pair)
        return not (one and other), -one - other

    pairs = (
        (one, other)
        for one, other in combinations(possible, 2)
        if submission.mismatches.keys() <= one.observations.keys() | other.observations.keys()
    )
    return sorted(pairs, key=unlikely)[:MOST_PAIRS]


def _fits(submission: SubmissionAnswers, engine: AskEngine) -> bool:
    """Return whether an engine does what the submission does, over all that it was asked.

    It is asked in the same order: some misconceptions leave something behind for the next graph.
    """
    for key in (key for key in submission.observations if key not in submission.run_keys):
        program, want = submission.expected[key].program, submission.expected[key].want
        got = engine(program)
        if compare(program, want, got) is None:
            if key in submission.mismatches:
                return False
        elif key not in submission.mismatches or not alike(
            program, got, submission.observations[key]
        ):
            return False
    return True


def _sides(
    fits: Sequence[tuple[Misconception, Misconception]],
) -> tuple[list[Misconception], list[Misconception]] | None:
    """Return two groups of which any two fit together, where that is all that fits."""
    if not fits:
        return None
    pairs = {frozenset(misconception.diagnosis.id for misconception in pair) for pair in fits}
    known = {misconception.diagnosis.id: misconception for pair in fits for misconception in pair}
    first, second = (misconception.diagnosis.id for misconception in fits[0])
    left = [name for name in known if frozenset((name, second)) in pairs]
    right = [name for name in known if frozenset((name, first)) in pairs]
    if {frozenset((one, other)) for one in left for other in right} != pairs:
        return None
    return [known[name] for name in left], [known[name] for name in right]


def _named(side: Sequence[Misconception]) -> Diagnosis:
    names = "/".join(misconception.diagnosis.id for misconception in side)
    return side[0].diagnosis._replace(id=names)


def _by_check(
    submission: SubmissionAnswers, both: Sequence[tuple[Misconception, Diagnosis]]
) -> dict[str, tuple[Diagnosis, ...]]:
    diagnoses = {key: tuple(_shown_by(submission, key, both)) for key in submission.mismatches}
    named = {diagnosis for of_one in diagnoses.values() for diagnosis in of_one}
    for misconception, diagnosis in both:
        if diagnosis not in named:  # it shows only together with the other one
            for key in misconception.observations.keys() & diagnoses.keys() or diagnoses.keys():
                diagnoses[key] = (*diagnoses[key], diagnosis)
    return diagnoses


def _shown_by(
    submission: SubmissionAnswers, key: str, both: Sequence[tuple[Misconception, Diagnosis]]
) -> Iterator[Diagnosis]:
    """Give the misconceptions that something is wrong by, that of its first wrong answer first."""
    involved = [
        (misconception, named) for misconception, named in both if key in misconception.observations
    ]
    at = submission.mismatches[key].at
    shown = {
        named: {step for where, step in _faults_shown(submission, misconception) if where == key}
        for misconception, named in involved
    }
    order = sorted(shown, key=lambda named: at not in shown[named])
    by_itself = [named for named in order if shown[named]]
    yield from by_itself or order


def _faults_shown(
    submission: SubmissionAnswers, misconception: Misconception
) -> set[tuple[str, int]]:
    """Return the wrong answers that a misconception and the submission share: id, and step."""
    return {
        (key, at)
        for key in submission.mismatches
        if key in misconception.observations
        for at in _wrong_alike(submission, key, misconception)
    }


def _wrong_alike(
    submission: SubmissionAnswers, key: str, misconception: Misconception
) -> Iterator[int]:
    program, want = submission.expected[key].program, submission.expected[key].want
    mine, theirs = submission.observations[key], misconception.observations[key]
    if mine.ended != "answered" and _does_the_same(submission, key, misconception):
        yield submission.mismatches[key].at
    for at in mine.answers.keys() & theirs.answers.keys() & want.answers.keys():
        answer = mine.answers[at]
        if equal(program, answer, theirs.answers[at]) and not equal(
            program, answer, want.answers[at]
        ):
            yield at


def _does_the_same(submission: SubmissionAnswers, key: str, misconception: Misconception) -> bool:
    return alike(
        submission.expected[key].program,
        misconception.observations[key],
        submission.observations[key],
    )
