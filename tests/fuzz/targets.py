"""What is fed: each reader of strangers' files, with the errors that it may raise, and no other."""

import io
import json
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple
from warnings import catch_warnings

from hypothesis import strategies as st

from grader.course.batch.jobs import job_result
from grader.course.batch.ledger import LedgerEntry, entry_from
from grader.course.batch.ledger import line_of as ledger_line
from grader.course.batch.overrides import FILE as OVERRIDES
from grader.course.batch.overrides import read_overrides
from grader.course.gradebook.csv_sheet import UnreadableSheet, sheet_in, with_cells
from grader.course.gradebook.roster import people
from grader.course.marks import FILE, Mark, UnreadableMarks, line_of, marks_in
from grader.course.similarity.executed_text import executes_its_engine
from grader.course.similarity.tokens import tokens
from grader.engines.encoding import Malformed, observation_from
from grader.engines.program import Program, Step
from grader.errors import BrokenExercise, Misused, NothingToGrade
from grader.exercises import validation
from grader.reports.vendors.notebook_lines import cell_lines
from grader.sandbox.load_result import load_result, step_from
from grader.sandbox.protocol.wire import unpack
from grader.sandbox.trace import trace_from
from grader.submissions.intake.archive import nested
from grader.submissions.intake.bounded_reading import FileContent
from grader.submissions.intake.left_out import LeftOut
from grader.submissions.intake.safe_names import safe
from grader.submissions.intake.spool import bytes_of
from grader.submissions.intake.take_in import take_in
from grader.submissions.notebook_cells import NotANotebook, cells_of
from grader.submissions.own_modules import imports_in
from grader.submissions.script_text import NotAScript, text_of
from grader.submissions.student import Student
from tests.authored import ABOUT
from tests.fuzz.inputs import BYTES, changed, edited, edited_one_of, names

Errors = tuple[type[Exception], ...]
ANSWER = ["number", "0x1.8p+1"]
PROGRAM = Program((Step("make", "Value", (2.0,)),) * 8, ())
OBSERVATION = {
    "ended": "raised",
    "answers": [
        [0, "number", "0x1.4p+1", ""],
        [1, "truth", True, ""],
        [2, "nodes", [0, -1], "{}._prev"],
        [3, "order", [[0, 1], [[0, "-0x1.0p-1"]], True], "topo({})"],
        [4, "text", ["Value(2.5)", False], ""],
        [5, "nothing", None, ""],
        [6, "array", [[2], ["0x1.0p+0", "0x1.0p+1"]], ""],
    ],
    "step": 7,
    "fault": ["TypeError", "no", ["value.py", 12, "__add__"]],
    "detail": "more",
    "members": {},
    "precision": "",
}
HELD = ["node", 7, ANSWER, ANSWER, "w", "+", [8, 9]]
MOMENT = ["line 3", 0, False, "", [["a", HELD], ["b", ["list", [HELD]]]], ["c"]]
PASS = [1, ANSWER, 5, [[1, 7, 2, ANSWER, ANSWER, ANSWER]]]
PLACE = ["value.py", 12, "train"]
TRAINING = [PLACE, 3, 1, [PASS], ["0x1.0p+1"], [[1, ANSWER, ANSWER]], ["Add", "*"], True]
LOADED = {
    "ended": "ran",
    "classes": [{"name": "Value", "backward": True, "arithmetic": True, "bases": ["Base"]}],
    "mishaps": [["cell 2", ["TypeError", "no", PLACE]]],
    "patched": ["math.exp"],
    "many": 3,
    "threads": False,
    "versions": [["Value", False, [["cell 2", 3, ["adds"]]]]],
}
CELL = {"cell_type": "code", "metadata": {"tags": ["a"]}, "source": ["x = 1\n", "y"], "outputs": []}
BOOK = {
    "nbformat": 4,
    "nbformat_minor": 5,
    "metadata": {"kernelspec": {"language": "python"}, "language_info": {"name": "python"}},
    "cells": [CELL, {**CELL, "cell_type": "markdown"}],
}
OLD = {"nbformat": 3, "metadata": {}, "worksheets": [{"cells": [{**CELL, "input": "x = 1"}]}]}
SCRIPT = (
    b"# -*- coding: latin-1 -*-\nimport sys\nfrom .a import (b,\n c)\nsys.path.insert(0, 'src')\n"
    b"class Value:\n    def __init__(self, data):\n        self.data = data  # \xf6\n"
    b"exec(open('value.py').read())\n"
)
ENCODINGS = (b"latin-1", b"utf-8", b"punycode", b"idna", b"utf-7", b"hex", b"undefined", b"euc-jp")
TABLES = {
    "commas": b'student,check,score,comment,who\n"Ant, ""A""",ex9,1.5,"a\nb",Ada\nbee,,2,,\n',
    "semicolons": b"sep=;\nstudent;check;score\r\nant;;1,5\r\n",
    "sixteen": "student,check,score\nö,,1\n".encode("utf-16"),
    "roster": b"key,student_id,email,name,canvas_id\nant,4711,a@x.org,Alice Ant,7\n",
    "canvas": b'Student,ID,SIS User ID,"Powers (77)"\n    Points Possible,,,5\n"Ant",1,s1,\n',
}
MARK = Mark(Student("ant", "Alice Ant", "4711"), "my475/ex9", "Powers", 3.5, 5.0)
RESULT = {"reports": [], "problem": "no script", "ours": False}


