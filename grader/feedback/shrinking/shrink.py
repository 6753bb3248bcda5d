"""Finds the smallest Program that still fails, and knows no more of it than a predicate says."""

from collections.abc import Callable, Collection, Sequence
from itertools import islice
from time import perf_counter
from typing import NamedTuple, TypeAlias

from grader.engines.demands import demands
from grader.engines.memo import Memo
from grader.engines.program import Program
from grader.feedback.shrinking.candidates import Candidates, key_of
from grader.feedback.shrinking.editing import lettered

FIRST_BATCH, LARGEST_BATCH = 4, 32  # what answers slowly is not asked much at once
StillFails: TypeAlias = Callable[[list[Program]], list[bool]]


class Budget(NamedTuple):
    """The bounds of a search.

    Attributes:
        programs: how many it may ask.
        deadline: the reading of `clock`, in seconds, after which no more are asked.
        clock: returns seconds.
    """

    programs: int = 3000
    deadline: float = float("inf")
    clock: Callable[[], float] = perf_counter


class ShrinkResult(NamedTuple):
    """The result of a search.

    Attributes:
        program: the smallest Program that was seen to fail; the one given where none smaller was.
        out_of_budget: whether smaller ones might have been found with more.
        programs_asked: the number of Programs that were asked.
    """

    program: Program
    out_of_budget: bool
    programs_asked: int


def shrink(
    program: Program,
    still_fails: StillFails,
    taught: Collection[str] = (),
    budget: Budget | None = None,
    candidates: Candidates | None = None,
) -> ShrinkResult:
    """Return the smallest Program found that fails as `program` does.

    Each round asks the neighbours that are smaller, smallest first, and goes on from the first that
    fails, until none does. So what is returned has failed, and no neighbour of it that is smaller
    does; see `size.Size` for what smaller means. None demands what the first one does not, since a
    task may exclude that: a second pass over one graph, say.

    Args:
        program: fails.
        still_fails: which of some Programs fail in the same way.
        taught: operators that may come in; those of `program` may stay.
        budget: where the search ends.
        candidates: the smaller Programs that are known already, from other submissions too.
    """
    budget = budget or Budget()
    allowed = {*taught, *(step.name for step in program.steps if step.kind == "operate")}
    candidates = candidates or Candidates()
    known = candidates.demands
    search = _Search(program, still_fails, budget, (demands(program) | allowed, known))
    while search.goes_on(candidates.shorter(search.best)) or search.goes_on(
        candidates.simpler(search.best, allowed)
    ):
        pass
    best = search.best if search.best is program else lettered(search.best)
    return ShrinkResult(best, search.out_of_budget, search.programs_asked)


class _Search:
    """The smallest Program so far, and what is known of others."""

    def __init__(
        self,
        program: Program,
        still_fails: StillFails,
        budget: Budget,
        demanded: tuple[frozenset[str], Memo[Program, frozenset[str]]],
    ) -> None:
        self.best = program
        self.programs_asked = 0
        self.out_of_budget = False
        self._still_fails = still_fails
        self._budget = budget
        self._allowed, self._demands = demanded
        self._known = {key_of(program)}
        self._batch = FIRST_BATCH

    def goes_on(self, neighbours: Sequence[tuple[str, Program]]) -> bool:
        """Take the smallest neighbour that fails for the best; return whether there is one."""
        smaller = (
            (key, candidate)
            for key, candidate in neighbours
            if key not in self._known and self._demands.of(candidate, demands) <= self._allowed
        )
        while batch := list(islice(smaller, self._batch)):
            self._batch = min(2 * self._batch, LARGEST_BATCH)
            self.out_of_budget |= self._exceeds_budget(len(batch))
            if self.out_of_budget:
                return False
            self.programs_asked += len(batch)
            failing = self._still_fails([candidate for _, candidate in batch])
            for (key, candidate), fails in zip(batch, failing, strict=True):
                self._known.add(key)
                if fails:
                    self.best = candidate
                    return True
        return False

    def _exceeds_budget(self, more: int) -> bool:
        budget = self._budget
        return self.programs_asked + more > budget.programs or budget.clock() >= budget.deadline
