"""Each bundle is run as its place runs it, and what it leaves is what that place reads."""

import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml

from grader.cli.main import run
from grader.integrations.ci.detect import BUNDLES
from grader.integrations.ci.place import CiBundle
from tests.integrations.ci.stand_in import bash, machine, wheel
from tests.places import ROOT, SAMPLES
from tests.reports.vendor_rules import RUNNER, classroom50_of_text, gradescope_of_text

pytestmark = pytest.mark.xdist_group("bundles")
MINUS = SAMPLES / "minus.py"
RIGHT = SAMPLES / "right.py"
WANTED = CiBundle(("my475/ex9",), "autograd-grader", "3.12")
OUTPUT = re.compile(r"^(?P<name>[\w-]+)<<(?P<end>\w+)\n(?P<value>.*)\n(?P=end)$", re.MULTILINE)


@pytest.fixture(scope="session")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The commands of a Python as `actions/setup-python` leaves it, made once."""
    folder = tmp_path_factory.mktemp("python")
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    return folder / "bin"


def checkout(folder: Path, submission: Path) -> Path:
    """What a student has pushed."""
    (folder / "src").mkdir(parents=True)
    shutil.copy(submission, folder / "value.py")
    (folder / "README.md").write_text("mine", encoding="utf-8")
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


def action(inputs: dict[str, str], variables: dict[str, str], work: Path) -> Any:
    """Run the steps of the composite action, with its inputs' defaults."""
    about = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    told = {name: one.get("default", "") for name, one in about["inputs"].items()} | inputs
    assert set(about["outputs"]) == {"score", "max-score", "percent", "passed"}
    for step in about["runs"]["steps"]:
        if "run" not in step:
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


def test_the_action_annotates_summarises_gives_outputs_and_obeys_no_input(tmp_path: Path) -> None:
    work = checkout(tmp_path / "work", MINUS)
    variables = runner(tmp_path, GITHUB_ACTION_PATH="autograd-grader")

    failed = action({"exercise": "my475/ex9"}, variables, work)
    first = outputs(tmp_path)
    enough = action({"exercise": "ex9", "path": "value.py", "fail-under": "60%"}, variables, work)

    assert (failed.returncode, enough.returncode) == (1, 0), failed.stderr
    odd = action({"exercise": "ex9", "path": "$(touch pwned); `touch pwned`"}, variables, work)
    assert (odd.returncode, (work / "pwned").exists()) == (4, False)
    (error,) = (line for line in failed.stdout.splitlines() if line.startswith("::error "))
    assert error.startswith("::error file=value.py,line=48,endLine=48,title=Subtraction sends")
    assert (tmp_path / "summary").read_text(encoding="utf-8").count("**3 of 5 points**") == 2
    told = {"score": "3", "max-score": "5", "percent": "60", "passed": "false"}
    assert first == told


def test_the_workflow_grades_the_checkout(tmp_path: Path, python: Path) -> None:
    work = checkout(tmp_path / "work", RIGHT)
    (content,) = BUNDLES["github"](WANTED).values()
    variables = runner(tmp_path)
    variables["PATH"] = f"{python}:{variables['PATH']}"

    steps = yaml.safe_load(content)["jobs"]["grade"]["steps"]
    done = [bash(step["run"], work, variables) for step in steps if "run" in step]

    assert [one.returncode for one in done] == [0, 0], done[-1].stderr
    assert outputs(tmp_path)["passed"] == "true"


def test_the_pipeline_leaves_junit_s_report(tmp_path: Path) -> None:
    work = checkout(tmp_path / "work", MINUS)
    (content,) = BUNDLES["gitlab"](WANTED).values()
    job = yaml.safe_load(content)["grade"]

    variables = machine(tmp_path, CI="true", GITLAB_CI="true", CI_BUILDS_DIR=str(tmp_path))
    done = bash("\n".join(job["script"]), work, variables)

    assert done.returncode == 1
    root = ElementTree.parse(work / job["artifacts"]["reports"]["junit"]).getroot()
    cases = {case.get("name"): case for case in root.iter("testcase")}
    (failed,) = (case for case in cases.values() if case.find("failure") is not None)
    assert (failed.get("file"), failed.get("line")) == ("value.py", "48")
    assert len(cases) == 5


def test_classroom_50_gets_its_result_and_a_status_of_0(tmp_path: Path) -> None:
    work = checkout(tmp_path / "work", MINUS)
    (content,) = BUNDLES["classroom50"](WANTED).values()
    (tmp_path / "autograder.py").write_bytes(content)

    words = [sys.executable, str(tmp_path / "autograder.py")]
    variables = runner(tmp_path, **RUNNER)
    done = subprocess.run(words, cwd=work, env=variables, capture_output=True, check=False)

    assert done.returncode == 0, done.stderr
    result = classroom50_of_text((work / "result.json").read_text(encoding="utf-8"))
    assert (result["score"], result["max-score"]) == (3, 5)
    assert "3 of 5 points" in (work / "release-body.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("place", ["github", "gitlab", "classroom50", "action"])
def test_a_student_s_modules_are_not_imported_by_what_installs_grade(
    tmp_path: Path, place: str, python: Path
) -> None:
    work = checkout(tmp_path / "work", MINUS)
    for name in ("pip", "venv", "token", "types", "tempfile", "subprocess", "ensurepip"):
        (work / f"{name}.py").write_text(f"open({str(work / 'pwned')!r}, 'w')\n", encoding="utf-8")
    variables = runner(tmp_path, CI_BUILDS_DIR=str(tmp_path), GITHUB_ACTION_PATH="autograd-grader")

    if place == "action":
        done = [action({"exercise": "\nmy475/ex8\nex9", "path": "value.py"}, variables, work)]
    elif place == "classroom50":
        (work / "autograder.py").write_bytes(BUNDLES[place](WANTED)["autograder.py"])
        words = f"{sys.executable} autograder.py --path value.py"
        done = [bash(words, work, variables | RUNNER)]
    else:
        (content,) = BUNDLES[place](WANTED).values()
        told = yaml.safe_load(content)
        scripts = told["grade"]["script"] if place == "gitlab" else _runs(told["jobs"]["grade"])
        scripts = [
            one.replace("grade ci my475/ex9", "grade ci ex9 --path value.py") for one in scripts
        ]
        variables["PATH"] = f"{python}:{variables['PATH']}"
        done = [bash("\n".join(scripts), work, variables)]

    assert not (work / "pwned").exists(), done[-1].stderr
    assert "of 5 points" in done[-1].stdout or "2 exercises" in done[-1].stdout, done[-1].stderr


def _runs(job: dict[str, Any]) -> list[str]:
    return [step["run"] for step in job["steps"] if "run" in step]


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
