"""Detects the CI that this runs in."""

from collections.abc import Callable, Mapping
from typing import Final

from grader.integrations.ci import classroom50, github, gitlab, gradescope
from grader.integrations.ci.place import CiBundle, CiSystem, Files

FINDERS: Final[Mapping[str, Callable[[Mapping[str, str]], CiSystem | None]]] = {
    "classroom50": classroom50.system_here,  # runs in GitHub Actions, too
    "gradescope": gradescope.system_here,
    "github": github.system_here,
    "gitlab": gitlab.system_here,
}
BUNDLES: Final[Mapping[str, Callable[[CiBundle], Files]]] = {
    "github": github.bundle,
    "gitlab": gitlab.bundle,
    "classroom50": classroom50.bundle,
    "gradescope": gradescope.bundle,
}
NOWHERE: Final = CiSystem("no CI", "prints the report")


def detect(environment: Mapping[str, str]) -> CiSystem:
    """Return the place that this is, NOWHERE where it is none that is known."""
    systems = (finder(environment) for finder in FINDERS.values())
    return next((place for place in systems if place), NOWHERE)
