"""`grade doctor`: what this machine can put between a submission and everything else."""

import sys
from json import dumps
from typing import TYPE_CHECKING

import click

from grader.cli.errors import SUCCESS
from grader.cli.signals import ends_in_order
from grader.cli.table import table, width
from grader.sandbox.protocol.limits import Tier
from grader.sandbox.survey import Survey, survey

if TYPE_CHECKING:  # only Linux can load it
    from grader.sandbox.walls.tiers import Layer

SCHEMA = "grade/doctor/1"
SAYS: dict[Tier, str] = {
    "full": "strangers' code can be graded here, with --walls full",
    "container": "strangers' code can be graded here, with --walls container",
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
HEAD = ("layer", "for tier", "stands", "why not", "how to get it")
SYSTEMS = {"linux": "Linux", "darwin": "macOS", "win32": "Windows"}
LIMITED = {
    "darwin": "limits on CPU time, output and the size of files, and none on memory",
    "win32": "a deadline and a limit on output, and none on memory",
}
LOCALLY = """\
{system} builds no walls: they are Linux's. A submission runs the local way: in
an interpreter of its own, as you, who may read your files and use your network,
under {limits}."""
HELP = "Say which walls this machine lets be built around a submission, each by trying it.\n\n\b\n"


@click.command(help=HELP + "\n".join(f"{name:<14}{about}" for name, about in ABOUT.items()))
@click.option(
    "-f", "--format", "of_format", type=click.Choice(["text", "json"]), default="text",
    show_default=True,
)  # fmt: skip
@ends_in_order
def doctor(of_format: str) -> int:
    """Say which walls this machine lets be built around a submission, each by trying it."""
    machine = survey(sys.platform)
    click.echo(as_json(machine) if of_format == "json" else as_text(machine, width()))
    return SUCCESS


def as_text(machine: Survey, columns: int) -> str:
    """Return a survey as a table, and what it comes to; no line of it above `columns`."""
    if machine.platform == "linux":
        shown = table([HEAD, *map(_row, machine.layers)], columns)
    else:
        system = SYSTEMS.get(machine.platform, machine.platform)
        limits = LIMITED.get(machine.platform, "what limits the system has")
        shown = LOCALLY.format(system=system, limits=limits)
    return f"{shown}\n\nTier {machine.tier}: {SAYS[machine.tier]}."


def _row(layer: "Layer") -> tuple[str, ...]:
    stands = "yes" if layer.stands else "no"
    why_and_how = ("", "") if layer.stands else (layer.why_not, layer.how)
    tiers = _tiers(layer)
    return layer.name, "both" if len(tiers) > 1 else tiers[0], stands, *why_and_how


def _tiers(layer: "Layer") -> list[str]:
    from grader.sandbox.walls.tiers import NEEDED

    return [tier for tier, needed in NEEDED.items() if layer.name in needed]


def as_json(machine: Survey) -> str:
    """Return a survey as data: platform, tier, what that means, and every wall."""
    layers = [
        {
            "layer": layer.name,
            "what_for": ABOUT[layer.name],
            "tiers": _tiers(layer),
            "stands": layer.stands,
            "why_not": layer.why_not,
            "how": "" if layer.stands else layer.how,
        }
        for layer in machine.layers
    ]
    fields = {"schema": SCHEMA, "platform": machine.platform, "tier": machine.tier}
    return dumps({**fields, "says": SAYS[machine.tier], "layers": layers}, indent=2)
