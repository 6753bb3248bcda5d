"""Each bundle is run as its place runs it, and what it leaves is what that place reads."""

import json
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

import pytest
import yaml

from grader.cli.main import run
from grader.integrations.ci.detect import BUNDLES
from grader.integrations.ci.place import CiBundle
from tests.integrations.ci.stand_in import bash, copy_environment, machine, wheel
from tests.places import ROOT, SAMPLES
from tests.reports.vendor_rules import RUNNER, classroom50_of_text, gradescope_of_text

pytestmark = pytest.mark.xdist_group("bundles")
MINUS = SAMPLES / "minus.py"
RIGHT = SAMPLES / "right.py"
WANTED = CiBundle(("my475/ex9",), "autograd-grader", "3.12")
INSTALL, GRADE = "Install grade", "Grade"
IMPORTED = "imported"  # is there where something has imported a module of the checkout
OUTPUT = re.compile(r"^(?P<name>[\w-]+)<<(?P<end>\w+)\n(?P<value>.*)\n(?P=end)$", re.MULTILINE)


class Graded(NamedTuple):
    """A checkout, and how each script ended that a place has run in it."""

    work: Path
    done: list["subprocess.CompletedProcess[str]"]


def checkout(folder: Path, submission: Path) -> Path:
    """What a student has pushed: modules, too, that write a file where anything imports them."""
    (folder / "src").mkdir(parents=True)
    shutil.copy(submission, folder / "value.py")
    (folder / "README.md").write_text("mine", encoding="utf-8")
    for name in ("pip", "venv", "token", "types", "tempfile", "subprocess", "ensurepip"):
        script = f"open({str(folder / IMPORTED)!r}, 'w')\n"
        (folder / f"{name}.py").write_text(script, encoding="utf-8")
    return folder


def runner(folder: Path, **variables: str) -> dict[str, str]:
    """The variables of GitHub's runner, as far as they are used."""
    (folder / "temp").mkdir(exist_ok=True)
    for name in ("summary", "output"):
        (folder / name).touch()
    return machine(
        folder,
        CI="true",
        GITHUB_ACTIONS="true",
        GITHUB_WORKSPACE=str(folder / "work"),
        GITHUB_STEP_SUMMARY=str(folder / "summary"),
        GITHUB_OUTPUT=str(folder / "output"),
        RUNNER_TEMP=str(folder / "temp"),
        **variables,
    )


def outputs(folder: Path) -> dict[str, str]:
    """What later steps read."""
    text = (folder / "output").read_text(encoding="utf-8")
    return {found["name"]: found["value"] for found in OUTPUT.finditer(text)}


