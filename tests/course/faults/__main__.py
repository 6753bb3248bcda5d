"""Try each fault anew, and print the table: `python -m tests.course.faults [NAME…]`."""

import contextlib
import re
import sys
import tempfile
from collections.abc import Iterator

from tests.course.faults.canvas_gradebook import CANVASS_GRADEBOOK
from tests.course.faults.canvas_push import PUSH_TO_CANVAS
from tests.course.faults.fault import Fault
from tests.course.faults.intake import INTAKE
from tests.course.faults.moodle_push import PUSH_TO_MOODLE
from tests.course.faults.moodle_worksheet import MOODLES_WORKSHEET

ALL = (
    *(*PUSH_TO_MOODLE, *MOODLES_WORKSHEET, *PUSH_TO_CANVAS),
    *(*CANVASS_GRADEBOOK, *INTAKE),
)
MOST_SAID = 120


def place(fault: Fault) -> tuple[bool, bool, int, str]:
    """Return where a fault stands in the table: Moodle's, Canvas's, and the others."""
    number = int(next(iter(re.findall(r"\d+", fault.name))))
    return "Moodle" not in fault.name, "Canvas" not in fault.name, number, fault.name


def row(fault: Fault) -> tuple[bool, str]:
    """Return whether a fault is mended, and its row of the table."""
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        try:
            right, says = fault.has_test(), fault.trial()
        except Exception as error:  # the table goes on, whatever one of them does
            right, says = False, f"{type(error).__name__}: {error}"
    if not right and not fault.has_test():
        says = f"no test is called {fault.test}"
    says = " ".join(re.sub(r" at http://[\d.:]+", "", says).split()).replace("|", "\\|")[
        : MOST_SAID if right else 3000
    ]
    return right, f"| {fault.name} | {fault.before} | {'right' if right else 'WRONG'} | {says} |"


def chosen(names: list[str]) -> Iterator[Fault]:
    """Yield the faults whose names begin with one of these; all where none is named."""
    for fault in sorted(ALL, key=place):
        if not names or fault.name.startswith(tuple(names)):
            yield fault


def main(names: list[str]) -> int:
    """Return the exit status: 1 where a fault is there."""
    print("| fault | before | now | what is said or done |\n|---|---|---|---|")
    rights = []
    for fault in chosen(names):
        right, line = row(fault)
        rights.append(right)
        print(line, flush=True)
    print(f"\n{sum(rights)} of {len(rights)} are right")
    return int(not all(rights))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
