"""What was handed in is read and never run, and what cannot be read says why and what to do."""

import json
from hashlib import sha256
from pathlib import Path

import pytest

from grader.submissions import submission
from grader.submissions.submission import Submission, UnreadableSubmission, as_notebook, read
from tests.handed_in import ENGINE, notebook, written


def test_a_script_is_read_with_its_name_its_place_and_its_digest(tmp_path: Path) -> None:
    file = written(tmp_path, "value.py", "x = 'größer'\r\ny = 1\r".encode())

    assert read(file) == Submission(
        "value.py",
        str(tmp_path),
        "script",
        sha256("x = 'größer'\r\ny = 1\r".encode()).hexdigest(),
        source="x = 'größer'\ny = 1\n",
    )


def test_a_notebook_is_read_cell_by_cell_without_the_blank_ones(tmp_path: Path) -> None:
    content = notebook("class Value:\n    pass", " \n", "x = 1")

    assert read(written(tmp_path, "value.ipynb", content)) == Submission(
        "value.ipynb",
        str(tmp_path),
        "notebook",
        sha256(content).hexdigest(),
        cells=("class Value:\n    pass", "x = 1"),
        tags=("", ""),
    )


TAGGED = [
    ({"tags": ["grade:my475/ex9"]}, "grade:my475/ex9"),
    ({"tags": ["mine", "grade:my475/ex9", "grade:my475/ex10"]}, "grade:my475/ex9"),
    ({"tags": ["grade:\x1b[2J" + "x" * 1000]}, "grade: [2J" + "x" * 190 + "…"),
    ({"tags": ["upgrade:ex9"]}, ""),
    ({"tags": "grade:my475/ex9"}, ""),
    ({"tags": [9, None]}, ""),
    ({}, ""),
]


@pytest.mark.parametrize(("metadata", "tag"), TAGGED)
def test_a_cell_keeps_the_tag_that_it_was_given(
    tmp_path: Path, metadata: dict[str, object], tag: str
) -> None:
    blank = {"cell_type": "code", "source": "", "metadata": {"tags": ["grade:blank"]}}
    cells: list[dict[str, object]] = [
        blank | {"outputs": [], "execution_count": None},
        blank | {"source": "x = 1", "metadata": metadata, "outputs": [], "execution_count": None},
    ]

    handed_in = read(written(tmp_path, "value.ipynb", notebook(cells=cells)))

    assert (handed_in.cells, handed_in.tags) == (("x = 1",), (tag,))


def test_text_between_the_cells_is_left_out_and_lines_are_joined(tmp_path: Path) -> None:
    cells = [
        {"cell_type": "markdown", "source": "# A", "metadata": {}},
        {
            "cell_type": "code",
            "source": ["x = 1\n", "y = 2"],
            "metadata": {},
            "outputs": [],
            "execution_count": 1,
        },
        {"cell_type": "raw", "source": "raw", "metadata": {}},
    ]
    file = written(tmp_path, "value.ipynb", notebook(cells=cells))

    assert read(file).cells == ("x = 1\ny = 2",)


