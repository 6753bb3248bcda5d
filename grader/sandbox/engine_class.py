"""Which of a submission's classes is the engine."""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from grader.errors import BrokenExercise, Misused, NothingToGrade, in_words


class SeveralEngines(NothingToGrade):
    """A submission defines more than one class that could be the engine."""

    def __init__(self, names: Iterable[str]) -> None:
        shown = tuple(names)
        super().__init__(
            f"{in_words(len(shown))} classes could be the engine: {', '.join(shown)}",
            hint=f"name the one to grade: --class {shown[0]}",
        )


USUAL = ("Value", "Scalar", "Tensor")


class Candidate(NamedTuple):
    """A class that a submission defines: its name, and whether it could be an engine."""

    name: str
    backward: bool
    arithmetic: bool


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
    taken: Collection[str], candidates: Sequence[Candidate], named: str | None = None
) -> dict[str, str] | NoEngine:
    """Return each name that checks take, with the submission's own name for it.

    The engine may be called something else; whatever else they take has its own name.

    Args:
        taken: the names, one of USUAL among them where there is an engine.
        candidates: the classes that the submission defines.
        named: the engine's class, where it was named on the command line.

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
        engine = choose(candidates, ours, named)
        if isinstance(engine, NoEngine):
            return engine
        names[ours] = engine
    return names


def choose(
    candidates: Sequence[Candidate], usual_name: str, named: str | None = None
) -> str | NoEngine:
    """Return the name of the engine's class, or why there is none.

    Args:
        candidates: the classes that the submission defines.
        usual_name: the name that the exercise uses; a class of that name is taken before any other.
        named: the name given on the command line, if any.

    Raises:
        UnknownClass: `named` is not among the candidates.
        SeveralEngines: more than one class could be meant.
    """
    names = [candidate.name for candidate in candidates]
    if named is not None:
        if named not in names:
            raise UnknownClass(named, names)
        return named
    if usual_name in names:
        return usual_name
    likely = [name for name in USUAL if name in names] or [
        candidate.name for candidate in candidates if candidate.backward and candidate.arithmetic
    ]
    if len(likely) > 1:
        raise SeveralEngines(likely)
    return likely[0] if likely else NoEngine(_missing(names, usual_name))


def _missing(names: Sequence[str], usual_name: str) -> str:
    others = ", or ".join(name for name in USUAL if name != usual_name)
    missing = f"no class named {usual_name} (or {others})"
    if not names:
        return f"{missing}: no class is defined at all"
    return f"{missing}; defined here: {', '.join(names[:5])}"
