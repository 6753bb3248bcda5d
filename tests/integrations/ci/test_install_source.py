"""What is installed elsewhere is what this one was installed from."""

import json
from pathlib import Path
from unittest.mock import Mock

import pytest

from grader import __version__
from grader.cli.main import run
from grader.integrations.ci import install_source

PLACES = (
    "GITHUB_ACTIONS",
    "GITHUB_WORKSPACE",
    "GITLAB_CI",
    "CLASSROOM",
    "GITHUB_STEP_SUMMARY",
    "GITHUB_OUTPUT",
)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in PLACES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AUTOGRADER_ROOT", str(tmp_path / "none"))
    return tmp_path


GIT = {"url": "https://example.org/grade.git", "vcs_info": {"vcs": "git", "commit_id": "1a2b"}}


@pytest.mark.parametrize(
    ("about", "installs"),
    [
        (None, f"autograd-grader=={__version__}"),
        (GIT, "autograd-grader @ git+https://example.org/grade.git@1a2b"),
        ({"url": "https://example.org/g.whl"}, "autograd-grader @ https://example.org/g.whl"),
        ({"url": "file:///srv/grade", "dir_info": {}}, ""),
    ],
    ids=["an index", "a repository", "a wheel", "a folder"],
)
def test_what_is_installed_there_is_what_this_one_was_installed_from(
    place: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    about: dict[str, object] | None,
    installs: str,
) -> None:
    told = None if about is None else json.dumps(about)
    monkeypatch.setattr(install_source, "distribution", lambda _: Mock(read_text=lambda _: told))

    status = run(["export", "ci", "ex9", "--to", "github"])

    workflow = Path(".github/workflows/grade.yml")
    if installs:
        assert f'"{installs}"' in workflow.read_text(encoding="utf-8")
    else:
        assert (status, workflow.exists()) == (2, False)
        assert "This grade comes from a folder of this machine" in capsys.readouterr().err
