"""The remarks of an exercise that apply to a submission's answers; they cost nothing."""

from collections.abc import Iterator

from grader.engines.compare import Mismatch
from grader.exercises.exercise import Advisory, Exercise
from grader.grading.answers import Answers


def remarks(exercise: Exercise, answers: Answers) -> Iterator[str]:
    """Give the advisories that apply; none where all is still to be done."""
    if all(answers.has_failed(check) for check in exercise.checks):
        return
    fails = any(answers.has_failed(check) for check in exercise.checks)
    for advisory in exercise.advisories:
        if fails and advisory.when == "agrees":  # no praise under what is wrong
            continue
        observation = answers.observations.get(advisory.id)
        if observation is None or observation.ended != "answered":
            continue
        if _is_remarkable(advisory, answers.mismatches[advisory.id]):
            yield advisory.says


def _is_remarkable(advisory: Advisory, mismatch: Mismatch | None) -> bool:
    """Return whether an advisory applies: to an answer like the oracles', or to a wrong one.

    A wrong answer is one of the kind that was wanted, a wrong number say; where a submission gives
    something else altogether, its checks have told.
    """
    if mismatch is None or advisory.when == "agrees":
        return mismatch is None and advisory.when == "agrees"
    want, got = mismatch.want, mismatch.got
    return want is not None and got is not None and want.kind == got.kind
