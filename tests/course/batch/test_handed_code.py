"""A student's page shows the code that was graded, as it was handed in."""

from pathlib import Path

from grader.course.batch.handed_code import LONGEST, HandedCode, code_in
from tests.course.batch.exported import notebook


def test_a_script_is_shown_wherever_it_lies(tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "value.py").write_text("a = '<b>'\n", encoding="utf-8")

    assert code_in(tmp_path, "value.py") == HandedCode("value.py", "a = '<b>'\n")
    assert code_in(tmp_path, "src/value.py") is not None


def test_a_notebook_is_shown_cell_by_cell(tmp_path: Path) -> None:
    (tmp_path / "value.ipynb").write_text(notebook("a = 1"), encoding="utf-8")

    code = code_in(tmp_path, "value.ipynb")

    assert code is not None
    assert code.text == "# cell 1\nimport math\n\n# cell 2\na = 1"


def test_what_is_too_long_is_cut_off(tmp_path: Path) -> None:
    (tmp_path / "value.py").write_text("a" * (LONGEST + 1), encoding="utf-8")

    code = code_in(tmp_path, "value.py")

    assert code is not None
    assert (len(code.text), code.is_cut) == (LONGEST, True)


def test_what_cannot_be_read_is_not_shown(tmp_path: Path) -> None:
    (tmp_path / "bad.ipynb").write_bytes(b"{")
    (tmp_path / "empty.py").write_bytes(b"\n")

    assert [code_in(tmp_path, name) for name in ("bad.ipynb", "empty.py", "gone.py", "")] == [
        None
    ] * 4
