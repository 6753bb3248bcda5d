"""What a submission finds of its process: a tape for its prints, nobody to ask, nothing of ours."""

import sys
from pathlib import Path

import pytest

from grader.engines.interpreter.execute import TooMuchOutput
from grader.sandbox.child.prepare import KEPT_OUTPUT, OutputTape
from grader.sandbox.protocol.limits import Limits
from tests.sandbox.apart import apart

PREPARED = """
import builtins
root, folder = os.getcwd(), sys.argv[1]
import grader.engines.reference, random
from grader.sandbox.protocol.limits import Limits
from grader.sandbox.child.prepare import prepare, refuse_ourselves as refuse
real, confined = sys.stdout, []
def tell(told):
    real.write(json.dumps(told))
    real.flush()
    os._exit(0)
def found(name):
    try:
        return __import__(name).__name__
    except ModuleNotFoundError as error:
        return [str(error), error.name]
request = {"limits": list(Limits(output_kb=2)), "folder": folder, "root": root, "site": []}
def confine(limits):
    confined.append([list(limits), type(sys.stdout.buffer).__name__, os.getcwd()])
tape = prepare(request, confine)
"""


def prepared(code: str, folder: Path) -> object:
    """What `code` tells in a process that was prepared for a submission in `folder`."""
    return apart(PREPARED + code, folder)


def test_a_tape_counts_everything_and_keeps_the_first_and_the_last() -> None:
    tape = OutputTape(1 << 20)

    for letter in (b"a", b"b", b"c"):
        assert tape.write(letter * KEPT_OUTPUT) == KEPT_OUTPUT

    assert tape.count == 3 * KEPT_OUTPUT
    assert tape.take() == "a" * KEPT_OUTPUT + "c" * KEPT_OUTPUT


def test_a_tape_that_was_taken_begins_anew_and_goes_on_counting() -> None:
    tape = OutputTape(10)
    tape.write(b"first")

    assert (tape.take(), tape.take()) == ("first", "")
    tape.write(b"again")

    assert (tape.take(), tape.count) == ("again", 10)


def test_one_byte_above_the_limit_is_too_much() -> None:
    tape = OutputTape(5)
    tape.write(b"12345")

    with pytest.raises(TooMuchOutput):
        tape.write(b"6")

    assert tape.take() == "12345"


def test_a_tape_keeps_no_more_of_one_large_print_than_its_beginning() -> None:
    tape = OutputTape(1 << 30)

    tape.write(b"x" * (1 << 20))

    assert (len(tape.take()), tape.count) == (KEPT_OUTPUT, 1 << 20)


def test_bytes_that_are_no_text_are_replaced() -> None:
    tape = OutputTape(100)

    tape.write(b"\xff ok")

    assert tape.take() == "\ufffd ok"


def test_prints_and_complaints_are_on_the_tape_at_once(tmp_path: Path) -> None:
    code = """
print("saïd")
print("complained", file=sys.stderr)
print("louder", file=sys.__stdout__)
tell([tape.take(), tape.count, tape.limit])
"""

    assert prepared(code, tmp_path) == ["saïd\ncomplained\nlouder\n", 24, 2048]


def test_input_has_nobody_to_ask(tmp_path: Path) -> None:
    code = """
try:
    input("Your name? ")
except EOFError as error:
    tell([str(error), sys.stdin.read(), tape.take()])
"""

    assert prepared(code, tmp_path) == ["input() has nobody to ask while grading", "", ""]


def test_it_runs_in_the_submission_s_folder_which_is_looked_in_first(tmp_path: Path) -> None:
    (tmp_path / "beside.py").touch()
    code = """
found("beside")
tell([os.getcwd(), sys.path[0], found("beside"), sys.dont_write_bytecode, os.listdir()])
"""

    folder = str(tmp_path)
    assert prepared(code, tmp_path) == [folder, folder, "beside", True, ["beside.py"]]


def test_nothing_of_the_grader_s_is_imported_or_can_be(tmp_path: Path) -> None:
    code = """
ours = ("grader", "reference", "exercises")
tell([[name for name in sys.modules if name.partition(".")[0] in ours],
      [found(name) for name in (*ours, "grader.engines.oracles")],
      root in sys.path, found("random")])
"""

    names = ("grader", "reference", "exercises", "grader")
    refused = [[f"No module named {name!r}", name] for name in names]
    assert prepared(code, tmp_path) == [[], refused, False, "random"]


def test_a_submission_s_own_modules_may_be_called_like_ours(tmp_path: Path) -> None:
    for name in ("grader", "reference"):
        (tmp_path / f"{name}.py").write_text(f"mine = {name!r}", encoding="utf-8")
    (tmp_path / "exercises").mkdir()
    code = """
import grader, reference, exercises
tell([grader.mine, reference.mine, exercises.__path__[0]])
"""

    assert prepared(code, tmp_path) == ["grader", "reference", str(tmp_path / "exercises")]


def test_it_finds_them_wherever_it_looks_for_its_own(tmp_path: Path) -> None:
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "reference.py").write_text("mine = 1", encoding="utf-8")
    code = """
sys.path.append("lib")
import reference
tell(reference.mine)
"""

    assert prepared(code, tmp_path) == 1


@pytest.mark.parametrize("answers", ["reference", "grader/shipped/reference"])
def test_what_is_the_grader_s_is_refused_on_whatever_path_it_lies(
    tmp_path: Path, answers: str
) -> None:
    site = tmp_path / "site"
    for folder in (site / "grader", site / answers):
        folder.mkdir(parents=True)
        (folder / "__init__.py").touch()
    (tmp_path / "grader").mkdir()  # of the student's, and no package: Python looks further
    code = f"""
request["site"].append({str(site)!r})
sys.meta_path.pop(0)
sys.path.append({str(site)!r})
refuse(request)
sys.path.append(root)
tell([found(name) for name in ("grader", "reference", "exercises")])
"""

    names = ("grader", "reference", "exercises")
    assert prepared(code, tmp_path) == [[f"No module named {name!r}", name] for name in names]


def test_limits_are_put_on_last_and_are_those_of_the_request(tmp_path: Path) -> None:
    told = prepared("tell(confined)", tmp_path)

    assert told == [[list(Limits(output_kb=2)), "OutputTape", str(tmp_path)]]


def test_exit_is_that_of_a_script_and_not_of_a_site(tmp_path: Path) -> None:
    code = """
told = []
for leave in (exit, quit, sys.exit):
    try:
        leave(3)
    except SystemExit as error:
        told.append(error.code)
tell([*told, callable(builtins.help)])
"""

    assert prepared(code, tmp_path) == [3, 3, 3, True]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_a_folder_that_is_gone_is_no_reason_to_stop(tmp_path: Path) -> None:
    assert prepared("tell(os.getcwd() == root)", tmp_path / "gone") is True
