"""Prints the attack table: `python -m tests.sandbox.attacks`."""

from grader.reports.report import Report
from grader.sandbox.protocol.limits import Tier
from tests.sandbox.attacks.arena import arena
from tests.sandbox.attacks.suite import ATTACKS

TIERS: tuple[Tier, ...] = ("full", "container")
LONGEST = 90


def main() -> None:
    """Run every attack in both tiers, and print what each got and what answered it."""
    columns = [_answers(tier) for tier in TIERS]
    print("| attack | tries | tier full | tier container | what answered |")
    print("|---|---|---|---|---|")
    for number, attack in enumerate(ATTACKS):
        cells = [column[number] for column in columns]
        print("|", " | ".join([attack.name, attack.tries, *cells, attack.wall]), "|")


def _answers(tier: Tier) -> list[str]:
    with arena(tier) as place:
        if place.zygote.isolation != tier:
            return ["cannot be built here" for _ in ATTACKS]
        return [_told(place.attack(attack), attack.score) for attack in ATTACKS]


def _told(report: Report, fair: int) -> str:
    """Return what was gained, and the first thing that the report says."""
    said = [*report.notes, *(check.message for check in report.checks)]
    first = next(line for line in said if line).splitlines()[0]
    return f"{report.score - fair:+g} points; {first[:LONGEST]}".replace("|", "\\|")


if __name__ == "__main__":
    main()
