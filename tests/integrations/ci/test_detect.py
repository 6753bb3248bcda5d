"""Each place is known by what it sets, and what is written for one is what was asked."""

import io
import stat
import zipfile
from pathlib import Path

import pytest
import yaml

from grader.integrations.ci.detect import BUNDLES, NOWHERE, here
from grader.integrations.ci.place import Bundle
from grader.integrations.ci.template import NoWord
from grader.integrations.ci.threshold import NoThreshold, Threshold, threshold

GITHUB = {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": "/s", "GITHUB_OUTPUT": "/o"}
CLASSROOM = {"CLASSROOM": "c", "ASSIGNMENT": "a", "SUBMISSION_TAG": "submit/1"}
WANTED = Bundle(("my475/ex9", "ex8"), "autograd-grader==0.1.0", "3.13", "60%")


@pytest.mark.parametrize(
    ("environment", "name", "log", "reports"),
    [
        ({}, "no CI", "text", []),
        ({"CI": "true"}, "no CI", "text", []),
        (GITHUB, "GitHub Actions", "github", ["markdown"]),
        ({"GITHUB_ACTIONS": "true"}, "GitHub Actions", "github", []),
        ({"GITLAB_CI": "true"}, "GitLab CI", "text", ["junit"]),
        (CLASSROOM, "Classroom 50", "text", ["classroom50", "markdown"]),
        (GITHUB | CLASSROOM, "Classroom 50", "github", ["classroom50", "markdown"]),
    ],
)
def test_a_place_is_known_by_its_variables(
    environment: dict[str, str], name: str, log: str, reports: list[str]
) -> None:
    place = here({**environment, "AUTOGRADER_ROOT": "/nowhere"})

    assert (place.name, place.log) == (name, log)
    assert [of_format for of_format, _ in place.reports] == reports


def test_gradescope_is_known_by_its_folders(tmp_path: Path) -> None:
    environment = {"AUTOGRADER_ROOT": str(tmp_path)}
    assert here(environment) == NOWHERE
    (tmp_path / "submission").mkdir()
    (tmp_path / "results").mkdir()

    place = here(environment)

    assert (place.name, place.submission) == ("Gradescope", str(tmp_path / "submission"))
    assert place.reports == (("gradescope", str(tmp_path / "results" / "results.json")),)


@pytest.mark.parametrize(
    ("text", "means"),
    [("60%", Threshold(60.0)), ("3", Threshold(3.0, False)), (" 0.5 ", Threshold(0.5, False))],
)
def test_enough_is_points_or_per_cent(text: str, means: Threshold) -> None:
    assert threshold(text) == means


@pytest.mark.parametrize("text", ["", "%", "all", "60%%", "-1", "nan", "inf%", "60 percent"])
def test_what_is_neither_is_said(text: str) -> None:
    with pytest.raises(NoThreshold, match="neither points nor per cent") as raised:
        threshold(text)

    assert raised.value.hint == "write 60% or 3, or leave it out: then every point is needed"


def test_a_third_of_three_points_is_one_however_numbers_are_rounded() -> None:
    assert Threshold(100 * 1 / 3).reached(1.0, 3.0)
    assert not Threshold(34.0).reached(1.0, 3.0)
    assert Threshold(1.0, per_cent=False).reached(1.0, 3.0)


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


def test_an_autograder_s_zip_has_what_runs_at_its_root_and_can_be_executed() -> None:
    wanted = WANTED._replace(own=(("my/01_a/checks.py", b"1"),), wheels=(("a.whl", b"2"),))

    with zipfile.ZipFile(io.BytesIO(BUNDLES["gradescope"](wanted)["autograder.zip"])) as held:
        modes = {one.filename: one.external_attr >> 16 for one in held.infolist()}

    assert set(modes) == {
        *("setup.sh", "run_autograder", "exercises/my/01_a/checks.py", "wheels/a.whl")
    }
    assert all(mode & stat.S_IXUSR for mode in modes.values())


def test_the_same_exercises_give_the_same_bytes() -> None:
    assert BUNDLES["gradescope"](WANTED) == BUNDLES["gradescope"](WANTED)


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
    wanted: Bundle, place: str
) -> None:
    with pytest.raises(NoWord, match="cannot be written into a script"):
        BUNDLES[place](wanted)
