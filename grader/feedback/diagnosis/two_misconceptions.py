"""Which two misconceptions together answer as the submission does, where none does alone.

This puts the reference's operation in the place of the student's with engines of our own: with
both edits the solution answers as the submission, so that without either, its failures vanish.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from itertools import combinations
from typing import NamedTuple, TypeAlias

from grader.engines.compare import Mismatch, compare
from grader.engines.observation import Observation
from grader.engines.oracles.expected import Question
from grader.engines.program import Program
from grader.feedback.diagnosis.one_misconception import Suspect, alike, equal
from grader.reports.report import Diagnosis

MOST_PAIRS = 40
"""How many pairs are asked at most, those that explain most by themselves first."""

Answering: TypeAlias = Callable[[Program], Observation]
Together: TypeAlias = Callable[[str, str], Answering | None]
"""The ids of two misconceptions → an engine with both, None where one shuts the other out."""


class Case(NamedTuple):
    """What a submission was asked, and what it did.

    Attributes:
        asked: id → the question.
        seen: id → what the submission did.
        wrong: id → where that is wrong first; what is missing is right.
        of_run: the ids of what its own run was asked. There no pair is asked: an engine's fault is
            excused in a run, so what one of the two does there alone is what both do.
    """

    asked: Mapping[str, Question]
    seen: Mapping[str, Observation]
    wrong: Mapping[str, Mismatch]
    of_run: Set[str] = frozenset()


def diagnose_pair(
    case: Case, suspects: Iterable[Suspect], together: Together
) -> dict[str, tuple[Diagnosis, ...]]:
    """Return the two misconceptions that together do what the submission does, by what is wrong.

    Args:
        case: what was asked and answered; no misconception alone fits.
        suspects: where each known misconception goes wrong.
        together: makes an engine with two of them.

    Returns:
        The id of what is wrong → those that it is wrong by, that of its first wrong answer first.
        Nothing where no pair fits, or several that have no common way of being told. Where several
        differ in one of the two alone, its Diagnosis names all, in the words of the first.
    """
    possible = [suspect for suspect in suspects if _is_possible(case, suspect)]
    fits = [
        (one, other)
        for one, other in _promising(case, possible)
        if (engine := together(one.diagnosis.id, other.diagnosis.id)) and _fits(case, engine)
    ]
    sides = _sides(fits)
    if sides is None:
        return {}
    return _by_check(case, [(side[0], _named(side)) for side in sides])


def _is_possible(case: Case, suspect: Suspect) -> bool:
    """Return whether nothing clears a suspect: what it has wrong, the submission has wrong, too."""
    return all(
        key in case.wrong and (key not in case.of_run or _does_the_same(case, key, suspect))
        for key in suspect.observations.keys() & case.seen.keys()
    )


def _promising(case: Case, possible: Sequence[Suspect]) -> list[tuple[Suspect, Suspect]]:
    """Return the pairs that go wrong wherever the submission does, the likeliest first."""
    shows = {suspect.diagnosis.id: len(_evidence(case, suspect)) for suspect in possible}

    def unlikely(pair: tuple[Suspect, Suspect]) -> tuple[bool, int]:
        one, other = (shows[suspect.diagnosis.id] for suspect in pair)
        return not (one and other), -one - other

    pairs = (
        (one, other)
        for one, other in combinations(possible, 2)
        if case.wrong.keys() <= one.observations.keys() | other.observations.keys()
    )
    return sorted(pairs, key=unlikely)[:MOST_PAIRS]


def _fits(case: Case, engine: Answering) -> bool:
    """Return whether an engine does what the submission does, over all that it was asked.

    It is asked in the same order: some misconceptions leave something behind for the next graph.
    """
    for key in (key for key in case.seen if key not in case.of_run):
        program, want = case.asked[key].program, case.asked[key].want
        got = engine(program)
        if compare(program, want, got) is None:
            if key in case.wrong:
                return False
        elif key not in case.wrong or not alike(program, got, case.seen[key]):
            return False
    return True


def _sides(fits: Sequence[tuple[Suspect, Suspect]]) -> tuple[list[Suspect], list[Suspect]] | None:
    """Return two groups of which any two fit together, where that is all that fits."""
    if not fits:
        return None
    pairs = {frozenset(suspect.diagnosis.id for suspect in pair) for pair in fits}
    known = {suspect.diagnosis.id: suspect for pair in fits for suspect in pair}
    first, second = (suspect.diagnosis.id for suspect in fits[0])
    left = [name for name in known if frozenset((name, second)) in pairs]
    right = [name for name in known if frozenset((name, first)) in pairs]
    if {frozenset((one, other)) for one in left for other in right} != pairs:
        return None
    return [known[name] for name in left], [known[name] for name in right]


def _named(side: Sequence[Suspect]) -> Diagnosis:
    names = "/".join(suspect.diagnosis.id for suspect in side)
    return side[0].diagnosis._replace(id=names)


def _by_check(
    case: Case, both: Sequence[tuple[Suspect, Diagnosis]]
) -> dict[str, tuple[Diagnosis, ...]]:
    told = {key: tuple(_guilty(case, key, both)) for key in case.wrong}
    named = {diagnosis for found in told.values() for diagnosis in found}
    for suspect, diagnosis in both:
        if diagnosis not in named:  # it shows only together with the other one
            for key in suspect.observations.keys() & told.keys() or told.keys():
                told[key] = (*told[key], diagnosis)
    return told


def _guilty(case: Case, key: str, both: Sequence[tuple[Suspect, Diagnosis]]) -> Iterator[Diagnosis]:
    """Give the misconceptions that something is wrong by, that of its first wrong answer first."""
    involved = [(suspect, named) for suspect, named in both if key in suspect.observations]
    at = case.wrong[key].at
    shown = {
        named: {step for where, step in _evidence(case, suspect) if where == key}
        for suspect, named in involved
    }
    order = sorted(shown, key=lambda named: at not in shown[named])
    by_itself = [named for named in order if shown[named]]
    yield from by_itself or order


def _evidence(case: Case, suspect: Suspect) -> set[tuple[str, int]]:
    """Return the wrong answers that a suspect gives as the submission does: id, and step."""
    return {
        (key, at)
        for key in case.wrong
        if key in suspect.observations
        for at in _wrong_alike(case, key, suspect)
    }


def _wrong_alike(case: Case, key: str, suspect: Suspect) -> Iterator[int]:
    program, want = case.asked[key].program, case.asked[key].want
    mine, theirs = case.seen[key], suspect.observations[key]
    if mine.ended != "answered" and _does_the_same(case, key, suspect):
        yield case.wrong[key].at
    for at in mine.answers.keys() & theirs.answers.keys() & want.answers.keys():
        answer = mine.answers[at]
        if equal(program, answer, theirs.answers[at]) and not equal(
            program, answer, want.answers[at]
        ):
            yield at


def _does_the_same(case: Case, key: str, suspect: Suspect) -> bool:
    return alike(case.asked[key].program, suspect.observations[key], case.seen[key])
