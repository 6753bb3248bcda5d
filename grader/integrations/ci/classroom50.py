"""Classroom 50: result.json and release-body.md in the student's checkout, status 0 in any case."""

from collections.abc import Mapping

from grader.integrations.ci.place import Bundle, Files, Place
from grader.integrations.ci.template import filled

GIVEN = ("CLASSROOM", "ASSIGNMENT", "SUBMISSION_TAG")


def found(environment: Mapping[str, str]) -> Place | None:
    """Return the place, where the variables say that this is it.

    Source: Classroom 50's runner, which sets them for an autograder.
    """
    if not all(environment.get(name) for name in GIVEN):
        return None
    in_actions = environment.get("GITHUB_ACTIONS") == "true"
    return Place(
        "Classroom 50",
        "writes result.json and release-body.md for its runner",
        log="github" if in_actions else "text",
        reports=(("classroom50", "result.json"), ("markdown", "release-body.md")),
        well=True,
    )


def bundle(wanted: Bundle) -> Files:
    """Return the autograder that its runner executes."""
    return {"autograder.py": filled("autograder.py.in", wanted)}
