"""Prints the bank's table: `python -m tests.wild [NAME…]`, or the cases': `… cases`.

`--runs N` grades everything N times, in processes with other hash seeds and other memory; `--walls
TIER` and `--kernel` grade it again behind walls of that tier, and in a Jupyter kernel, and compare.
"""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from tests.ready_grader import ReadyGrader
from tests.wild.submissions import Entry, entries
from tests.wild.verdicts import (
    BankGrader,
    Verdict,
    difference,
    is_accepted_falsely,
    is_refused_falsely,
)

ROW = "| {:<28} | {:>7} | {:>5} | {:>5} | {:>14} | {:>13} | {:>13} | {:>8} |"
TITLES = ("kind", "entries", "right", "wrong", "false accepts", "false refusals", "many verdicts")


class Judged(NamedTuple):
    """An entry, its verdicts in every way and run, and the seconds of CPU that one took."""

    entry: Entry
    verdicts: tuple[Verdict, ...]
    seconds: float

    @property
    def accepted(self) -> bool:
        """Whether it is wrong, and passes at least once."""
        return any(is_accepted_falsely(one, self.entry.truth) for one in self.verdicts)

    @property
    def refused(self) -> bool:
        """Whether it loses points for what is right, at least once."""
        return any(is_refused_falsely(one, self.entry.truth) for one in self.verdicts)

    @property
    def varies(self) -> bool:
        """Whether it has more than one verdict."""
        return len({(one.failed, one.skipped, bool(one.problem)) for one in self.verdicts}) > 1


def main(words: Sequence[str]) -> int:
    """Grade, print the table, and return how many entries are not judged right and always so."""
    asked = _parser().parse_args(words)
    if asked.names == ["cases"]:
        return _print_cases()
    bank = [one for one in entries() if all(word in one.name for word in asked.names)]
    judged = [Judged(one, (), 0.0) for one in bank]
    for way in _ways(asked):
        with way:
            judged = [_again(one, way) for one in judged]
    ways = len(judged[0].verdicts) if judged else 1
    print(ROW.format(*TITLES, "CPU s"))
    print("|" + "---|" * 8)
    for kind in sorted({one.entry.kind for one in judged}):
        _print_row(kind, [one for one in judged if one.entry.kind == kind], ways)
    _print_row("all", judged, ways)
    for one in judged:
        for told in sorted({difference(found, one.entry.truth) for found in one.verdicts} - {""}):
            print(f"{one.entry.name}: {told[:200]}")
    return sum(one.accepted or one.refused or one.varies for one in judged)


def _parser() -> ArgumentParser:
    parser = ArgumentParser("python -m tests.wild")
    parser.add_argument("names", nargs="*", help="pieces of the names of those to grade")
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--walls", action="append", choices=("full", "container"), default=[])
    parser.add_argument("--kernel", action="store_true", help="notebooks, in a Jupyter kernel too")
    return parser


def _ways(asked: Namespace) -> Iterator[BankGrader]:
    """Give what grades the bank: at home, behind each wall asked, in a kernel; all of it again."""
    for _ in range(asked.runs):
        yield BankGrader()
        for tier in asked.walls:
            yield BankGrader(tier)
        if asked.kernel:
            yield BankGrader(kernel=True)


def _again(one: Judged, way: BankGrader) -> Judged:
    before = _cpu_s()
    verdict = way.verdict(one.entry)
    print(".", end="", file=sys.stderr, flush=True)
    return one._replace(verdicts=(*one.verdicts, verdict), seconds=one.seconds + _cpu_s() - before)


def _print_row(kind: str, judged: Sequence[Judged], ways: int) -> None:
    wrong = sum(bool(one.entry.truth.wrong) for one in judged)
    seconds = sum(one.seconds for one in judged) / max(len(judged), 1) / ways
    sums = [sum(getattr(one, name) for one in judged) for name in ("accepted", "refused", "varies")]
    row = (kind, len(judged), len(judged) - wrong, wrong, *sums, f"{seconds:.2f}")
    print(ROW.format(*row))


def _print_cases() -> int:
    """Try the cases one by one, and return how many do not come out right."""
    from tests.wild.cases import courses, single_files  # noqa: F401  (they register their cases)
    from tests.wild.cases.bench import CASES, Bench

    print("| kind | case | right | now |\n|---|---|---|---|")
    wrong = 0
    for case in sorted(CASES, key=lambda one: one.number):
        with TemporaryDirectory() as folder, ReadyGrader(forked=True) as grader:
            now = _now(case.try_on, Bench(Path(folder), grader))
        wrong += now != "right"
        print(f"| {case.number} | {case.name.replace('_', ' ')} | {case.right} | {now} |")
    return wrong


def _now(try_on: Callable[[Any], None], bench: object) -> str:
    try:
        try_on(bench)
    except Exception as error:  # whatever it is, it is not right
        return (str(error) or type(error).__name__).replace("\n", " ")[:160].replace("|", "\\|")
    return "right"


def _cpu_s() -> float:
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in (getrusage(RUSAGE_SELF), getrusage(RUSAGE_CHILDREN))
    )


if __name__ == "__main__":
    sys.exit(bool(main(sys.argv[1:])))
