"""How it went when a submission was run: what ends the grading, and what is worth a note."""

import sys

import pytest

from grader.engines.observation import Fault, Place
from grader.grading.run_notes import notes_on, problem_of
from grader.sandbox.engine_class import Candidate
from grader.sandbox.load_result import BegunStatement, LoadResult, Mishap
from grader.submissions.submission import Submission

VALUE = (Candidate("Value", True, True),)
SCRIPT = Submission("value.py", "/", "script", "", "class Value:\n    pass\n\nprint(vlaue)\n")
NOTEBOOK = Submission("value.ipynb", "/", "notebook", "", cells=("class Value: ...", "x = 1 / 0"))


def mishap(running: str, type_: str, message: str = "", line: int | None = None) -> Mishap:
    place = None if line is None else Place(running, line, "")
    return Mishap(running, Fault(type_, message, place))


NAME_ERROR = mishap("value.py", "NameError", "name 'vlaue' is not defined", 4)
DIVISION = mishap("cell 2", "ZeroDivisionError", "division by zero", 1)


@pytest.mark.parametrize("ended", ["ran", "raised", "timed out", "flooded"])
def test_a_submission_that_defines_a_class_can_be_asked(ended: str) -> None:
    assert problem_of(LoadResult(ended, (NAME_ERROR,), VALUE), SCRIPT) == ""


def test_a_submission_that_ran_and_defines_nothing_is_no_problem_of_its_run() -> None:
    assert problem_of(LoadResult("ran"), SCRIPT) == ""


PROBLEMS: list[tuple[LoadResult, str]] = [
    (
        LoadResult(
            "died", candidates=VALUE, detail="its process ended by itself, with exit status 0"
        ),
        "running value.py ended at once: its process ended by itself, with exit status 0",
    ),
    (
        LoadResult("violated", candidates=VALUE, detail="wrote something that is not a reply"),
        "value.py was refused: the submission wrote something that is not a reply",
    ),
    (
        LoadResult("raised", (NAME_ERROR,)),
        "value.py raises NameError: name 'vlaue' is not defined (line 4: `print(vlaue)`)",
    ),
    (LoadResult("raised", (mishap("value.py", "SystemExit"),)), "value.py ends itself with exit()"),
    (LoadResult("raised", (mishap("value.py", "E", "", 9),)), "value.py raises E (line 9)"),
    (LoadResult("timed out"), "value.py did not come to an end"),
    (
        LoadResult("timed out", (mishap("value.py", "OutOfTime", "", 4),)),
        "value.py did not come to an end (line 4: `print(vlaue)`)",
    ),
    (
        LoadResult("flooded", (mishap("value.py", "TooMuchOutput"),)),
        "value.py printed without end",
    ),
]


@pytest.mark.parametrize(("loaded", "says"), PROBLEMS)
def test_a_submission_that_cannot_be_asked_has_one_problem(loaded: LoadResult, says: str) -> None:
    assert problem_of(loaded, SCRIPT) == says


def test_a_run_without_mishap_needs_no_note() -> None:
    assert notes_on(LoadResult("ran", candidates=VALUE), SCRIPT) == []


def test_what_is_a_problem_already_is_no_note() -> None:
    assert notes_on(LoadResult("raised", (NAME_ERROR,)), SCRIPT) == []


def test_a_script_goes_on_after_a_statement_that_raises() -> None:
    assert notes_on(LoadResult("raised", (NAME_ERROR,), VALUE), SCRIPT) == [
        "value.py raises NameError: name 'vlaue' is not defined (line 4: `print(vlaue)`); "
        "the rest was graded"
    ]


def test_a_fault_in_another_file_names_the_file() -> None:
    place = Place("engine.py", 7, "f")
    elsewhere = Mishap("value.py", Fault("TypeError", "no", place))

    assert notes_on(LoadResult("raised", (elsewhere,), VALUE), SCRIPT) == [
        "value.py raises TypeError: no (engine.py, line 7); the rest was graded"
    ]


def test_a_long_line_is_cut() -> None:
    submission = SCRIPT._replace(source="\n\n\n" + "x" * 100)

    notes = notes_on(LoadResult("raised", (NAME_ERROR,), VALUE), submission)

    assert f"(line 4: `{'x' * 60}`)" in notes[0]


def test_a_cell_that_raises_does_not_keep_the_others_from_being_graded() -> None:
    assert notes_on(LoadResult("ran", (DIVISION,), VALUE), NOTEBOOK) == [
        "cell 2 raises ZeroDivisionError: division by zero (line 1: `x = 1 / 0`); "
        "the other cells were graded"
    ]


def test_a_fault_in_another_cell_names_the_cell() -> None:
    called = Mishap("cell 2", Fault("TypeError", "no", Place("cell 1", 1, "f")))

    assert notes_on(LoadResult("ran", (called,), VALUE), NOTEBOOK) == [
        "cell 2 raises TypeError: no (cell 1, line 1: `class Value: ...`); "
        "the other cells were graded"
    ]


@pytest.mark.parametrize(
    ("count", "last"),
    [
        (3, "cell 3 raises E; the other cells were graded"),
        (4, "1 more cell raises an exception"),
        (6, "3 more cells raise an exception"),
    ],
)
def test_of_many_cells_that_raise_three_are_told_and_the_rest_counted(
    count: int, last: str
) -> None:
    mishaps = tuple(mishap(f"cell {number + 1}", "E") for number in range(count))

    notes = notes_on(LoadResult("ran", mishaps, VALUE), NOTEBOOK)

    assert notes[:3] == [f"cell {n} raises E; the other cells were graded" for n in (1, 2, 3)]
    assert notes[-1] == last


