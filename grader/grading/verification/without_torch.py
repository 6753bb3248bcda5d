"""Says what a proof leaves out where torch is not installed."""

from collections.abc import Iterable, Mapping, Sequence

from grader.engines.oracles.expected import Oracle
from grader.engines.oracles.without_torch import WithoutTorch
from grader.engines.program import Program
from grader.exercises.exercise_programs import check_of

MOST_NAMED = 5


def live(oracles: Sequence[Oracle]) -> tuple[Oracle, ...]:
    """Return the oracles that answer every Program, the reference engine alone without torch."""
    return tuple(oracle for oracle in oracles if not isinstance(oracle, WithoutTorch))


def left_out(programs: Mapping[str, Program], oracles: Sequence[Oracle]) -> Iterable[str]:
    """Yield what could not be asked about an exercise's own Programs, a line each."""
    for oracle in oracles:
        if not isinstance(oracle, WithoutTorch):
            continue
        unrecorded = [key for key, one in programs.items() if not oracle.recorded_answer(one)]
        measured = _checks(key for key in unrecorded if oracle.answer(programs[key]))
        alone = [check for check in _checks(unrecorded) if check not in measured]
        if measured:
            yield f"central differences alone confirm the gradients of {_told(measured)}"
        if alone:
            yield f"nothing confirms the answers to {_told(alone)}"


def _checks(keys: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(check_of(key) for key in keys))


def _told(checks: Sequence[str]) -> str:
    more = [f"{len(checks) - MOST_NAMED} more"] if len(checks) > MOST_NAMED else []
    return ", ".join([*checks[:MOST_NAMED], *more])
