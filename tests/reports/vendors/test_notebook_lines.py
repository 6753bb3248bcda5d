import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.reports.vendors.notebook_lines import cell_lines


def notebook(*cells: tuple[str, str | list[str]], **style: Any) -> str:
    found = [{"source": source, "cell_type": kind, "outputs": [":"]} for kind, source in cells]
    return json.dumps({"": "", "cells": found, "metadata": {"source": ["x"]}}, **style)


def test_a_line_stands_where_its_text_does() -> None:
    text = notebook(("markdown", ["# a"]), ("code", ["a = 1\n", 'b = "}]"\n', "c"]), indent=1)

    ((first, second, third),) = cell_lines(text)

    lines = text.splitlines()
    assert [lines[at - 1].strip() for at in (first, second, third)] == [
        '"a = 1\\n",',
        '"b = \\"}]\\"\\n",',
        '"c"',
    ]


def test_blank_cells_are_not_counted_for_the_grader_does_not_count_them() -> None:
    text = notebook(("code", ["\n"]), ("code", []), ("code", " "), ("code", ["a"]), indent=1)

    assert len(cell_lines(text)) == 1


def test_a_source_of_one_string_stands_on_one_line() -> None:
    text = notebook(("code", "a\nb\n\nc"), indent=1)

    (lines,) = cell_lines(text)

    assert len(lines) == 4
    assert len(set(lines)) == 1


@pytest.mark.parametrize("text", ["", "a = 1", "[" * 100_000, "{", "[1", "3", '"a"', "[[]]", "{}"])
def test_in_what_is_no_notebook_nothing_is_found(text: str) -> None:
    assert cell_lines(text) == []


PARTS = st.lists(st.text('ab\n\\"{}[],: \u2028é', max_size=6), max_size=4)


@given(st.lists(PARTS, max_size=4), st.sampled_from([None, 0, 1]), st.booleans())
def test_every_line_of_every_cell_has_its_place(
    cells: list[list[str]], indent: int | None, escaped: bool
) -> None:
    text = notebook(*(("code", parts) for parts in cells), indent=indent, ensure_ascii=escaped)

    found = cell_lines(text)

    sources = ["".join(parts) for parts in cells]
    filled = [source for source in sources if source.strip()]
    assert [len(lines) for lines in found] == [
        source.count("\n") + (not source.endswith("\n")) for source in filled
    ]
    flat = [line for lines in found for line in lines]
    assert flat == sorted(flat)
    assert all(1 <= line <= text.count("\n") + 1 for line in flat)


def test_a_notebook_of_format_3_is_read_as_well() -> None:
    cells = [
        {"cell_type": "markdown", "source": ["# a"]},
        {"cell_type": "code", "input": ["a = 1\n", "b = 2"], "outputs": [{"text": ["c"]}]},
    ]
    text = json.dumps({"worksheets": [{"cells": cells}], "nbformat": 3}, indent=1)

    (lines,) = cell_lines(text)

    assert [text.splitlines()[at - 1].strip() for at in lines] == ['"a = 1\\n",', '"b = 2"']
