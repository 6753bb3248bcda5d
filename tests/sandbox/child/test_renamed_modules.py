"""A module is imported as on the student's system, which counts no case and hides endings."""

from pathlib import Path

import pytest

from grader.grading.request import GradeRequest
from grader.sandbox.child.renamed_modules import RenamedModules
from grader.sandbox.protocol.limits import Tier
from grader.sandbox.survey import strongest_tier
from tests.ready_grader import ReadyGrader
from tests.sandbox.engines import RIGHT

TIERS = sorted({"limits", strongest_tier()})


@pytest.mark.parametrize("tier", TIERS)
@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("VALUE.PY", "from value import Value"),
        ("Value.py", "from value import Value"),
        ("value.py", "from Value import Value"),
        ("value.py.txt", "import value"),
        ("Micrograd/Engine.py", "from micrograd.engine import Value"),
        ("micrograd/ENGINE.PY", "import micrograd.engine"),
    ],
)
def test_a_module_is_found_however_its_name_is_written(
    ready_grader: ReadyGrader, tmp_path: Path, tier: Tier, file: str, line: str
) -> None:
    (tmp_path / file).parent.mkdir(exist_ok=True)
    (tmp_path / file).write_text(RIGHT, encoding="utf-8")
    (tmp_path / "main.py").write_text(f"{line}\n", encoding="utf-8")

    report = ready_grader.report(GradeRequest("ex9", str(tmp_path), walls=tier))

    assert (report.submission.name, report.score) == ("main.py", 5)


def test_nothing_outside_of_the_folder_is_found(tmp_path: Path) -> None:
    (tmp_path / "VALUE.PY").write_text("", encoding="utf-8")
    (tmp_path / "in").mkdir()
    finder = RenamedModules(str(tmp_path / "in"))

    assert finder.find_spec("value") is None
    assert finder.find_spec("lib.value", [str(tmp_path)]) is None
    assert RenamedModules(str(tmp_path)).find_spec("value") is not None
    assert RenamedModules(str(tmp_path / "gone")).find_spec("value") is None
