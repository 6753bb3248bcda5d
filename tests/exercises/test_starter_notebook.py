"""A notebook to begin in is one that Jupyter takes, and its cells can be found again."""

from pathlib import Path

import nbformat
import pytest

from grader.exercises import catalogue
from grader.exercises.starter_notebook import Part, notebook, parts
from grader.submissions.submission import read

STARTER = '''\
"""About numbers."""

# %% engine

class Value:
    pass


# %%
x = Value()
'''
SPLITS = [
    ("x = 1\n", [Part("1", "x = 1")]),
    ("", []),
    ("# %%\nx = 1\n", [Part("1", "x = 1")]),
    ("# %% a\n# %% b\nx = 1\n", [Part("b", "x = 1")]),
    (
        "x = 1\n#  %% no part\n    # %% nor this\n",
        [Part("1", "x = 1\n#  %% no part\n    # %% nor this")],
    ),
    ("# %%   training loop  \n\nx = 1\n\n\n", [Part("training loop", "x = 1")]),
    (
        STARTER,
        [
            Part("1", '"""About numbers."""'),
            Part("engine", "class Value:\n    pass"),
            Part("3", "x = Value()"),
        ],
    ),
]


@pytest.mark.parametrize(("starter", "split"), SPLITS)
def test_a_starter_is_split_where_a_comment_says_so(starter: str, split: list[Part]) -> None:
    assert parts(starter) == split


def test_the_task_comes_first_then_a_cell_a_part_with_its_mark() -> None:
    made = nbformat.reads(notebook("my475/ex9", "# Powers\n\nBuild ö.\n", STARTER), as_version=4)  # type: ignore[no-untyped-call]

    task, *code = made.cells
    assert (task.cell_type, task.source) == ("markdown", "# Powers\n\nBuild ö.")
    assert [cell.source for cell in code] == [part.source for part in parts(STARTER)]
    assert [cell.metadata for cell in code] == [
        {"grade": {"exercise": "my475/ex9", "part": part}, "tags": ["grade:my475/ex9"]}
        for part in ("1", "engine", "3")
    ]


@pytest.mark.parametrize("entry", catalogue.entries(), ids=lambda entry: str(entry.path))
def test_every_exercise_makes_a_notebook_that_is_valid(entry: catalogue.Entry) -> None:
    text = notebook(entry.path, catalogue.prompt(entry), catalogue.starter(entry))

    made = nbformat.reads(text, as_version=nbformat.NO_CONVERT)  # type: ignore[no-untyped-call]
    nbformat.validate(made)
    assert (made.nbformat, made.nbformat_minor) == (4, 5)
    assert len({cell.id for cell in made.cells}) == len(made.cells)


def test_the_cells_of_a_notebook_that_is_handed_in_carry_their_tags(tmp_path: Path) -> None:
    file = tmp_path / "value.ipynb"
    file.write_text(notebook("my475/ex9", "# Powers", STARTER), encoding="utf-8")

    handed_in = read(file)

    assert handed_in.cells == tuple(part.source for part in parts(STARTER))
    assert handed_in.tags == ("grade:my475/ex9",) * 3
