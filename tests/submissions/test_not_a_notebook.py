"""What is called a notebook and is none is told as what it is."""

import json
from pathlib import Path
from typing import Any

import pytest

from grader.submissions.submission import UnreadableSubmission, read

NOTEBOOK: dict[str, Any] = {
    "cells": [
        {
            "cell_type": "code",
            "metadata": {},
            "source": "x = 1",
            "outputs": [],
            "execution_count": 1,
        }
    ],
    "metadata": {},
    "nbformat": 4,
    "nbformat_minor": 4,
}
TEXT = json.dumps(NOTEBOOK, indent=1)
MERGED = TEXT.replace(' "cells": [', '<<<<<<< HEAD\n "cells": [\n=======\n>>>>>>> theirs')
KINDS = {
    "a web page": ("<!DOCTYPE html><html></html>", "is a web page that was saved under"),
    "a page with a gap": ("\n <HTML lang=en>", "is a web page"),
    "merge marks": (MERGED, "holds the marks of a merge that is not done, the first on line 2"),
    "a script": ("import math\n\nclass Value:\n    pass\n", "is a script under a notebook's name"),
    "a PDF": ("%PDF-1.4 ...", "is a PDF file under a notebook's name"),
    "a zip": ("PK\x03\x04....", "is a zip archive under a notebook's name"),
    "a pointer": ("version https://git-lfs.github.com/spec/v1\n", "is a pointer of Git LFS"),
    "half of one": (TEXT[: len(TEXT) // 2], "is a notebook that breaks off before its end"),
    "other JSON": ('{"a": 1}', "is JSON, and no notebook: it has no cells"),
    "a list": ("[1, 2]", "is JSON, and no notebook: it has no cells"),
}


def reading(path: Path, text: str) -> str:
    file = path / "hw.ipynb"
    file.write_bytes(text.encode("latin-1"))
    with pytest.raises(UnreadableSubmission) as caught:
        read(file)
    assert caught.value.hint
    return caught.value.message


@pytest.mark.parametrize("kind", KINDS)
def test_it_says_what_it_is(tmp_path: Path, kind: str) -> None:
    text, says = KINDS[kind]

    assert reading(tmp_path, text).startswith(f"hw.ipynb {says}")


@pytest.mark.parametrize(
    ("metadata", "language"),
    [
        ({"kernelspec": {"language": "R", "name": "ir"}, "language_info": {"name": "R"}}, "R"),
        ({"kernelspec": {"language": "julia"}}, "julia"),
        ({"language_info": {"name": "scala"}}, "scala"),
    ],
)
def test_a_notebook_in_another_language_is_named(
    tmp_path: Path, metadata: dict[str, Any], language: str
) -> None:
    says = reading(tmp_path, json.dumps({**NOTEBOOK, "metadata": metadata}))

    assert says == f"hw.ipynb is a notebook in {language}, and not in Python"


@pytest.mark.parametrize(
    "metadata",
    [
        {},
        {"language_info": {"name": "python"}},
        {"kernelspec": {"language": "Python"}},
        {"kernelspec": 7},
    ],
)
def test_python_and_nothing_said_are_taken(tmp_path: Path, metadata: dict[str, Any]) -> None:
    file = tmp_path / "hw.ipynb"
    file.write_text(json.dumps({**NOTEBOOK, "metadata": metadata}))

    assert read(file).cells == ("x = 1",)


def test_python_under_another_language_s_name_is_taken(tmp_path: Path) -> None:
    cells = [{**NOTEBOOK["cells"][0], "source": "class Value:\n    pass"}]
    file = tmp_path / "hw.ipynb"
    file.write_text(
        json.dumps({**NOTEBOOK, "cells": cells, "metadata": {"kernelspec": {"language": "R"}}})
    )

    assert read(file).cells == ("class Value:\n    pass",)


def test_tags_that_jupyter_goes_by_are_kept_to(tmp_path: Path) -> None:
    def cell(source: str, *tags: str) -> dict[str, Any]:
        return {**NOTEBOOK["cells"][0], "source": source, "metadata": {"tags": list(tags)}}

    cells = [
        cell("a = 1"),
        cell("while True:\n    pass", "skip-execution"),
        cell("1 / 0", "x", "raises-exception"),
    ]
    file = tmp_path / "hw.ipynb"
    file.write_text(json.dumps({**NOTEBOOK, "cells": cells}))

    submission = read(file)

    assert submission.cells[1] == "# skip-execution:\n# while True:\n#     pass"
    assert submission.raising == (3,)
