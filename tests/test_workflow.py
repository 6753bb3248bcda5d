"""The workflow that runs the tests elsewhere says what README and pyproject.toml say."""

import re
import shutil
import subprocess
import tomllib
from typing import Any

import pytest
import yaml

from tests.places import ROOT

WORKFLOW = yaml.safe_load((ROOT / ".github" / "workflows" / "tests.yml").read_text("utf-8"))
JOB: dict[str, Any] = WORKFLOW["jobs"]["tests"]
ABOUT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
README = (ROOT / "README.md").read_text("utf-8")
PIN = "-c constraints.txt "


def steps(key: str) -> list[dict[str, Any]]:
    return [step for step in JOB["steps"] if key in step]


def the_command() -> str:
    """README's, as a terminal takes it."""
    (found,) = re.findall(r"^python3 .*\[dev\].*pytest.*$", README, re.MULTILINE)
    return str(found)


def said(system: str, python: str) -> str:
    """The command that the last step would run there."""
    script: str = steps("run")[-1]["run"]
    assert script.endswith('eval "$command"\n')
    done = subprocess.run(
        [
            "bash",
            "--noprofile",
            "--norc",
            "-e",
            "-o",
            "pipefail",
            "-c",
            script.rpartition("eval")[0],
        ],
        cwd=ROOT,
        env={"RUNNER_OS": system, "PYTHON": python, "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.removeprefix("+ ").rstrip("\n")


def test_every_python_that_is_declared_is_run_on_every_system() -> None:
    declared = re.findall(
        r"Programming Language :: Python :: (3\.\d+)", "\n".join(ABOUT["project"]["classifiers"])
    )

    matrix = JOB["strategy"]["matrix"]

    assert matrix["python"] == declared
    assert ABOUT["project"]["requires-python"] == f">={declared[0]}"
    assert matrix["system"] == ["ubuntu-latest", "macos-latest", "windows-latest"]
    assert set(matrix) == {"system", "python"}
    assert (JOB["strategy"]["fail-fast"], JOB["runs-on"]) == (False, "${{ matrix.system }}")


def test_it_uses_two_actions_of_github_s_own_of_one_major_version_each() -> None:
    used = [step["uses"] for step in steps("uses")]

    assert [one.partition("@")[0] for one in used] == ["actions/checkout", "actions/setup-python"]
    assert all(re.fullmatch(r"actions/[a-z-]+@v\d+", one) for one in used)
    assert steps("uses")[1]["with"]["cache"] == "pip"


def test_it_may_read_and_nothing_else() -> None:
    assert WORKFLOW["permissions"] == {"contents": "read"}


@pytest.mark.skipif(not shutil.which("bash"), reason="bash is not installed")
def test_its_command_is_readme_s() -> None:
    assert said("Linux", "3.11") == the_command().replace("python3", "python")
    for system in ("Linux", "macOS"):
        assert said(system, "3.12") == said("Linux", "3.11").replace(PIN, "")
    on_windows = said("Windows", "3.11")
    assert on_windows == said("Linux", "3.12").replace(".venv/bin/", ".venv/Scripts/")


def test_what_is_pinned_is_pinned_once() -> None:
    assert the_command().count(PIN) == 1