def action(
    inputs: dict[str, str], variables: dict[str, str], work: Path, *names: str
) -> "subprocess.CompletedProcess[str]":
    """Run the steps of the composite action that have these names, with its inputs' defaults."""
    about = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    told = {name: one.get("default", "") for name, one in about["inputs"].items()} | inputs
    assert set(about["outputs"]) == {"score", "max-score", "percent", "passed"}
    steps = [step for step in about["runs"]["steps"] if "run" in step]
    assert [step["name"] for step in steps] == [INSTALL, GRADE]
    for step in steps:
        if step["name"] not in names:
            continue
        assert step["shell"] == "bash"
        assert "${{" not in step["run"]
        given = {
            name: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda found: told[found[1]], value)
            for name, value in step.get("env", {}).items()
        }
        done = bash(step["run"], work, variables | given)
        if done.returncode:
            return done
    return done


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a machine on which the action has been installed and has graded."""
    return tmp_path_factory.mktemp("action")


@pytest.fixture(scope="module")
def by_action(place: Path) -> Graded:
    work = checkout(place / "work", MINUS)
    variables = runner(place, GITHUB_ACTION_PATH="autograd-grader")
    return Graded(work, [action({"exercise": "my475/ex9"}, variables, work, INSTALL, GRADE)])


@pytest.fixture(scope="module")
def by_github(tmp_path_factory: pytest.TempPathFactory) -> Graded:
    """By a Python as `actions/setup-python` leaves it."""
    folder = tmp_path_factory.mktemp("github")
    work = checkout(folder / "work", RIGHT)
    (content,) = BUNDLES["github"](WANTED).values()
    copy_environment(folder / "python")
    variables = runner(folder)
    variables["PATH"] = f"{folder / 'python' / 'bin'}:{variables['PATH']}"
    steps = yaml.safe_load(content)["jobs"]["grade"]["steps"]
    return Graded(work, [bash(step["run"], work, variables) for step in steps if "run" in step])


@pytest.fixture(scope="module")
def by_gitlab(tmp_path_factory: pytest.TempPathFactory) -> Graded:
    folder = tmp_path_factory.mktemp("gitlab")
    work = checkout(folder / "work", MINUS)
    (content,) = BUNDLES["gitlab"](WANTED).values()
    script = "\n".join(yaml.safe_load(content)["grade"]["script"])
    variables = machine(folder, CI="true", GITLAB_CI="true", CI_BUILDS_DIR=str(folder))
    return Graded(work, [bash(script, work, variables)])


@pytest.fixture(scope="module")
def by_classroom50(tmp_path_factory: pytest.TempPathFactory) -> Graded:
    """By its runner, which lays the autograder into the checkout."""
    folder = tmp_path_factory.mktemp("classroom50")
    work = checkout(folder / "work", MINUS)
    (work / "autograder.py").write_bytes(BUNDLES["classroom50"](WANTED)["autograder.py"])
    return Graded(work, [bash("python3 autograder.py", work, runner(folder, **RUNNER))])


def test_the_action_annotates_summarises_gives_outputs_and_obeys_no_input(
    by_action: Graded, place: Path
) -> None:
    work, (failed,) = by_action
    variables, first = runner(place), outputs(place)
    sixty = {"exercise": "ex9", "path": "value.py", "fail-under": "60%"}

    enough = action(sixty, variables, work, GRADE)
    summary = (place / "summary").read_text(encoding="utf-8")
    odd = action(
        {"exercise": "ex9", "path": "$(touch pwned); `touch pwned`"}, variables, work, GRADE
    )
    both = action({"exercise": "\nmy475/ex8\nex9", "path": "value.py"}, variables, work, GRADE)

    assert (failed.returncode, enough.returncode) == (1, 0), failed.stderr
    assert (odd.returncode, (work / "pwned").exists()) == (4, False)
    assert "2 exercises" in both.stdout
    (error,) = (line for line in failed.stdout.splitlines() if line.startswith("::error "))
    assert error.startswith("::error file=value.py,line=48,endLine=48,title=Subtraction sends")
    assert summary.count("**3 of 5 points**") == 2
    told = {"score": "3", "max-score": "5", "percent": "60", "passed": "false"}
    assert first == told


def test_the_workflow_grades_the_checkout(by_github: Graded) -> None:
    work, done = by_github

    assert [one.returncode for one in done] == [0, 0], done[-1].stderr
    assert outputs(work.parent)["passed"] == "true"


def test_the_pipeline_leaves_junit_s_report(by_gitlab: Graded) -> None:
    work, (done,) = by_gitlab
    (content,) = BUNDLES["gitlab"](WANTED).values()
    reports = yaml.safe_load(content)["grade"]["artifacts"]["reports"]

    assert done.returncode == 1
    root = ElementTree.parse(work / reports["junit"]).getroot()
    cases = {case.get("name"): case for case in root.iter("testcase")}
    (failed,) = (case for case in cases.values() if case.find("failure") is not None)
    assert (failed.get("file"), failed.get("line")) == ("value.py", "48")
    assert len(cases) == 5


def test_classroom_50_gets_its_result_and_a_status_of_0(by_classroom50: Graded) -> None:
    work, (done,) = by_classroom50

    assert done.returncode == 0, done.stderr
    result = classroom50_of_text((work / "result.json").read_text(encoding="utf-8"))
    assert (result["score"], result["max-score"]) == (3, 5)
    assert "3 of 5 points" in (work / "release-body.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("by_place", ["by_github", "by_gitlab", "by_classroom50", "by_action"])
def test_a_student_s_modules_are_not_imported_by_what_installs_grade(
    by_place: str, request: pytest.FixtureRequest
) -> None:
    work, done = request.getfixturevalue(by_place)

    assert not (work / IMPORTED).exists(), done[-1].stderr
    assert "of 5 points" in done[-1].stdout, done[-1].stderr


class Container:
    """Gradescope's container, at another root."""

    def __init__(self, root: Path, bundle: bytes) -> None:
        self.root = root
        for name in ("source", "submission", "results"):
            (root / name).mkdir(parents=True)
        (root / "autograder.zip").write_bytes(bundle)
        with zipfile.ZipFile(root / "autograder.zip") as held:
            held.extractall(root / "source")
        shutil.copy(root / "source" / "run_autograder", root / "run_autograder")
        self.variables = machine(root, AUTOGRADER_ROOT=str(root))
        del self.variables["PIP_FIND_LINKS"]  # what it installs is in the zip
        done = bash(f"bash {root}/source/setup.sh", root, self.variables)
        assert done.returncode == 0, done.stderr

    def grade(self, submission: Path | None, **metadata: Any) -> dict[str, Any]:
        """Grade as Gradescope does, and return results.json after its rules."""
        for place in ("submission", "results"):
            shutil.rmtree(self.root / place)
            (self.root / place).mkdir()
        if submission:
            shutil.copy(submission, self.root / "submission", follow_symlinks=False)
        (self.root / "submission_metadata.json").write_text(json.dumps(metadata))
        done = bash(f"bash {self.root}/run_autograder", self.root, self.variables)
        assert done.returncode == 0, done.stderr
        text = (self.root / "results" / "results.json").read_text(encoding="utf-8")
        return gradescope_of_text(text)