def test_a_run_that_was_stopped_is_graded_up_to_there() -> None:
    stopped = LoadResult("timed out", (mishap("value.py", "OutOfTime", "", 4),), VALUE)

    assert notes_on(stopped, SCRIPT) == [
        "value.py did not come to an end (line 4: `print(vlaue)`); "
        "what it had defined by then was graded"
    ]


def test_the_cell_that_did_not_end_is_named_and_not_one_after_it() -> None:
    endless = mishap("cell 1", "OutOfTime", "", 1)
    stopped = LoadResult("timed out", (endless, DIVISION, mishap("cell 3", "OutOfTime")), VALUE)

    assert notes_on(stopped, NOTEBOOK) == [
        "value.ipynb did not come to an end (cell 1, line 1: `class Value: ...`); "
        "what it had defined by then was graded",
        "cell 2 raises ZeroDivisionError: division by zero (line 1: `x = 1 / 0`); "
        "the other cells were graded",
    ]


def test_what_a_submission_replaces_in_the_language_is_noted() -> None:
    names = tuple(f"builtins.{letter}" for letter in "abcdefgh")

    assert notes_on(LoadResult("ran", (), VALUE, names[:1]), SCRIPT) == [
        "it replaces builtins.a; answers are compared in another process, without them"
    ]
    assert notes_on(LoadResult("ran", (), VALUE, names), SCRIPT) == [
        f"it replaces {', '.join(names[:6])}; answers are compared in another process, without them"
    ]


def test_a_script_that_ends_itself_is_graded_up_to_there() -> None:
    ends = mishap("value.py", "SystemExit", "0", 4)

    assert notes_on(LoadResult("raised", (ends,), VALUE), SCRIPT) == [
        "value.py ends itself with exit() (line 4: `print(vlaue)`); what stands above it was graded"
    ]


def test_arguments_that_are_not_there_cost_one_statement() -> None:
    parses = mishap("value.py", "SystemExit", "called by argparse", 4)

    (note,) = notes_on(LoadResult("raised", (parses,), VALUE), SCRIPT)

    assert note == (
        "value.py is ended by argparse, which finds no arguments to read (line 4: `print(vlaue)`);"
        " the rest was graded"
    )


def test_a_process_that_has_ended_is_told_with_its_line_and_what_stood_is_graded() -> None:
    died = LoadResult(
        "died", (), VALUE, detail="its process is gone", stopped=BegunStatement(0, 1, 4)
    )

    assert problem_of(died, SCRIPT) == ""
    assert notes_on(died, SCRIPT) == [
        "running value.py ended before its end: its process is gone (line 4: `print(vlaue)`);"
        " what stood above it was graded"
    ]
    assert problem_of(died._replace(candidates=()), SCRIPT) == (
        "running value.py ended at once: its process is gone (line 4: `print(vlaue)`)"
    )


@pytest.mark.parametrize(("count", "says"), [(203, "200 more cells"), (53, "50 more cells")])
def test_cells_that_are_not_told_one_by_one_are_counted(count: int, says: str) -> None:
    mishaps = tuple(mishap(f"cell {number + 1}", "E") for number in range(49))

    notes = notes_on(LoadResult("ran", mishaps, VALUE, many=count), NOTEBOOK)

    assert notes[-1] == f"{says} raise an exception"


def test_several_statements_of_one_cell_are_one_cell_that_raises() -> None:
    mishaps = [mishap(f"cell {number}", "E") for number in (1, 1, 2, 3, 3)]

    notes = notes_on(LoadResult("ran", tuple(mishaps), VALUE, many=3), NOTEBOOK)

    assert notes[-1] == "1 more cell raises an exception"


def test_statements_of_a_script_are_counted_by_themselves() -> None:
    mishaps = tuple(mishap("value.py", "E", "", 4) for _ in range(5))

    notes = notes_on(LoadResult("raised", mishaps, VALUE, many=5), SCRIPT)

    assert notes[-1] == "2 more statements raise an exception"


def test_a_cell_that_is_meant_to_raise_is_not_told() -> None:
    assert notes_on(LoadResult("ran", (DIVISION,), VALUE), NOTEBOOK._replace(raising=(2,))) == []


def test_a_name_that_a_later_cell_defines_is_said_to_be_there() -> None:
    cells = ("a = Value(1)", "# class Value", "x = 1\nclass Value: ...")
    used = mishap("cell 1", "NameError", "name 'Value' is not defined", 1)

    (note,) = notes_on(LoadResult("ran", (used,), VALUE), NOTEBOOK._replace(cells=cells))

    assert note == (
        "cell 1 raises NameError: name 'Value' is not defined, which is defined later, in cell 3"
        " (line 1: `a = Value(1)`); the other cells were graded"
    )


def test_a_name_that_a_later_line_defines_is_said_to_be_there() -> None:
    submission = SCRIPT._replace(source="a = rate * 2\n\nrate = 0.1\n")
    used = mishap("value.py", "NameError", "name 'rate' is not defined", 1)

    (note,) = notes_on(LoadResult("raised", (used,), VALUE), submission)

    assert "is not defined, which is defined later, on line 3 (line 1" in note


def test_syntax_of_a_newer_python_is_named_with_the_one_that_grades() -> None:
    submission = SCRIPT._replace(source="type Number = int\n")
    wrong = mishap("value.py", "SyntaxError", "invalid syntax", 1)

    says = problem_of(LoadResult("raised", (wrong,)), submission)

    here = f"Python {sys.version_info[0]}.{sys.version_info[1]} grades here"
    if sys.version_info < (3, 12):
        assert f"; this is written for Python 3.12, and {here} (line 1" in says
