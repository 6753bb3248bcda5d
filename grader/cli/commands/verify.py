"""`grade verify [EX…]`: proves exercises."""

import sys
from collections.abc import Iterator
from time import perf_counter

import click

from grader.cli.errors import SUCCESS, TO_FIX
from grader.cli.options.completion import exercise_argument
from grader.cli.options.exercises import exercises_option
from grader.cli.signals import ends_in_order
from grader.errors import install_command
from grader.exercises import catalogue
from grader.exercises.catalogue import ExerciseEntry
from grader.exercises.lint import lint
from grader.exercises.search_path import Folders
from grader.grading.verification.verify import Proof

HEAD = ("exercise", "checks", "mutants", "ties", "variants", "oracles agree on", "time")
ALONE = "the reference engine alone answers random programs, and the checks with other numbers"


@click.command
@exercise_argument("exercises", nargs=-1)
@click.option("--record", is_flag=True, help="First write down torch's answers (torch.json).")
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="How many at a time.")
@exercises_option
@ends_in_order
def verify(exercises: tuple[str, ...], record: bool, jobs: int | None, homes: Folders) -> int:
    """Prove exercises: that their solutions pass, their mutants fail, and the oracles agree.

    EXERCISES are names or tracks; left out, the whole catalogue is proven. Exit status 1 where
    something falls short, which is said line by line. Without torch its recorded answers are
    taken, and what is left out is said.
    """
    from grader.grading.processes import processors
    from grader.grading.verification.parallel import prove_all

    started = perf_counter()
    entries = catalogue.entries(homes)
    chosen = _entries(exercises, entries, homes)
    for entry in chosen:
        lint(entry, entries)
    _progress(0, len(chosen))
    proofs = prove_all(
        chosen,
        lambda done: _progress(done, len(chosen)),
        jobs=jobs or processors(),
        recording=record,
    )
    click.echo("\n".join(_lines(proofs, perf_counter() - started)))
    return TO_FIX if any(proof.problems for proof in proofs) else SUCCESS


def _progress(done: int, of: int) -> None:
    if sys.stderr.isatty():
        text = f"proving {of} exercises: {done} done" if done < of else ""
        click.echo(f"\r\x1b[K{text}", nl=False, err=True)


def _entries(
    names: tuple[str, ...], entries: list[ExerciseEntry], homes: Folders
) -> list[ExerciseEntry]:
    of_track = {name: [entry for entry in entries if entry.track == name] for name in names}
    chosen = [e for name in names for e in of_track[name] or [catalogue.find(name, homes)]]
    return list(dict.fromkeys(chosen)) or entries


def _lines(proofs: list[Proof], seconds: float) -> Iterator[str]:
    rows = [HEAD, *(_row(proof) for proof in proofs)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()
    for proof in proofs:
        yield from (f"{proof.exercise}: {problem}" for problem in proof.problems)
    if len(proofs) == 1:
        yield ""
        for check, ids in proofs[0].kills.items():
            yield f"{check} fails {', '.join(ids) or 'no mutant'}"
    if not all(proof.has_torch for proof in proofs):
        yield ""
        yield from _left_out(proofs)
    yield ""
    yield _summary(proofs, seconds)


def _left_out(proofs: list[Proof]) -> Iterator[str]:
    yield "Left out without torch:"
    yield f"  {ALONE}"
    for proof in proofs:
        yield from (f"  {proof.exercise}: {line}" for line in proof.left_out)
    yield f"To ask torch, too: {install_command('torch')}"


def _row(proof: Proof) -> tuple[str, ...]:
    programs = f"{proof.programs} fixed, {proof.random} random"
    return (
        proof.exercise,
        str(proof.checks),
        f"{proof.caught} of {proof.mutants}",
        ", ".join(proof.ties) or "none",
        str(proof.variants),
        programs,
        f"{proof.seconds:.1f} s",
    )


def _summary(proofs: list[Proof], seconds: float) -> str:
    short = sum(bool(proof.problems) for proof in proofs)
    holds = "all hold" if all(proof.has_torch for proof in proofs) else "all that was asked holds"
    outcome = holds if not short else f"{short} of {len(proofs)} fall short"
    mutants = sum(proof.mutants for proof in proofs)
    variants = sum(proof.variants for proof in proofs)
    exercises = "1 exercise" if len(proofs) == 1 else f"{len(proofs)} exercises"
    return f"{outcome}: {exercises}, {mutants} mutants, {variants} variants, {seconds:.0f} s"