class Target(NamedTuple):
    """What is fed: its name, what it gets, what reads it, and what that may raise."""

    name: str
    inputs: st.SearchStrategy[Any]
    read: Callable[[Any], object]
    errors: Errors = ()

    def feed(self, given: Any) -> None:
        """Have an input read; every other error is a fault of ours."""
        try:
            self.read(given)
        except self.errors as error:
            assert str(error).strip(), "an error without a word"  # noqa: PT017


def _replies(kind_and_plain: tuple[str, Any]) -> None:
    kind, plain = kind_and_plain
    if kind == "observation":
        observation_from(plain, PROGRAM)
    elif kind == "loaded":
        load_result(plain) if isinstance(plain, dict) else step_from(plain)
    else:
        trace_from(plain)


def _notebook(content: bytes) -> None:
    cell_lines(content.decode("utf-8", "replace"))
    imports_in("a.ipynb", content)
    for cell in cells_of(content):
        cell.source.encode()


def _script(content: bytes) -> None:
    imports_in("a.py", content)
    text = text_of(content)
    text.encode()
    list(tokens(text))
    executes_its_engine(text)


def _archive(name_and_content: tuple[str, bytes]) -> None:
    name, content = name_and_content
    refused = LeftOut()
    for one in nested(FileContent(name, content), refused).files:
        assert safe(one.name) == one.name
        bytes_of(one.content)
    assert all(line.isprintable() for line in refused.lines())


def _course(course: list[str]) -> None:
    """Take in a course of such names, which has a key for each student, safe as a file's name."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "course.zip")
        with zipfile.ZipFile(path, "w") as file, catch_warnings(action="ignore"):
            for name in dict.fromkeys(one.encode(errors="replace").decode() for one in course):
                file.writestr(zipfile.ZipInfo(name), b"x = 1\n")
        taken = take_in(path)
    keys = [one.student.key for one in taken.handed]
    assert len({key.casefold() for key in keys}) == len(keys)
    assert all(safe(key) == key for key in keys)


def _table(name_and_content: tuple[str, bytes]) -> None:
    _, content = name_and_content
    with TemporaryDirectory() as folder:
        file = Path(folder, OVERRIDES)
        file.write_bytes(content)
        readers: list[Callable[[], object]] = [
            lambda: read_overrides(Path(folder)),
            lambda: people([MARK.student], file),
            lambda: _same_bytes(file),
        ]
        for read in readers:
            try:
                read()
            except Misused:
                continue


def _same_bytes(file: Path) -> None:
    sheet = sheet_in(file)
    assert with_cells(sheet, {}) == sheet.content


def _marks(content: bytes) -> None:
    with TemporaryDirectory() as folder:
        Path(folder, FILE).write_bytes(content)
        again = [line_of(mark) for mark in marks_in(Path(folder))]
    assert all(line.splitlines() == [line] for line in again)


def _ledger(content: bytes) -> None:
    entry = entry_from(content)
    if entry is not None:
        job_result(entry.outcome)


def _exercise(content: bytes) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder, "exercise.toml")
        file.write_bytes(content)
        table = validation.settings(file)
        validation.allowance(table)
        validation.late_policy(table)


def _zip() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("ant/value.py", b"x = 1\n" * 20)
        file.writestr("ant/données.csv", b"1,2\n")
    return held.getvalue()


def _tar(mode: Any) -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode=mode) as file:
        info = tarfile.TarInfo("ant/" + "long" * 40 + ".py")
        info.size = 6
        file.addfile(info, io.BytesIO(b"x = 1\n"))
    return held.getvalue()


def _line(result: Any) -> bytes:
    return ledger_line(LedgerEntry("ant", "1", result))


def _as_json(plain: Any) -> bytes:
    return json.dumps(plain).encode()


REPLIES = {"observation": OBSERVATION, "trace": [[MOMENT, MOMENT], [TRAINING]], "loaded": LOADED}
ARCHIVES = {"a.zip": _zip(), "a.tar": _tar("w"), "a.tar.gz": _tar("w:gz"), "a.tar.xz": _tar("w:xz")}
TOML = ABOUT + "[limits]\ntime = 2.0\n[late]\ndue = 2026-10-10T23:59:00\ngrace = 10\n"

TARGETS = (
    Target(
        "replies",
        st.sampled_from(sorted(REPLIES)).flatmap(
            lambda kind: st.tuples(st.just(kind), changed(REPLIES[kind]))
        ),
        _replies,
        (Malformed,),
    ),
    Target("frames", edited(_as_json(OBSERVATION)), unpack, (Malformed,)),
    Target(
        "notebooks",
        (changed(BOOK) | changed(OLD)).map(_as_json) | edited(_as_json(BOOK)),
        _notebook,
        (NotANotebook,),
    ),
    Target(
        "scripts",
        edited(SCRIPT)
        | st.tuples(st.sampled_from(ENCODINGS), st.lists(st.sampled_from(BYTES))).map(
            lambda parts: b"# coding: %b\n%b" % (parts[0], b"".join(parts[1]))
        ),
        _script,
        (NotAScript,),
    ),
    Target("archives", edited_one_of(ARCHIVES), _archive),
    Target("courses", st.lists(names, min_size=1, max_size=6), _course, (NothingToGrade, Misused)),
    Target("tables", edited_one_of(TABLES), _table, (UnreadableSheet,)),
    Target(
        "marks",
        st.lists(changed(json.loads(line_of(MARK))).map(_as_json), max_size=3).map(b"\n".join)
        | edited(line_of(MARK).encode()),
        _marks,
        (UnreadableMarks,),
    ),
    Target(
        "ledgers",
        edited(_line(RESULT)) | changed(RESULT).map(_line),
        _ledger,
        (ValueError, KeyError, TypeError),
    ),
    Target("exercises", edited(TOML.encode()), _exercise, (BrokenExercise,)),
)
