"""Code that ends its process, its line, or itself."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.grading_fixtures import Command, GradeSource
from tests.sandbox.engines import after, before, inside, line_of, messages

ENDINGS = {
    "os._exit": ("import os; os._exit(0)", "ended by itself, with exit status 0"),
    "os._exit in an exit handler": (
        "import atexit, os, sys; atexit.register(os._exit, 0); atexit._run_exitfuncs()",
        "ended by itself, with exit status 0",
    ),
    "SIGKILL": ("import os; os.kill(os.getpid(), 9)", "was ended by SIGKILL"),
    "SIGTERM": ("import os; os.kill(os.getpid(), 15)", "was ended by SIGTERM"),
    "SIGSEGV": ("import ctypes; ctypes.string_at(0)", "was ended by SIGSEGV"),
    "SIGABRT": ("import os; os.abort()", "was ended by SIGABRT"),
    "its own alarm": (
        "import signal; signal.signal(signal.SIGALRM, signal.SIG_DFL);"
        " signal.setitimer(signal.ITIMER_REAL, 0.001); signal.pause()",
        "was ended by SIGALRM",
    ),
}
every_ending = pytest.mark.parametrize(("code", "says"), ENDINGS.values(), ids=list(ENDINGS))
RAISES = {
    "exit": ("exit()", "SystemExit: None"),
    "quit": ("quit()", "SystemExit: None"),
    "sys.exit": ("import sys; sys.exit(0)", "SystemExit: 0"),
    "sys.exit with a word": ("import sys; sys.exit('bye')", "SystemExit: bye"),
    "KeyboardInterrupt": ("raise KeyboardInterrupt", "KeyboardInterrupt"),
    "GeneratorExit": ("raise GeneratorExit", "GeneratorExit"),
    "input": ("input('a number: ')", "EOFError: input() has nobody to ask while grading"),
    "reading stdin": ("import sys; next(sys.stdin)", "StopIteration"),
}


def when_loaded(raised: str) -> str:
    """What is said where running the file raises this."""
    return "ends itself with exit()" if raised.startswith("SystemExit") else f"raises {raised}"


every_raise = pytest.mark.parametrize(("code", "says"), RAISES.values(), ids=list(RAISES))


@every_ending
def test_a_script_that_ends_its_process_is_graded_up_to_there(
    grade_afresh: GradeSource, code: str, says: str
) -> None:
    source = after(code)

    report = grade_afresh(source)

    line = line_of(source, code)
    assert report.passed
    assert report.notes[0] == (
        f"running value.py ended before its end: its process {says} (line {line}: `{code[:60]}`);"
        " what stood above it was graded"
    )


@every_ending
def test_a_script_that_ends_its_process_above_its_class_leaves_nothing(
    grade_afresh: GradeSource, code: str, says: str
) -> None:
    report = grade_afresh(before(code))

    assert report.score == 0
    assert messages(report) == [
        f"running value.py ended at once: its process {says} (line 1: `{code[:60]}`)"
    ]


@every_ending
def test_a_constructor_that_ends_its_process_costs_everything(
    grade_source: GradeSource, code: str, says: str
) -> None:
    report = grade_source(inside("__init__", code))

    assert report.score == 0
    assert messages(report) == [f"the program below was cut short: its process {says}"]


@every_ending
def test_a_backward_that_ends_its_process_costs_what_needs_backward(
    grade_source: GradeSource, code: str, says: str
) -> None:
    report = grade_source(inside("backward", code))

    assert report.score == 2
    assert messages(report) == [f"the program below was cut short: its process {says}"]


@every_raise
def test_above_the_class_an_exit_leaves_nothing_to_grade_and_an_exception_does(
    grade_source: GradeSource, code: str, says: str
) -> None:
    report = grade_source(before(code))

    told = f"value.py {when_loaded(says)} (line 1: `{code}`)"
    if says.startswith("SystemExit"):
        assert report.score == 0
        assert messages(report) == [told]
    else:
        assert report.passed
        assert report.notes[0] == f"{told}; the rest was graded"


@every_raise
def test_an_exit_below_the_class_costs_nothing(
    grade_source: GradeSource, code: str, says: str
) -> None:
    source = after(code)

    report = grade_source(source)

    line = line_of(source, code)
    rest = "what stands above it" if says.startswith("SystemExit") else "the rest"
    assert report.passed
    assert report.notes[0] == (
        f"value.py {when_loaded(says)} (line {line}: `{code}`); {rest} was graded"
    )


@every_raise
def test_an_exit_in_a_method_is_an_exception_of_that_method(
    grade_source: GradeSource, code: str, says: str
) -> None:
    source = inside("backward", code)

    report = grade_source(source)

    line = line_of(source, code)
    assert report.score == 2
    assert messages(report)[0] == f"`d.backward()` raises {says} (value.py, line {line})"


@pytest.mark.parametrize("place", [before, after])
@pytest.mark.parametrize("more", ["", "\nimport time; time.sleep(60)"], ids=["goes on", "sleeps"])
def test_a_script_that_closes_all_descriptors_is_refused(
    grade_afresh: GradeSource, place: Callable[[str], str], more: str
) -> None:
    report = grade_afresh(place("import os; os.closerange(0, 256)" + more))

    assert report.score == 0
    assert messages(report) == [
        "value.py was refused: the submission closed its line to the grader"
    ]


def test_a_method_that_closes_all_descriptors_is_refused(grade_afresh: GradeSource) -> None:
    report = grade_afresh(inside("backward", "import os; os.closerange(0, 256)"))

    assert report.score == 2
    assert messages(report) == [
        "the program below was refused: the submission closed its line to the grader"
    ]


def test_a_process_that_dies_again_and_again_is_given_up(grade_afresh: GradeSource) -> None:
    report = grade_afresh(inside("__init__", "import os; os._exit(7)"), "ex7")

    assert report.score == 0
    assert messages(report) == [
        "the program below was cut short: its process ended by itself, with exit status 7"
    ]


def test_a_copy_of_the_process_does_not_speak_for_the_submission(
    grade_afresh: GradeSource,
) -> None:
    report = grade_afresh(after("import os\nos.fork()"))

    assert report.passed


def test_a_copy_made_in_a_method_does_not_speak_either(grade_afresh: GradeSource) -> None:
    report = grade_afresh(inside("backward", "import os\nos.fork()"))

    assert report.passed


@pytest.mark.parametrize(
    ("source", "status"),
    [
        (before("exit()"), 1),
        (before("import os; os._exit(0)"), 1),
        (inside("__init__", "import os; os._exit(0)"), 1),
        (inside("backward", "raise SystemExit(0)"), 1),
        (after("import sys; sys.exit(3)"), 0),
        ("", 4),
    ],
)
def test_an_exit_status_is_the_grader_s_own(
    command: Command, tmp_path: Path, source: str, status: int
) -> None:
    (tmp_path / "value.py").write_text(source, encoding="utf-8")

    done = command("ex9")

    assert done.returncode == status
    assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.parametrize("locale", ["C", "C.UTF-8"])
def test_a_locale_without_umlauts_grades_a_file_with_them(
    command: Command, tmp_path: Path, locale: str
) -> None:
    (tmp_path / "größe.py").write_text(after("print('größer')\n1 / 0"), encoding="utf-8")

    done = command("ex9", "größe.py", LC_ALL=locale, PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")

    assert done.returncode == 0
    assert "5 of 5 points" in done.stdout
    told = " ".join(done.stdout.split())
    assert "raises ZeroDivisionError: division by zero (line " in told
