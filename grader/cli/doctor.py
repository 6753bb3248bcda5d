"""`grade doctor`: what this machine can put between a submission and everything else."""

import platform
import sys
from collections.abc import Iterable, Iterator, Sequence

import click

from grader.cli.complaint import SUCCESS
from grader.subject.process import site_folders

SAYS = {
    "full": "strangers' code can be graded here",
    "container": "strangers' code can be graded here, with fewer walls",
    "limits": "grade your own code here, and no strangers'",
}
ABOUT = {
    "namespaces": "no network, no other processes, no rights over the machine",
    "own root": "nothing to see but Python and its packages, read-only",
    "files": "landlock guards every file, TCP and signals",
    "system calls": "seccomp lets a submission make few of them",
    "own user": "no root among submissions, where they have no namespaces",
    "disk": "what is written is counted, removed files too",
}
HEAD = ("layer", "stands", "what it is for")


@click.command
def doctor() -> int:
    """Say which walls this machine lets be built around a submission, each by trying it."""
    if sys.platform != "linux":
        click.echo(f"{platform.system()} has none of these walls; they are Linux's.")
        click.echo(f"Tier limits: {SAYS['limits']}.")
        return SUCCESS
    from grader.subject.nursery import Nursery

    zygote = Nursery(site_folders(), ask=True)
    zygote.close()
    rows = [
        (layer.name, "yes" if layer.stands else "no", ABOUT[layer.name]) for layer in zygote.layers
    ]
    click.echo("\n".join(_table([HEAD, *rows])))
    for layer in zygote.layers:
        if not layer.stands:
            click.echo(f"\n{layer.name}: {layer.why_not}\nto get it: {layer.how}")
    click.echo(f"\nTier {zygote.isolation}: {SAYS[zygote.isolation]}.")
    return SUCCESS


def _table(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    for row in rows:
        yield _line(zip(row, widths, strict=True))


def _line(cells: Iterable[tuple[str, int]]) -> str:
    return "  ".join(f"{cell:<{width}}" for cell, width in cells).rstrip()
