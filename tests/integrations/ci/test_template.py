"""What is written for a place is what that place reads, and holds no more than words."""

import pytest
import yaml

from grader.integrations.ci.detect import BUNDLES
from grader.integrations.ci.place import CiBundle
from grader.integrations.ci.template import NoWord

WANTED = CiBundle(("my475/ex9", "ex8"), "autograd-grader==0.1.0", "3.13", "60%")


def test_a_workflow_is_yaml_that_runs_the_command() -> None:
    (content,) = BUNDLES["github"](WANTED).values()

    workflow = yaml.safe_load(content)

    steps = workflow["jobs"]["grade"]["steps"]
    assert steps[-1]["run"] == "grade ci my475/ex9 ex8 --fail-under 60%"
    assert steps[1]["with"] == {"python-version": "3.13"}
    assert steps[2]["run"].endswith(
        'install --quiet --disable-pip-version-check "autograd-grader==0.1.0"'
    )
    assert workflow["permissions"] == {"contents": "read"}


def test_a_pipeline_is_yaml_that_keeps_its_report_whatever_comes() -> None:
    (content,) = BUNDLES["gitlab"](WANTED).values()

    job = yaml.safe_load(content)["grade"]

    assert job["image"] == "python:3.13-slim"
    assert job["artifacts"] == {"when": "always", "reports": {"junit": "grade-junit.xml"}}
    assert job["script"][-1].endswith("grade ci my475/ex9 ex8 --fail-under 60%")


def test_an_autograder_is_python() -> None:
    (content,) = BUNDLES["classroom50"](WANTED).values()

    compile(content, "autograder.py", "exec")
    assert b"WORDS = ['ci', 'my475/ex9', 'ex8', '--fail-under', '60%']" in content


@pytest.mark.parametrize(
    "wanted",
    [
        WANTED._replace(exercises=("ex9; rm -rf /",)),
        WANTED._replace(exercises=("$(id)",)),
        WANTED._replace(python="3.12'"),
        WANTED._replace(install='a"; id; "'),
        WANTED._replace(install="a`id`"),
        WANTED._replace(fail_under="$x%"),
    ],
)
@pytest.mark.parametrize("place", BUNDLES)
def test_what_could_be_more_than_a_word_is_not_written_into_a_script(
    wanted: CiBundle, place: str
) -> None:
    with pytest.raises(NoWord, match="cannot be written into a script"):
        BUNDLES[place](wanted)
