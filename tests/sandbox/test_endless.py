"""Code that does not come to an end, takes all memory or prints for ever."""

import os
import re
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from subprocess import Popen
from time import sleep
from typing import Any

import pytest

from grader.grading.one_submission import grade_exercise
from grader.grading.request import GradeRequest
from grader.sandbox.meter import Meter
from grader.sandbox.protocol.limits import Tier
from grader.sandbox.zygote_pool import NoWalls
from tests.grading_fixtures import GradeSource
from tests.sandbox.engines import SHORT, after, before, failures, inside, line_of, messages

LOOP = "while True: pass"
SWALLOWS = """
def busy():
    while True:
        try:
            sum(range(1000))
        except BaseException:
            pass
busy()
"""
CATCHES = {
    "in a function": SWALLOWS,
    "at the top": "while True:\n    try: sum(range(1000))\n    except: pass",
    "a loop within": "while True:\n    try:\n        while True: pass\n    except: pass",
    "twice": """
        def once():
            while True:
                try: sum(range(1000))
                except: pass
        while True:
            try: once()
            except BaseException as error: print("again", error)
        """,
    "and cleans up": """
        def clean():
            for _ in range(10**9): pass
        while True:
            try: sum(range(1000))
            except: clean()
            finally: clean()
        """,
    "where a name is let go": """
        class Slow:
            def __del__(self):
                while True: pass
        while True:
            try: Slow()
            except: pass
        """,
    "reading what nobody says": "while True:\n    try: x = float(input())\n    except: continue",
}
IGNORES = """
import signal
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM, signal.SIGPROF})
while True: pass
"""
STOPS = "import os, signal; os.kill(os.getpid(), signal.SIGSTOP)"
TAKES_BACK = "import signal; signal.setitimer(signal.ITIMER_REAL, 0); signal.pause()"
UNINTERRUPTED = {
    "ignores the alarm": IGNORES,
    "takes the alarm back": TAKES_BACK,
}
every_hard_one = pytest.mark.parametrize(
    "code", UNINTERRUPTED.values(), ids=[name.replace(" ", "-") for name in UNINTERRUPTED]
)
LITTLE = SHORT._replace(load_s=5.0, program_s=5.0, memory_mb=40)
EATS = "held = []\nwhile True: held.append(bytearray(10**6))"
NIBBLES = "held = []\nwhile True: held.append([])"
SLOW = "stopped after 0.1 s of CPU"
WAITS = "0.6 s, most of which it waited"
PRINTS = "while True: print('x' * 10000)"


