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
