"""What stops a submission costs the same at home and behind walls, with a kernel and without."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from grader.grading.one_submission import Launch, sandboxed
from grader.grading.request import GradeRequest
from grader.grading.stages import grade
from grader.reports.report import Report
from grader.sandbox.interpreter import Interpreter
from grader.sandbox.protocol.limits import Limits, Tier
from grader.sandbox.zygote_pool import NoWalls, ZygotePool
from grader.submissions.submission import find, packed
from tests.grading_fixtures import GradeCells
from tests.ready_grader import prepared
from tests.sandbox.engines import RIGHT
from tests.sandbox.patience import hasty

LIMITS = Limits(load_s=0.1, program_s=0.2)
CELLS = LIMITS._replace(load_s=0.2)
STOPS = {
    "os._exit": "import os\nos._exit(0)",
    "a kill of itself": "import os\nos.kill(os.getpid(), 9)",
    "a signal to itself": "import signal\nsignal.raise_signal(signal.SIGTERM)",
    "an abort": "import os\nos.abort()",
    "a segfault": "import ctypes\nctypes.string_at(0)",
    "sys.exit": "import sys\nsys.exit(3)",
    "an endless loop": "while True:\n    pass",
    "a loop that catches everything": (
        "while True:\n    try:\n        len('x')\n    except BaseException:\n        pass"
    ),
    "a loop that blocks signals": (
        "import signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, range(1, 60))\n"
        "while True:\n    pass"
    ),
    "a thread that never ends": (
        "import threading\ndef spin():\n    while True: pass\n"
        "one = threading.Thread(target=spin, daemon=True)\none.start()\none.join()"
    ),
    "prints without end": "while True: print('x' * 10000)",
    "an interrupt": "import os, signal\nos.kill(os.getpid(), signal.SIGINT)",
    "an input": "x = float(input())",
    "arguments": (
        "import argparse\nparser = argparse.ArgumentParser()\nparser.add_argument('--rate')\n"
        "parser.add_argument('path')\nargs = parser.parse_args()"
    ),
    "a missing package": "import not_there_at_all as n\nn.array([1])",
    "a missing file": "open('not_there.csv')",
    "threads": (
        "import threading\nout = []\nthreading.stack_size(64 << 20)\n"
        "some = [threading.Thread(target=out.append, args=(n,)) for n in range(4)]\n"
        "[one.start() for one in some]; [one.join() for one in some]\n"
        "assert sorted(out) == [0, 1, 2, 3]"
    ),
    "a class bound away": "Value = Value(1.0)",
    "a stub": "class Value: pass",
}
FRESH = "in a fresh interpreter"
WALLS: dict[str, Tier] = {"limits": "limits", "full": "full", "container": "container"}
LATER = "\n\nclass Other:\n    pass\n"
PASSES = (  # three cells are told of
    ("sys.exit", "an interrupt", "an input"),
    ("arguments", "a missing file", "a missing package", "threads"),
)
ELSEWHERE = ("an endless loop", "os._exit")  # `test_kernel` has them in a kernel


@pytest.fixture(scope="module")
def launches() -> Iterator[dict[str, Launch]]:
    """What starts processes behind walls of each tier, and at home in a fresh interpreter."""
    if sys.platform != "linux":
        pytest.skip("only Linux has walls")
    with ExitStack() as stack:
        made: dict[str, Launch] = {FRESH: hasty(Interpreter)}
        for tier in WALLS.values():
            try:
                pool = ZygotePool(tier, ["grader.sandbox.child.notebook"])
            except NoWalls as error:
                pytest.skip(str(error))
            stack.callback(pool.close)
            made[tier] = hasty(pool.launch)
        yield made


def graded(path: Path, way: str, launches: dict[str, Launch]) -> Report:
    tier = WALLS.get(way, "limits")
    request = GradeRequest("ex9", str(path), limits=LIMITS, walls=tier)
    submission = find(str(path), "ex9")
    inside = submission if tier == "limits" else packed(submission)
    with closing(sandboxed(inside, request, launch=launches[way])) as subject:
        exercise, options = prepared("my475/ex9")
        return grade(exercise, inside, subject, options)


def verdict(report: Report) -> tuple[object, ...]:
    return report.score, [check.outcome for check in report.checks], bool(report.by_hand)


def told(report: Report) -> list[str]:
    """Return what a report notes, up to what Python says."""
    return [note.partition(": ")[0] for note in report.notes]


@pytest.mark.parametrize("stop", STOPS)
def test_a_script_comes_out_the_same_behind_all_walls(
    tmp_path: Path, launches: dict[str, Launch], stop: str
) -> None:
    path = tmp_path / "value.py"
    path.write_text(f"{RIGHT}\n\n{STOPS[stop]}{LATER}")

    reports = {way: graded(path, way, launches) for way in (FRESH, "full", "container")}

    assert {way: verdict(one)[0] for way, one in reports.items()} == dict.fromkeys(reports, 5.0)
    assert len({one.notes[0].partition(": ")[0] for one in reports.values()}) == 1


@pytest.mark.parametrize("stop", STOPS)
def test_above_the_class_it_costs_the_same_behind_all_walls(
    tmp_path: Path, launches: dict[str, Launch], stop: str
) -> None:
    path = tmp_path / "value.py"
    above = STOPS[stop].replace("Value = Value(1.0)", "Value = float(1.0)")
    path.write_text(f"{above}\n\n{RIGHT}")

    verdicts = [verdict(graded(path, tier, launches)) for tier in WALLS]

    assert verdicts[0] == verdicts[1] == verdicts[2]


@pytest.mark.parametrize("stop", [one for one in STOPS if one not in {*sum(PASSES, ELSEWHERE)}])
def test_a_notebook_comes_out_the_same_with_a_kernel_and_without(
    grade_cells: GradeCells, stop: str
) -> None:
    cells = ["import math", RIGHT, STOPS[stop], "x = 1"]

    plain, in_a_kernel = (grade_cells(cells, limits=CELLS, kernel=one) for one in (False, True))

    assert verdict(plain) == verdict(in_a_kernel)
    assert plain.score == 5
    assert plain.notes[0].partition(": ")[0] == in_a_kernel.notes[0].partition(": ")[0]


@pytest.mark.parametrize("stops", PASSES, ids=" ".join)
def test_what_stops_a_cell_alone_stops_no_other_with_a_kernel_and_without(
    grade_cells: GradeCells, stops: tuple[str, ...]
) -> None:
    cells = ["import math", RIGHT, *(STOPS[stop] for stop in stops), "x = 1"]

    plain, in_a_kernel = (grade_cells(cells, limits=CELLS, kernel=one) for one in (False, True))

    assert verdict(plain) == verdict(in_a_kernel)
    assert plain.score == 5
    assert told(plain) == told(in_a_kernel)
    assert [one.split()[:2] for one in told(plain)][:3] == [["cell", number] for number in "345"]
