"""What stands beside the package holds together with it: container, hooks, citation, action."""

import re
import tomllib

import yaml

from grader import __version__
from grader.cli.app import COMMANDS
from tests.container import steps
from tests.places import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_the_container_copies_what_exists_and_ends_as_nobody_in_particular() -> None:
    found = list(steps((ROOT / "Containerfile").read_text(encoding="utf-8")))
    kept = (ROOT / ".containerignore").read_text(encoding="utf-8").splitlines()

    copied = [name for step in found if step.does == "COPY" for name in step.words.split()[:-1]]
    users = [step.words for step in found if step.does == "USER"]
    (extras,) = re.findall(r"/src\[(.*?)\]", " ".join(step.words for step in found))

    assert all((ROOT / name).exists() and f"!{name}" in kept for name in copied)
    assert users
    assert users[-1] not in ("0", "root")
    assert set(extras.split(",")) <= set(PROJECT["optional-dependencies"])
    assert found[-2].words == '["grade"]'


def test_hooks_run_commands_that_there_are() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))

    assert [hook["id"] for hook in hooks] == ["grade", "grade-verify"]
    for hook in hooks:
        command, *words = hook["entry"].split()
        assert command in PROJECT["scripts"]
        assert all(word in COMMANDS for word in words)
        assert hook["language"] == "python"
        re.compile(hook["files"])


def test_who_cites_it_cites_this_version() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))

    assert {"cff-version", "message", "title", "authors"} <= set(citation)
    assert citation["version"] == __version__
    assert citation["license"] == PROJECT["license"]
