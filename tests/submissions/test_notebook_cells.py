"""The code cells of a notebook are read with their tags."""

import json

import pytest

from grader.submissions.notebook_cells import NotANotebook, NotebookCell, cells_of


def notebook(*cells: tuple[str, object]) -> bytes:
    plain: list[dict[str, object]] = [
        {
            "cell_type": "code", "metadata": {"tags": tags}, "source": source,
            "outputs": [], "execution_count": None,
        }
        for source, tags in cells
    ]  # fmt: skip
    return json.dumps({"cells": plain, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}).encode()


def test_blank_cells_are_left_out_and_tags_kept() -> None:
    (first, second) = cells_of(notebook(("x = 1", ["a", 7]), (" ", []), ("y", "no list")))

    assert first == NotebookCell("x = 1", ("a",))
    assert second == NotebookCell("y")
    assert list(first.tags_with("a")) == ["a"]


def test_a_cell_that_is_not_to_be_run_keeps_its_number_as_a_comment() -> None:
    cells = cells_of(notebook(("x = 1\ny = 2", ["skip-execution"]), ("z", ["raises-exception"])))

    assert cells[0].source == "# skip-execution:\n# x = 1\n# y = 2"
    assert [cell.raises for cell in cells] == [False, True]


def test_a_notebook_without_code_is_none() -> None:
    with pytest.raises(NotANotebook, match="has no code cell"):
        cells_of(notebook((" ", [])))


def test_a_notebook_of_ever_more_tags_is_read_in_one_pass() -> None:
    (only,) = cells_of(notebook(("x = 1", [{"a": number} for number in range(50_000)])))

    assert only == NotebookCell("x = 1")


def test_a_notebook_of_more_values_than_memory_has_room_for_is_refused() -> None:
    content = notebook(("x = 1", [])).replace(b"[]", b"[" + b"{}," * 2_000_001 + b"{}]", 1)

    with pytest.raises(NotANotebook, match="holds more than 4,000,000 values"):
        cells_of(content)


def test_a_notebook_has_no_more_code_than_a_script() -> None:
    with pytest.raises(NotANotebook, match="has 3 MB of code; at most 2 MB are read"):
        cells_of(notebook(("x" * (3 << 20), [])))


def test_half_a_character_is_what_a_browser_makes_of_it() -> None:
    (cell,) = cells_of(notebook(("x = '\ud800 ö \U0001f600'", [])))

    assert cell.source == "x = '\ufffd ö \U0001f600'"
