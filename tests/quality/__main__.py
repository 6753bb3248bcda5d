"""Prints how good diagnoses are, over the whole catalogue: `python -m tests.quality [TRACK…]`.

A line a track, and one for all: mutants, how many are caught, how many are named first, the size of
examples, milliseconds of naming; then pairs of mutants, and how many are both named. It takes some
minutes. Times are of one processor, reading the fingerprints included.

`python -m tests.quality pairs [N]` measures the search for causes in an engine's own source on
pairs of mutants, see `pairs`; `wild` does so on the wrong engines of the bank, see `wild_causes`.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple, Self

from grader.exercises import catalogue
from tests.quality.counterexamples import Example, examples
from tests.quality.couples import Couple, couples
from tests.quality.diagnoses import Verdict, naming_ms, verdicts
from tests.quality.pairs import measured_pairs
from tests.quality.wild_causes import measured_wild

HEAD = (
    "",
    *("mutants", "caught", "right", "tied", "examples", "before", "after", "largest"),
    *("ms", "at most"),
)
PAIRS = (
    "",
    *("pairs", "one hides", "seen", "both", "nothing", "wrong", "engines", "at most"),
    *("ms", "at most"),
)


class Measured(NamedTuple):
    """What was measured over some exercises."""

    verdicts: tuple[Verdict, ...] = ()
    examples: tuple[Example, ...] = ()
    ms: tuple[float, ...] = ()
    couples: tuple[Couple, ...] = ()

    def plus(self, other: Self) -> "Measured":
        """Return both together."""
        return Measured(
            self.verdicts + other.verdicts,
            self.examples + other.examples,
            self.ms + other.ms,
            self.couples + other.couples,
        )


def measured(entry: catalogue.ExerciseEntry) -> Measured:
    """Return what is measured over one exercise."""
    exercise = catalogue.load(entry)
    return Measured(
        verdicts(entry.path),
        tuple(examples(entry.path)),
        tuple(naming_ms(exercise)),
        tuple(couples(exercise)),
    )


def row(name: str, held: Measured) -> tuple[str, ...]:
    """Return a line of the first table."""
    before, after = ([getattr(one, of) for one in held.examples] for of in ("before", "after"))
    return (
        name,
        str(len(held.verdicts)),
        str(sum(not one.report.passed for one in held.verdicts)),
        str(sum(one.is_right for one in held.verdicts)),
        str(sum(one.is_right and "/" in one.named[0] for one in held.verdicts)),
        str(len(held.examples)),
        *(f"{mean(before):.2f}", f"{mean(after):.2f}", str(max(after, default=0))),
        *(f"{mean(held.ms):.1f}", f"{max(held.ms, default=0):.1f}"),
    )


def pair_row(name: str, held: Measured) -> tuple[str, ...]:
    """Return a line of the second table; costs are those of pairs that no single one explains."""
    outcomes = Counter(one.outcome for one in held.couples)
    hard = [one for one in held.couples if one.engines]
    engines, ms = [one.engines for one in hard], [one.ms for one in hard]
    hidden = outcomes["one explains all"]
    return (
        name,
        *map(str, (len(held.couples), hidden, len(held.couples) - hidden)),
        *(str(outcomes[outcome]) for outcome in ("both", "nothing", "wrong")),
        *(f"{mean(engines):.1f}", str(max(engines, default=0))),
        *(f"{mean(ms):.1f}", f"{max(ms, default=0):.1f}"),
    )


def mean(numbers: Sequence[float]) -> float:
    """Return the mean, 0 of none."""
    return sum(numbers) / len(numbers) if numbers else 0.0


def table(rows: Iterable[tuple[str, ...]]) -> str:
    """Return rows as text, in columns."""
    held = list(rows)
    widths = [max(map(len, column)) for column in zip(*held, strict=True)]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if at == 0 else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        for line in held
    )


def main() -> None:
    """Measure what the command line asks for, all tracks if nothing, and print the tables."""
    if sys.argv[1:2] == ["pairs"]:
        print(table(measured_pairs(sys.argv[2:])))
        return
    if sys.argv[1:2] == ["wild"]:
        print(table(measured_wild(sys.argv[2:])))
        return
    tracks: dict[str, Measured] = {}
    for entry in catalogue.entries():
        if entry.track in (sys.argv[1:] or [entry.track]):
            print(entry.path, file=sys.stderr)
            tracks[entry.track] = tracks.get(entry.track, Measured()).plus(measured(entry))
    total = Measured()
    for held in tracks.values():
        total = total.plus(held)
    named = [*tracks.items(), ("all", total)]
    print(table([HEAD, *(row(*one) for one in named)]))
    print()
    print(table([PAIRS, *(pair_row(*one) for one in named)]))


if __name__ == "__main__":
    main()
