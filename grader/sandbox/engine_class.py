"""Which of a submission's classes is the engine."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from grader.engines.program import ENGINES
from grader.errors import BrokenExercise, Misused, NothingToGrade, in_words


class SeveralEngines(NothingToGrade):
    """A submission defines more than one class that could be the engine."""

    def __init__(self, names: Iterable[str]) -> None:
        shown = tuple(names)
        super().__init__(
            f"{in_words(len(shown))} classes could be the engine: {', '.join(shown)}",
            hint=f"name the one to grade: --class {shown[0]}",
        )


USUAL = ENGINES


def usual_name(names: Collection[str]) -> str | None:
    """Return the name by which checks take the engine among some, None where none is one."""
    return next((name for name in USUAL if name in names), None)


class Candidate(NamedTuple):
    """A class that a submission defines.

    Attributes:
        name: the submission's name of it.
        backward: whether it has a method of that name.
        arithmetic: whether it has + or *.
        bases: which of the submission's other classes it inherits from.
    """

    name: str
    backward: bool
    arithmetic: bool
    bases: tuple[str, ...] = ()

    @property
    def is_likely(self) -> bool:
        """Whether it looks like an engine."""
        return self.backward and self.arithmetic


Attempt: TypeAlias = Callable[[Sequence[str]], Sequence[str]]
"""Classes → those of them that do best what is asked, none where none does anything of it."""


class NoEngine(NamedTuple):
    """No class of the submission could be the engine; `message` says what was looked for."""

    message: str


class UnknownClass(Misused):
    """The class named on the command line is not in the submission."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        some = ", ".join(known) or "no class at all"
        super().__init__(
            f"the submission defines no class named {name!r}", hint=f"it defines {some}"
        )


def names_for(
    taken: Collection[str],
    candidates: Sequence[Candidate],
    named: str | None = None,
    attempt: Attempt | None = None,
) -> dict[str, str] | NoEngine:
    """Return each name that checks take, with the submission's own name for it.

    The engine may be called something else; whatever else they take has its own name.

    Args:
        taken: the names, one of USUAL among them where there is an engine.
        candidates: the classes that the submission defines.
        named: the engine's class, where it was named.
        attempt: tries classes where their names do not tell; None to try none.

    Raises:
        UnknownClass: `named` is not among the candidates.
        SeveralEngines: more than one class could be meant.
        BrokenExercise: the checks take two engines.
    """
    engine_names = [name for name in USUAL if name in taken]
    if len(engine_names) > 1:
        raise BrokenExercise(
            f"the checks take {' and '.join(engine_names[:2])}, and an exercise has one engine",
            hint="take one of them in every check",
        )
    names = {name: name for name in sorted(taken)}
    for ours in engine_names:
        engine = choose(candidates, ours, named, attempt)
        if isinstance(engine, NoEngine):
            return engine
        names[ours] = engine
    return names


def choose(
    candidates: Sequence[Candidate],
    usual_name: str,
    named: str | None = None,
    attempt: Attempt | None = None,
) -> str | NoEngine:
    """Return the name of the engine's class, or why there is none.

    Args:
        candidates: the classes that the submission defines.
        usual_name: the name that the exercise uses; a class of that name is taken before any other,
            unless it is no engine and another is.
        named: the name that was given, if any.
        attempt: see `names_for`.

    Raises:
        UnknownClass: `named` is not among the candidates.
        SeveralEngines: more than one class could be meant.
    """
    by_name = {candidate.name: candidate for candidate in candidates}
    if named is not None:
        if named not in by_name:
            raise UnknownClass(named, list(by_name))
        return named
    likely = [candidate.name for candidate in candidates if candidate.is_likely]
    if usual_name in by_name:
        if attempt is None or not likely or by_name[usual_name].is_likely:
            return usual_name
        best = attempt([usual_name, *likely])
        return usual_name if usual_name in best or len(best) != 1 else best[0]
    likely = [name for name in USUAL if name in by_name] or likely
    if len(likely) == 1:
        return likely[0]
    if attempt is not None:
        likely = list(attempt(likely or _possible(candidates)))
    if len(likely) > 1:
        likely = _most_general(likely, by_name) if attempt is not None else likely
    if len(likely) > 1:
        raise SeveralEngines(likely)
    return likely[0] if likely else NoEngine(_missing(list(by_name), usual_name))


def _possible(candidates: Sequence[Candidate]) -> list[str]:
    """Return the classes with arithmetic, or all where there are none."""
    names = [candidate.name for candidate in candidates if candidate.arithmetic]
    return names or [candidate.name for candidate in candidates]


def _most_general(names: list[str], by_name: Mapping[str, Candidate]) -> list[str]:
    """Return the classes that inherit from no other: one that does all alike is meant by all."""
    return [name for name in names if not set(by_name[name].bases) & set(names)]


def _missing(names: Sequence[str], usual_name: str) -> str:
    others = ", or ".join(name for name in USUAL if name != usual_name)
    missing = f"no class named {usual_name} (or {others})"
    if not names:
        return f"{missing}: no class is defined at all"
    return f"{missing}; defined here: {', '.join(names[:5])}"