def test_a_notebook_of_an_older_form_is_read(tmp_path: Path) -> None:
    cell = {"cell_type": "code", "input": "x = 1", "outputs": [], "language": "python"}
    old = {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": [cell]}]}

    file = written(tmp_path, "value.ipynb", json.dumps(old).encode())

    assert read(file).cells == ("x = 1",)


def test_a_notebook_with_small_faults_is_read_without_a_word(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    content = notebook("x = 1", nbformat_minor=5).replace(b": null", b': "unknown"')

    assert read(written(tmp_path, "value.ipynb", content)).cells == ("x = 1",)
    assert capfd.readouterr() == ("", "")


def test_reading_runs_nothing(tmp_path: Path) -> None:
    read(written(tmp_path, "value.py", b"raise SystemExit\n"))
    read(written(tmp_path, "value.ipynb", notebook("raise SystemExit")))


DECODED = [
    (b"\xef\xbb\xbfx = '\xc3\xb6'\n", "x = 'ö'\n"),
    (b"# coding: latin-1\nx = '\xf6'\n", "# coding: latin-1\nx = 'ö'\n"),
    (
        b"#!/usr/bin/python\n# -*- coding: cp1252 -*-\nx = '\x80'\n",
        "#!/usr/bin/python\n# -*- coding: cp1252 -*-\nx = '€'\n",
    ),
    (b"# vim: set fileencoding=latin-1 :\n'\xf6'", "# vim: set fileencoding=latin-1 :\n'ö'"),
    (b"\n# coding: latin-1\n'\xf6'", "\n# coding: latin-1\n'ö'"),
    (b"x = 1\n# coding: nonsense\n", "x = 1\n# coding: nonsense\n"),
    (b"\n\n# coding: nonsense\n", "\n\n# coding: nonsense\n"),
    (b"x = 1\r\ny = 2\rz = 3\n", "x = 1\ny = 2\nz = 3\n"),
]


@pytest.mark.parametrize(("content", "source"), DECODED)
def test_a_script_is_decoded_as_python_does(tmp_path: Path, content: bytes, source: str) -> None:
    assert read(written(tmp_path, "value.py", content)).source == source


UTF_8 = "save it as UTF-8, or name its encoding on the first line: # coding: latin-1"
NO_LINE = "save it as UTF-8 and take the coding line out"
JUPYTER = "open it in Jupyter, save it, and grade again"
SAVE = "save the file, then grade again"
NO_NOTEBOOK = "value.ipynb is not a notebook that Jupyter can read: "

UNREADABLE: list[tuple[str, bytes, str, str]] = [
    ("value.py", b"", "value.py is empty", SAVE),
    ("value.py", b" \n\t\r\n", "value.py is empty", SAVE),
    ("value.py", b"\xef\xbb\xbf\n", "value.py is empty", SAVE),
    ("value.ipynb", b"", "value.ipynb is empty", SAVE),
    (
        "value.txt",
        ENGINE,
        "value.txt is a .txt file, not a Python script or a notebook",
        "hand in a .py or an .ipynb file",
    ),
    (
        "value",
        ENGINE,
        "value is a file without an ending, not a Python script or a notebook",
        "hand in a .py or an .ipynb file",
    ),
    (
        "value.py",
        b"\x7fELF\x02\x00\x00",
        "value.py is not a Python script: it holds binary data",
        "hand in the source file",
    ),
    (
        "value.py",
        "x = 1".encode("utf-16"),
        "value.py is saved as UTF-16, which Python does not read",
        "save it as UTF-8",
    ),
    (
        "value.py",
        b"\xfe\xff\x00x",
        "value.py is saved as UTF-16, which Python does not read",
        "save it as UTF-8",
    ),
    ("value.py", b"x = 1\ny = '\xf6'\n", "value.py is not UTF-8: byte 0xf6 on line 2", UTF_8),
    (
        "value.py",
        b"\xef\xbb\xbfx = 1\n\ny = '\xf6'\n",
        "value.py is not UTF-8: byte 0xf6 on line 3",
        UTF_8,
    ),
    (
        "value.py",
        b"# coding: ascii\n'\xf6'\n",
        "value.py is not ASCII: byte 0xf6 on line 2",
        UTF_8,
    ),
    *(
        (
            "value.py",
            f"# coding: {codec}\nx = 1\n".encode(),
            f"value.py says it is in {codec!r}, an encoding that does not exist",
            NO_LINE,
        )
        for codec in ("nonsense", "utf-9")
    ),
    *(
        (
            "value.py",
            f"# coding: {codec}\nx = 1\n".encode(),
            f"value.py says it is in {codec!r}, in which no script is taken",
            NO_LINE,
        )
        for codec in ("hex", "rot13", "undefined", "punycode", "idna", "utf-7", "iso-2022-jp")
    ),
    (
        "value.py",
        b"\n" + notebook("x = 1"),
        "value.py is a notebook under a script's name",
        "rename it to end in .ipynb",
    ),
    (
        "value.ipynb",
        b'{"cells": [',
        "value.ipynb is a notebook that breaks off before its end",
        "download or save it again",
    ),
    (
        "value.ipynb",
        b"print(1)\n",
        "value.ipynb is a script under a notebook's name",
        "rename it to end in .py",
    ),
    ("value.ipynb", b"[]", "value.ipynb is JSON, and no notebook: it has no cells", JUPYTER),
    (
        "value.ipynb",
        notebook(nbformat=9),
        NO_NOTEBOOK + "Unsupported nbformat version 9",
        JUPYTER,
    ),
    ("value.ipynb", notebook(), "value.ipynb has no code cell", "hand in the notebook you ran"),
    (
        "value.ipynb",
        notebook("", " \n"),
        "value.ipynb has no code cell",
        "hand in the notebook you ran",
    ),
]


@pytest.mark.parametrize(("name", "content", "says", "hint"), UNREADABLE)
def test_what_cannot_be_read_says_why(
    tmp_path: Path, name: str, content: bytes, says: str, hint: str
) -> None:
    with pytest.raises(UnreadableSubmission) as e:
        read(written(tmp_path, name, content))

    assert (e.value.message, e.value.hint) == (says, hint)


@pytest.mark.parametrize(
    "content",
    [
        b"{}",
        b"[" * 100_000,
        b'{"nbformat": 4, "cells": 3}',
        b'{"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": [{}]}',
        b"\xff\xfe{",
        notebook("x").replace(b'"code"', b'["code"]'),
    ],
)
def test_a_notebook_that_nobody_can_read_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(UnreadableSubmission, match=r"^value\.ipynb ") as e:
        read(written(tmp_path, "value.ipynb", content))

    assert e.value.message.isprintable()
    assert not e.value.message.endswith(".")
    assert len(e.value.message) < 200


@pytest.mark.parametrize(
    ("name", "constant"), [("value.py", "LARGEST_SCRIPT"), ("value.ipynb", "LARGEST_NOTEBOOK")]
)
def test_a_file_that_is_too_large_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, constant: str
) -> None:
    monkeypatch.setattr(submission, constant, 1 << 20)
    file = written(tmp_path, name, b"#" * (2 << 20))

    said = rf"^{name} has 2 MB; at most 1 MB are read$"
    with pytest.raises(UnreadableSubmission, match=said) as e:
        read(file)

    assert e.value.hint == "clear the outputs and leave data in files of their own"


def test_a_folder_is_no_file_whatever_its_name(tmp_path: Path) -> None:
    (tmp_path / "value.py").mkdir()

    with pytest.raises(UnreadableSubmission, match=r"^value\.py is not a regular file$") as e:
        read(tmp_path / "value.py")

    assert e.value.hint == "name a file"


def test_control_characters_in_a_file_s_name_are_shown_as_escapes(tmp_path: Path) -> None:
    name = "a\x1b[31m.py"

    with pytest.raises(UnreadableSubmission, match=r"^a\\x1b\[31m\.py is empty$"):
        read(written(tmp_path, name, b""))
    assert read(written(tmp_path, name)).shown == r"a\x1b[31m.py"
    assert read(tmp_path / name).path == str(tmp_path / name)


SCRIPT = Submission("value.py", "/", "script", "", "x = 1\n\n    y = 2\n")
CELLS = Submission("value.ipynb", "/", "notebook", "", cells=("x = 1", "y = 2\nz = 3\n"))


@pytest.mark.parametrize(
    ("handed_in", "file", "number", "line"),
    [
        (SCRIPT, "value.py", 1, "x = 1"),
        (SCRIPT, "value.py", 2, ""),
        (SCRIPT, "value.py", 3, "    y = 2"),
        (SCRIPT, "value.py", 4, None),
        (SCRIPT, "value.py", 0, None),
        (SCRIPT, "value.py", -1, None),
        (SCRIPT, "other.py", 1, None),
        (SCRIPT, "/etc/passwd", 1, None),
        (SCRIPT, "", 1, None),
        (SCRIPT, "cell 1", 1, None),
        (CELLS, "cell 1", 1, "x = 1"),
        (CELLS, "cell 2", 2, "z = 3"),
        (CELLS, "cell 2", 3, None),
        (CELLS, "cell 0", 1, None),
        (CELLS, "cell 3", 1, None),
        (CELLS, "cell -1", 1, None),
        (CELLS, "cell ²", 1, None),
        (CELLS, "value.ipynb", 1, None),
        (SCRIPT._replace(source=""), "value.py", 1, None),
    ],
)
def test_a_line_is_one_of_the_submission_s_own(
    handed_in: Submission, file: str, number: int, line: str | None
) -> None:
    assert handed_in.line(file, number) == line


def test_lines_are_counted_as_python_counts_them() -> None:
    handed_in = SCRIPT._replace(source="a = '\u2028'\n\x0cb = 2\nc = 3\n")

    assert [handed_in.line("value.py", number) for number in (1, 2, 3, 4)] == [
        r"a = '\u2028'",
        r"\x0cb = 2",
        "c = 3",
        None,
    ]


def test_a_line_is_bounded_and_its_control_characters_are_escapes() -> None:
    handed_in = SCRIPT._replace(source="x = '\x1b[2J\ud800'" + "#" * 1000)

    line = handed_in.line("value.py", 1)

    assert line == r"x = '\x1b[2J\ud800'" + "#" * 153 + "… (847 characters left out)"


def test_a_tab_is_as_wide_as_an_indentation_and_letters_of_any_script_stay() -> None:
    handed_in = SCRIPT._replace(source="\tλ = 'é中👩🏽e\u0301'  # ᚠ")

    assert handed_in.line("value.py", 1) == "    λ = 'é中👩🏽e\u0301'  # ᚠ"


def test_a_notebook_of_the_cells_can_be_made_to_run_them() -> None:
    made = as_notebook(CELLS)

    assert [(cell.cell_type, cell.source) for cell in made.cells] == [
        ("code", "x = 1"),
        ("code", "y = 2\nz = 3\n"),
    ]
