"""Finds the smallest Program that still fails, and knows no more of it than a predicate says."""

from collections.abc import Callable, Collection, Iterator, Sequence
from time import perf_counter
from typing import NamedTuple, TypeAlias

from grader.editing import lettered
from grader.moves import neighbours
from grader.program import Program
from grader.size import Size, size

BATCH = 32
StillFails: TypeAlias = Callable[[list[Program]], list[bool]]


class Budget(NamedTuple):
    """How long the search may go on.

    Attributes:
        programs: how many it may ask.
        deadline: the reading of `clock`, in seconds, after which no more are asked.
        clock: returns seconds.
    """

    programs: int = 3000
    deadline: float = float("inf")
    clock: Callable[[], float] = perf_counter


class Shrunk(NamedTuple):
    """What was found.

    Attributes:
        program: the smallest Program that was seen to fail; the one given where none smaller was.
        out_of_budget: whether smaller ones might have been found with more.
        asked: how many Programs were asked.
    """

    program: Program
    out_of_budget: bool
    asked: int


def shrink(
    program: Program,
    still_fails: StillFails,
    taught: Collection[str] = (),
    budget: Budget | None = None,
) -> Shrunk:
    """Return the smallest Program found that fails as `program` does.

    Each round asks the neighbours that are smaller, smallest first, and goes on from the first that
    fails, until none does. So what is returned has failed, and no neighbour of it that is smaller
    does; see `size.Size` for what smaller means.

    Args:
        program: fails.
        still_fails: which of some Programs fail in the same way.
        taught: operators that may come in; those of `program` may stay.
        budget: where the search ends.
    """
    budget = budget or Budget()
    allowed = {*taught, *(step.name for step in program.steps if step.kind == "operate")}
    best, asked = program, 0
    known: set[str] = {_key(program)}
    while True:
        found = None
        for batch in _batches(_smaller(best, allowed, known)):
            if asked + len(batch) > budget.programs or budget.clock() >= budget.deadline:
                return Shrunk(_named(best, program), True, asked)
            asked += len(batch)
            verdicts = zip(batch, still_fails(batch), strict=True)
            found = next((candidate for candidate, fails in verdicts if fails), None)
            if found is not None:
                break
            known.update(map(_key, batch))
        if found is None:
            return Shrunk(_named(best, program), False, asked)
        best = found


def _smaller(program: Program, allowed: Collection[str], known: set[str]) -> list[Program]:
    """Return the neighbours that are smaller and not known to pass, smallest first."""
    limit = size(program)
    sized: dict[str, tuple[Size, Program]] = {}
    for candidate in neighbours(program, allowed):
        key = _key(candidate)
        if key in known or key in sized or not candidate.steps:
            continue
        how_large = size(candidate)
        if how_large < limit:
            sized[key] = how_large, candidate
    return [candidate for _, candidate in sorted(sized.values(), key=lambda pair: pair[0])]


def _batches(candidates: Sequence[Program]) -> Iterator[list[Program]]:
    for start in range(0, len(candidates), BATCH):
        yield list(candidates[start : start + BATCH])


def _key(program: Program) -> str:
    """Return what tells Programs apart, 1 and 1.0 too, which are equal."""
    return repr((program.steps, [seen.at for seen in program.observed]))


def _named(smallest: Program, program: Program) -> Program:
    """Return what was found under fresh names: those of the check spoke of other nodes."""
    return program if smallest is program else lettered(smallest)
