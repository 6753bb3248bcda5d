"""GitHub Actions: annotations in the log, the job's summary, and outputs for the steps after."""

from collections.abc import Mapping

from grader.integrations.ci.place import Bundle, Files, Place
from grader.integrations.ci.template import filled

WORKFLOW = ".github/workflows/grade.yml"


def found(environment: Mapping[str, str]) -> Place | None:
    """Return the place, where the variables say that this is it.

    Source: GitHub's list of default environment variables.
    """
    if environment.get("GITHUB_ACTIONS") != "true":
        return None
    summary = environment.get("GITHUB_STEP_SUMMARY", "")
    return Place(
        "GitHub Actions",
        "annotates the lines at fault, and writes the job's summary and its outputs",
        checkout=environment.get("GITHUB_WORKSPACE", ""),
        log="github",
        reports=(("markdown", summary),) if summary else (),
        outputs=environment.get("GITHUB_OUTPUT", ""),
    )


def bundle(wanted: Bundle) -> Files:
    """Return the workflow for the students' repository."""
    return {WORKFLOW: filled("github.yml", wanted)}
