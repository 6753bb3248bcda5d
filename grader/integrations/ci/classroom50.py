"""Classroom 50: result.json and release-body.md in the student's checkout, status 0 in any case."""

from collections.abc import Mapping

from grader.integrations.ci.place import CiBundle, CiSystem, Files
from grader.integrations.ci.template import fill_in

VARIABLES = ("CLASSROOM", "ASSIGNMENT", "SUBMISSION_TAG")


def system_here(environment: Mapping[str, str]) -> CiSystem | None:
    """Return the place, where the variables say that this is it.

    Source: Classroom 50's runner, which sets them for an autograder.
    """
    if not all(environment.get(name) for name in VARIABLES):
        return None
    in_actions = environment.get("GITHUB_ACTIONS") == "true"
    return CiSystem(
        "Classroom 50",
        "writes result.json and release-body.md for its runner",
        log="github" if in_actions else "text",
        reports=(("classroom50", "result.json"), ("markdown", "release-body.md")),
        well=True,
    )


def bundle(contents: CiBundle) -> Files:
    """Return the autograder that its runner executes."""
    return {"autograder.py": fill_in("autograder.py.in", contents)}
