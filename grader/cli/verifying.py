"""`grade verify [EX…]`: proves exercises."""

import sys
from collections.abc import Iterator

import click

from grader import catalogue
from grader.cli.complaint import SUCCESS, TO_FIX
from grader.verify import Proof

HEAD = ("exercise", "checks", "mutants", "ties", "variants", "oracles agree on", "time")


@click.command
@click.argument("exercises", nargs=-1)
def verify(exercises: tuple[str, ...]) -> int:
    """Prove exercises: that their solutions pass, their mutants fail, and the oracles agree.

    EXERCISES are names or tracks; left out, the whole catalogue is proven. Exit status 1 where
    something falls short.
    """
    from grader.cli.proving import prove

    proofs = []
    for entry in _chosen(exercises):
        if sys.stderr.isatty():
            click.echo(f"\r\x1b[K{entry.path} …", nl=False, err=True)
        proofs.append(prove(entry))
    if sys.stderr.isatty():
        click.echo("\r\x1b[K", nl=False, err=True)
    click.echo("\n".join(_lines(proofs, in_detail=len(proofs) == 1)))
    return TO_FIX if any(proof.problems for proof in proofs) else SUCCESS


def _chosen(names: tuple[str, ...]) -> list[catalogue.Entry]:
    known = catalogue.entries()
    of_track = {name: [entry for entry in known if entry.track == name] for name in names}
    chosen = [entry for name in names for entry in of_track[name] or [catalogue.find(name)]]
    return chosen or known


def _lines(proofs: list[Proof], *, in_detail: bool) -> Iterator[str]:
    rows = [HEAD, *(_row(proof) for proof in proofs)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()
    for proof in proofs:
        yield from (f"{proof.exercise}: {problem}" for problem in proof.problems)
    if in_detail:
        yield ""
        yield from (f"{check} fails {', '.join(ids)}" for check, ids in proofs[0].kills.items())
    yield ""
    yield _summary(proofs)


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


def _summary(proofs: list[Proof]) -> str:
    short = sum(bool(proof.problems) for proof in proofs)
    mutants = sum(proof.mutants for proof in proofs)
    seconds = sum(proof.seconds for proof in proofs)
    verdict = "all hold" if not short else f"{short} of {len(proofs)} fall short"
    return f"{verdict}: {len(proofs)} exercises, {mutants} mutants, {seconds:.0f} s"