ANT = {"id": 1, "email": "ant@example.org", "name": "Alice Ant"}
BEE = {"id": 2, "email": "bee@example.org", "name": "Zoë Bee"}
ASSIGNMENT = {
    "title": "ex9",
    "due_date": "2026-10-10T22:00:00.000000+00:00",
    "late_due_date": None,
    "total_points": "5.0",
}


def test_gradescope_grades_late_ones_groups_resubmissions_and_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home" / "mine" / "01_powers"
    shutil.copytree(ROOT / "exercises" / "my475" / "09_ex9", home)
    wheel(tmp_path / "wheels")
    words = ["export", "ci", "mine/powers", "--to", "gradescope", "--exercises", "home"]
    monkeypatch.chdir(tmp_path)
    assert run([*words, "--install", "autograd-grader", "--wheels", "wheels"]) == 0
    container = Container(tmp_path / "there", (tmp_path / "autograder.zip").read_bytes())
    about = {"assignment": ASSIGNMENT, "previous_submissions": []}

    late = container.grade(MINUS, created_at="2026-10-11T09:00:00+00:00", users=[ANT], **about)
    group = container.grade(RIGHT, created_at="2026-10-10T09:00:00Z", users=[ANT, BEE], **about)
    again = container.grade(RIGHT, users=[ANT], **about | {"previous_submissions": [{"score": 3}]})
    nothing = container.grade(None, users=[ANT], **about)
    solution = tmp_path / "there" / "source" / "exercises" / "mine" / "01_powers" / "solution.py"
    (tmp_path / "value.py").symlink_to(solution)
    link = container.grade(tmp_path / "value.py", users=[ANT], **about)

    assert [one["score"] for one in (late, group, again, nothing, link)] == [3, 5, 5, 0, 0]
    assert "other.grad += out.grad" in late["tests"][2]["output"]
    assert "no script or notebook" in nothing["tests"][0]["output"]
