"""GitHub Actions: annotations in the log, the job's summary, and outputs for the steps after."""

from collections.abc import Mapping

from grader.integrations.ci.place import CiBundle, CiSystem, Files
from grader.integrations.ci.template import fill_in

WORKFLOW = ".github/workflows/grade.yml"


def system_here(environment: Mapping[str, str]) -> CiSystem | None:
    """Return the place, where the variables say that this is it.

    Source: GitHub's list of default environment variables.
    """
    if environment.get("GITHUB_ACTIONS") != "true":
        return None
    summary = environment.get("GITHUB_STEP_SUMMARY", "")
    return CiSystem(
        "GitHub Actions",
        "annotates the lines at fault, and writes the job's summary and its outputs",
        checkout=environment.get("GITHUB_WORKSPACE", ""),
        log="github",
        reports=(("markdown", summary),) if summary else (),
        outputs=environment.get("GITHUB_OUTPUT", ""),
    )


def bundle(contents: CiBundle) -> Files:
    """Return the workflow for the students' repository."""
    return {WORKFLOW: fill_in("github.yml", contents)}