@contextmanager
def crowd(others: int) -> Iterator[None]:
    """Keep to one processor, which so many others want all the time."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    try:
        with ExitStack() as busy:
            for _ in range(others):
                one = busy.enter_context(Popen([sys.executable, "-c", LOOP]))
                busy.callback(one.kill)
            yield
    finally:
        os.sched_setaffinity(0, before)


def megabytes_used(text: str) -> int:
    """What a report says that a submission had used of its 40 MB."""
    found = re.search(r"used (\d+) MB of 40", text)
    assert found, text
    return int(found[1])


def test_a_loop_above_the_class_leaves_nothing_to_grade(grade_source: GradeSource) -> None:
    report = grade_source(before(LOOP), limits=SHORT)

    assert report.score == 0
    assert messages(report) == [
        "value.py did not come to an end: stopped after 0.2 s of CPU (line 1: `while True: pass`)"
    ]


def test_a_loop_below_the_class_costs_the_class_nothing(grade_source: GradeSource) -> None:
    source = after(LOOP)

    report = grade_source(source, limits=SHORT)

    line = line_of(source, LOOP)
    assert report.passed
    assert report.notes[0] == (
        "value.py did not come to an end: stopped after 0.2 s of CPU"
        f" (line {line}: `while True: pass`); what it had defined by then was graded"
    )


def test_a_loop_in_backward_costs_what_needs_backward(grade_source: GradeSource) -> None:
    source = inside("backward", LOOP)

    report = grade_source(source, limits=SHORT)

    place = f"(value.py, line {line_of(source, LOOP)})"
    assert report.score == 2
    assert messages(report) == [
        f"`d.backward()` did not come to an end: {SLOW} {place}",
        f"`square.backward()` did not come to an end: {SLOW} {place}",
    ]


def test_a_loop_in_the_constructor_costs_everything(grade_source: GradeSource) -> None:
    report = grade_source(inside("__init__", LOOP), "ex3", limits=SHORT)

    assert report.score == 0
    assert messages(report)[0] == (
        "`a = Value(2.0)` did not come to an end: stopped after 0.1 s of CPU (value.py, line 3)"
    )


def test_a_loop_that_catches_everything_once_is_interrupted_again(
    grade_source: GradeSource,
) -> None:
    once = "for _ in range(2):\n    try:\n        while True: len('x')\n    except: pass"
    source = inside("backward", once + "\nself.grad = 1")

    report = grade_source(source + "\n\nwhile True: pass\n", limits=SHORT)

    assert report.score == 2


@every_hard_one
def test_a_script_that_cannot_be_interrupted_is_ended_from_outside(
    grade_afresh: GradeSource, code: str
) -> None:
    report = grade_afresh(after(code), limits=SHORT)

    how = WAITS if code == TAKES_BACK else "0.2 s of CPU"
    assert report.passed
    assert report.notes[0].startswith(f"value.py did not come to an end: stopped after {how} (line")
    assert report.notes[0].endswith("; what it had defined by then was graded")


def test_a_script_that_stops_its_process_is_ended_at_once(grade_afresh: GradeSource) -> None:
    report = grade_afresh(after(STOPS), limits=SHORT)

    assert report.passed
    assert "its process was ended by SIGSTOP (line" in report.notes[0]


@pytest.mark.parametrize("code", CATCHES.values(), ids=[name.replace(" ", "-") for name in CATCHES])
def test_a_loop_that_catches_every_interruption_costs_the_class_nothing(
    grade_source: GradeSource, code: str
) -> None:
    report = grade_source(after(code), limits=SHORT)

    assert report.passed
    assert re.fullmatch(
        r"value\.py did not come to an end: stopped after 0\.2 s of CPU \(line \d+: `.*`\);"
        r" what it had defined by then was graded",
        report.notes[0],
    )


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells who is in the queue")
@pytest.mark.parametrize(("code", "says"), [(LOOP, "0.1 s of CPU"), (SWALLOWS, "0.1 s of CPU")])
def test_where_others_take_the_processor_it_is_not_said_to_have_waited(
    grade_source: GradeSource, code: str, says: str
) -> None:
    with crowd(5):
        report = grade_source(after(code), limits=SHORT._replace(load_s=0.1))

    assert report.passed
    assert f"stopped after {says} (line " in report.notes[0]


CAUGHT = "try:\n    while True: pass\nexcept: pass\n"


@pytest.mark.parametrize("below", ["Value.__add__ = None", "raise ValueError", "exit()"])
def test_nothing_below_a_loop_that_catches_the_interruption_runs(
    grade_source: GradeSource, below: str
) -> None:
    report = grade_source(after(CAUGHT + below), limits=SHORT)

    assert report.passed
    assert "value.py did not come to an end: stopped after 0.2 s of CPU (line" in report.notes[0]


@pytest.mark.parametrize("then", ["", "raise ValueError", "return"])
def test_a_method_that_catches_the_interruption_and_ends_has_not_ended_in_time(
    grade_source: GradeSource, then: str
) -> None:
    report = grade_source(inside("backward", CAUGHT + then), limits=SHORT)

    assert report.score == 2
    assert all(f"did not come to an end: {SLOW}" in said for said in messages(report))


def test_one_that_waits_and_catches_the_interruption_is_told_that_it_waited(
    grade_source: GradeSource,
) -> None:
    waits = "import time\nwhile True:\n    try: time.sleep(60)\n    except: pass"

    report = grade_source(after(waits), limits=SHORT)

    assert report.passed
    assert f"stopped after {WAITS} (line " in report.notes[0]


@pytest.mark.parametrize("code", [SWALLOWS, CATCHES["twice"]], ids=["once", "twice"])
def test_a_backward_that_catches_the_interruption_costs_what_needs_backward(
    grade_source: GradeSource, code: str
) -> None:
    report = grade_source(inside("backward", code), limits=SHORT)

    assert report.score == 2
    for method, said in zip(("d", "square"), messages(report), strict=False):
        place = r"\(value\.py, line \d+\)"
        told = rf"`{method}\.backward\(\)` did not come to an end: {re.escape(SLOW)} {place}"
        assert re.fullmatch(told, said)


def test_a_backward_that_cannot_be_interrupted_costs_what_needs_backward(
    grade_afresh: GradeSource,
) -> None:
    report = grade_afresh(inside("backward", IGNORES), limits=SHORT)

    assert report.score == 2
    assert messages(report)[0] == f"the program below did not come to an end: {SLOW}"


def test_a_computation_without_end_is_ended_by_the_cpu_limit(grade_afresh: GradeSource) -> None:
    report = grade_afresh(after(IGNORES), limits=SHORT._replace(load_s=10.0, cpu_s=1))

    assert report.passed
    assert report.notes[0].startswith("value.py did not come to an end: stopped after 1 s of CPU (")


def eaten(code: str) -> str:
    return after(f"def eat():\n    held = []\n    {code.splitlines()[1]}\neat()")


@pytest.mark.parametrize("code", [EATS, NIBBLES], ids=["large pieces", "small pieces"])
def test_a_script_that_eats_all_memory_is_still_described(
    grade_source: GradeSource, code: str
) -> None:
    report = grade_source(eaten(code), limits=LITTLE)

    assert report.passed
    assert report.notes[0].startswith("value.py raises MemoryError: used ")
    assert 20 < megabytes_used(report.notes[0]) <= 40
    assert report.notes[0].endswith("; the rest was graded")


@pytest.mark.parametrize("walls", ["limits", "full", "container"])
def test_what_it_has_used_is_told_however_late_anybody_looks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, walls: Tier
) -> None:
    class LateMeter(Meter):
        def __init__(self, *given: Any) -> None:
            sleep(0.3 * (len(given) > 1))  # it is ready, and goes on
            super().__init__(*given)

    monkeypatch.setattr("grader.sandbox.submission_run.Meter", LateMeter)
    file = tmp_path / "value.py"
    file.write_text(eaten(EATS), encoding="utf-8")
    try:
        report = grade_exercise(
            GradeRequest("ex9", str(file), limits=LITTLE, walls=walls), None
        ).report
    except NoWalls as error:
        pytest.skip(str(error))

    assert 20 < megabytes_used(report.notes[0]) <= 40


def test_a_method_that_eats_all_memory_raises_where_it_does(grade_source: GradeSource) -> None:
    source = inside("backward", EATS)

    report = grade_source(source, limits=LITTLE)

    line = line_of(source, "bytearray")
    assert report.score == 2
    first = messages(report)[0]
    assert first.startswith("`d.backward()` raises MemoryError: used ")
    assert first.endswith(f" MB of 40 and asked for more (value.py, line {line})")
    assert 20 < megabytes_used(first) <= 40


def test_printing_without_end_above_the_class_leaves_nothing(grade_source: GradeSource) -> None:
    report = grade_source(before(PRINTS))

    assert report.score == 0
    assert messages(report) == [
        "value.py printed without end: stopped after 1024 kB"
        " (line 1: `while True: print('x' * 10000)`)"
    ]


def test_printing_without_end_in_a_method_is_stopped_there(grade_source: GradeSource) -> None:
    source = inside("backward", PRINTS)

    report = grade_source(source)

    line = line_of(source, "print")
    assert report.score == 2
    assert messages(report)[0] == (
        f"`d.backward()` printed without end: stopped after 1024 kB (value.py, line {line})"
    )


def test_printing_past_every_descriptor_reaches_nobody(
    grade_afresh: GradeSource, capfd: pytest.CaptureFixture[str]
) -> None:
    code = """
        import os, sys
        for descriptor in (1, 2):
            os.write(descriptor, b"from the submission")
        sys.__stdout__.write("from the submission")
        os.system("echo from the submission")
    """

    report = grade_afresh(after(code))

    assert report.passed
    assert capfd.readouterr() == ("", "")


def test_a_little_printing_is_nobody_s_business(grade_source: GradeSource) -> None:
    report = grade_source(inside("__add__", "print('adding', self, other)"))

    assert report.passed


def test_a_repr_that_shows_the_whole_graph_is_stopped(grade_source: GradeSource) -> None:
    source = inside("__repr__", "for _ in range(77): print('x' * 1_000_000)")

    report = grade_source(source, "ex1")

    assert report.score == 1
    assert messages(report) == [
        "`repr(a)` printed without end: stopped after 1024 kB (value.py, line 10)"
    ]


def test_a_repr_of_77_megabytes_is_cut_and_read(grade_source: GradeSource) -> None:
    source = inside("__repr__", "return 'Value(' + str(self.data) + ')' + 'x' * 77_000_000")

    report = grade_source(source, "ex1")

    assert report.passed


def test_recursion_for_ever_is_named(grade_source: GradeSource) -> None:
    source = inside("__neg__", "return -self")

    report = grade_source(source)

    said = failures(report)[0].message
    assert said.startswith("`err = y_pred - y` raises RecursionError: maximum recursion depth")
    assert said.endswith(f"(value.py, line {line_of(source, 'return -self')})")


def test_recursion_without_python_s_limit_ends_with_the_memory(grade_afresh: GradeSource) -> None:
    code = "import sys\nsys.setrecursionlimit(10**9)\ndef down(): down()\ndown()"

    report = grade_afresh(inside("backward", code), limits=SHORT._replace(memory_mb=20))

    assert report.score == 2
    assert {check.id for check in failures(report)} == {"minus_gradients", "power_gradients"}


def test_a_slow_demo_that_ends_is_waited_for(grade_source: GradeSource) -> None:
    report = grade_source(after("import time\ntime.sleep(0.3)\nprint('done')"))

    assert report.passed
    assert not [note for note in report.notes if "value.py" in note]


def test_one_program_that_needs_ages_does_not_take_the_others_with_it(
    grade_source: GradeSource,
) -> None:
    source = inside("__sub__", "while self.data == 5.0: pass")

    report = grade_source(source, limits=SHORT)

    assert [check.id for check in failures(report)] == ["minus_gradients"]
    assert report.score == 3
