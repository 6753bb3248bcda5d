"""Prints the attack table: `python -m tests.sandbox.attacks [DOOR]`.

A DOOR is script, notebook, kernel, upload or uploaded-notebook; script where it is left out.
"""

import sys

from grader.reports.report import Report
from grader.sandbox.protocol.limits import Tier
from tests.sandbox.attacks.arena import arena
from tests.sandbox.attacks.doors import DOORS, door, fits
from tests.sandbox.attacks.suite import ATTACKS

TIERS: tuple[Tier, ...] = ("full", "container")
LONGEST = 90


def main(name: str) -> None:
    """Run every attack through a door in both tiers, and print what each got and what answered."""
    tiers = TIERS if name != "kernel" else TIERS[:1]  # it has no walls
    columns = [_answers(name, tier) for tier in tiers]
    print("| attack | tries |", " | ".join(f"by {name}, tier {tier}" for tier in tiers), end=" ")
    print("| what answered |\n|---|---|" + "---|" * (len(tiers) + 1))
    for number, attack in enumerate(filter(lambda one: fits(name, one), ATTACKS)):
        cells = [column[number] for column in columns]
        print("|", " | ".join([attack.name, attack.tries, *cells, attack.wall]), "|")


def _answers(name: str, tier: Tier) -> list[str]:
    attacks = [attack for attack in ATTACKS if fits(name, attack)]
    with arena(tier) as place:
        if place.zygote.isolation != tier:
            return ["cannot be built here" for _ in attacks]
        with door(name, place) as through:
            return [_told(through(attack), attack.score) for attack in attacks]


def _told(report: Report, fair: int) -> str:
    """Return what was gained, and the first thing that the report says."""
    said = [*report.notes, *(check.message for check in report.checks)]
    first = next((line for line in said if line), "").splitlines()
    return f"{report.score - fair:+g} points; {first[0][:LONGEST] if first else ''}".replace(
        "|", "\\|"
    )


if __name__ == "__main__":
    main(sys.argv[1] if sys.argv[1:] and sys.argv[1] in DOORS else "script")
