"""GitLab CI: a JUnit report, which merge requests show, and the text in the log."""

from collections.abc import Mapping

from grader.integrations.ci.place import CiBundle, CiSystem, Files
from grader.integrations.ci.template import fill_in

PIPELINE = ".gitlab-ci.yml"
JUNIT = "grade-junit.xml"


def system_here(environment: Mapping[str, str]) -> CiSystem | None:
    """Return the place, where the variables say that this is it.

    Source: GitLab's list of predefined CI/CD variables.
    """
    if environment.get("GITLAB_CI") != "true":
        return None
    says = f"writes {JUNIT}, and ends with status 1 where points are missing"
    checkout = environment.get("CI_PROJECT_DIR", "")
    return CiSystem("GitLab CI", says, checkout=checkout, reports=(("junit", JUNIT),))


def bundle(contents: CiBundle) -> Files:
    """Return the pipeline for the students' repository."""
    return {PIPELINE: fill_in("gitlab.yml", contents)}
