"""Finds the smallest Program that still fails, and knows no more of it than a predicate says."""

from collections.abc import Callable, Collection, Iterable
from time import perf_counter
from typing import NamedTuple, TypeAlias

from grader.editing import lettered
from grader.moves import shorter, simpler
from grader.program import Program
from grader.size import Size, size

FIRST_BATCH, LARGEST_BATCH = 4, 32  # what answers slowly is not asked much at once
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
    search = _Search(program, still_fails, budget)
    while search.goes_on(shorter) or search.goes_on(lambda best: simpler(best, allowed)):
        pass
    best = search.best if search.best is program else lettered(search.best)
    return Shrunk(best, search.out_of_budget, search.asked)


class _Search:
    """The smallest Program so far, and what is known of others."""

    def __init__(self, program: Program, still_fails: StillFails, budget: Budget) -> None:
        self.best = program
        self.asked = 0
        self.out_of_budget = False
        self._still_fails = still_fails
        self._budget = budget
        self._known = {_key(program)}
        self._batch = FIRST_BATCH

    def goes_on(self, neighbours: Callable[[Program], Iterable[Program]]) -> bool:
        """Take the smallest neighbour that fails for the best; return whether there is one."""
        smaller = self._smaller(neighbours(self.best))
        while smaller:
            batch, smaller = smaller[: self._batch], smaller[self._batch :]
            self._batch = min(2 * self._batch, LARGEST_BATCH)
            self.out_of_budget |= self._is_too_much(len(batch))
            if self.out_of_budget:
                return False
            self.asked += len(batch)
            for candidate, fails in zip(batch, self._still_fails(batch), strict=True):
                self._known.add(_key(candidate))
                if fails:
                    self.best = candidate
                    return True
        return False

    def _is_too_much(self, more: int) -> bool:
        budget = self._budget
        return self.asked + more > budget.programs or budget.clock() >= budget.deadline

    def _smaller(self, candidates: Iterable[Program]) -> list[Program]:
        """Return the candidates that are smaller and not known, smallest first."""
        limit = size(self.best)
        sized: dict[str, tuple[Size, Program]] = {}
        for candidate in candidates:
            key = _key(candidate)
            if candidate.steps and key not in self._known and key not in sized:
                how_large = size(candidate)
                if how_large < limit:
                    sized[key] = how_large, candidate
        return [candidate for _, candidate in sorted(sized.values(), key=lambda pair: pair[0])]


def _key(program: Program) -> str:
    """Return what tells Programs apart, 1 and 1.0 too, which are equal."""
    return repr((program.steps, [seen.at for seen in program.observed]))
