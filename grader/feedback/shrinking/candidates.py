"""The smaller neighbours of Programs, smallest first: worked out once for all submissions."""

from collections.abc import Callable, Collection, Iterable, Sequence

from grader.engines.memo import Memo
from grader.engines.oracles.expected import Expected
from grader.engines.program import Program
from grader.engines.program_graph import settings

MOST_KEPT = 20_000  # Programs, of about a kilobyte each


class Candidates:
    """Neighbours of the Programs that have been asked about, as long as there is room for them."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, tuple[str, ...] | None], Sequence[tuple[str, Program]]] = {}
        self._count = 0
        self.expected: Memo[Program, Expected | None] = Memo()  # None where it may not be shown
        self.demands: Memo[Program, frozenset[str]] = Memo()

    def shorter(self, program: Program) -> Sequence[tuple[str, Program]]:
        """Return the key and the Program of each that does less, and is smaller."""
        from grader.feedback.shrinking.simplifications import (
            shorter,  # a submission that is all right has no use for it
        )

        return self._ranked(program, None, shorter)

    def simpler(self, program: Program, allowed: Collection[str]) -> Sequence[tuple[str, Program]]:
        """Return the key and the Program of each that does as much, and is smaller.

        Args:
            program: to be simplified.
            allowed: the operators that may come in where there was another one.
        """
        from grader.feedback.shrinking.simplifications import simpler

        return self._ranked(program, tuple(sorted(allowed)), lambda one: simpler(one, allowed))

    def _ranked(
        self,
        program: Program,
        allowed: tuple[str, ...] | None,
        simplify: Callable[[Program], Iterable[Program]],
    ) -> Sequence[tuple[str, Program]]:
        key = key_of(program), allowed
        ranked = self._known.get(key)
        if ranked is None:
            ranked = _smaller(program, simplify(program))
            if self._count + len(ranked) > MOST_KEPT:
                self._known.clear()
                self._count = 0
            self._known[key] = ranked
            self._count += len(ranked)
        return ranked


def _smaller(program: Program, candidates: Iterable[Program]) -> Sequence[tuple[str, Program]]:
    from grader.feedback.shrinking.size import size

    limit, needed = size(program), settings(program)
    keyed: dict[str, Program] = {}
    for candidate in candidates:
        if candidate.steps and settings(candidate) == needed:
            keyed.setdefault(key_of(candidate), candidate)
    sized = [(size(candidate), key, candidate) for key, candidate in keyed.items()]
    smaller = [one for one in sized if one[0] < limit]
    return [(key, candidate) for _, key, candidate in sorted(smaller, key=lambda one: one[0])]


def key_of(program: Program) -> str:
    """Return a text that tells Programs apart, 1 and 1.0 too, which are equal."""
    return repr(([(*step,) for step in program.steps], [look.at for look in program.observed]))
