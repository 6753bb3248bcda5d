"""What of a graded course arrives in an LMS, by hand: `python -m tests.course.arrived OUT`.

OUT is the folder of `grade batch`, that of `python -m tests.arrivals` for instance. Its marks in
ex9 go into a worksheet of Moodle's and a gradebook of Canvas's, and are pushed to the stand-ins of
both: the push is killed in the middle, while an answer is on its way, and started again until
nothing is left. Then it is counted who has which score, and how often each was sent.
"""

import csv
import io
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from grader.course.marks import Mark, marks_in
from tests.course.faults.fault import Ran, ran
from tests.course.push.canvas_lms import Canvas
from tests.course.push.moodle_lms import Moodle
from tests.course.push.stand_in import TOKEN, Asked, Reply, Server, serving

EX9: Final = ("--exercise", "ex9")
WORKSHEET: Final = (
    *("Identifier", "Full name", "Email address", "Status", "Grade", "Maximum grade"),
    *("Grade can be changed", "Last modified (submission)", "Last modified (grade)"),
    "Feedback comments",
)
GRADEBOOK: Final = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Powers (77)")
Scores = dict[str, float | None]


def table(*rows: tuple[str, ...]) -> bytes:
    """Return rows as a CSV."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def worksheet(marks: list[Mark]) -> bytes:
    """Return Moodle's worksheet of a course, in which nobody has a grade yet."""
    begin, end = ("Submitted for grading - ", "", "5.00", "Yes"), ("-", "-", "")
    people = [(f"Participant {one.student.file_id}", one.student.name, "") for one in marks]
    return table(WORKSHEET, *((*one, *begin, *end) for one in people))


def gradebook(marks: list[Mark]) -> bytes:
    """Return Canvas's gradebook of the same people, with numbers of its own."""
    points = ("    Points Possible", "", "", "", "", "5.00")
    people = [(one.student.name, str(9000 + place)) for place, one in enumerate(marks)]
    return table(GRADEBOOK, points, *((*one, "", "", "A", "") for one in people))


def filled(system: str, sheet: bytes, column: tuple[str, str, str]) -> tuple[Ran, Scores]:
    """Fill a sheet, and return what was said and the scores in it, by their student's name.

    Args:
        system: whose sheet it is.
        sheet: its bytes.
        column: the number of the column with scores, and the headers of names and of scores.
    """
    number, names, scores = column
    Path("sheet.csv").write_bytes(sheet)
    chosen = ["--column", number] if number else []
    to = ["--to", system, "--into", "sheet.csv", "--write", "-o", "new.csv"]
    found = ran("export", "out", *to, *EX9, *chosen)
    rows = csv.DictReader(io.StringIO(Path("new.csv").read_text("utf-8-sig")))
    return found, {row[names]: float(row[scores]) if row[scores] else None for row in rows}


def moodle(marks: list[Mark]) -> Moodle:
    """Return a Moodle that the course's people are in, where names and numbers say who is who."""
    server = Moodle()
    server.scores = {}
    server.users = [
        {"id": 9000 + place, "fullname": one.student.name} for place, one in enumerate(marks)
    ]
    server.numbers = {str(9000 + n): one.student.file_id for n, one in enumerate(marks)}
    return server


def canvas(marks: list[Mark]) -> Canvas:
    """Return a Canvas that the course's people are in."""
    server = Canvas()
    server.excused = set()
    server.people = tuple(
        {"id": 9000 + place, "name": one.student.name, "sortable_name": one.student.name}
        for place, one in enumerate(marks)
    )
    server.scores = {9000 + place: None for place in range(len(marks))}
    return server


def pushed(server: Server, after: int) -> Iterator[str]:
    """Push until nothing is left: yield how each run ended.

    Args:
        server: the stand-in.
        after: the first run is killed while it waits for the answer to so many changes.
    """
    system = type(server).__name__.lower()
    os.environ[f"{system.upper()}_TOKEN"] = TOKEN
    with serving(server):
        place = ["--to", system, "--url", server.url, "--course", "7", "--assignment", "9"]
        words = ["push", "out", *place, *EX9, "--comments", "--write"]
        yield f"killed with {_killed(server, words, after)}, {len(server.all_sent())} had arrived"
        for _ in range(2):
            said = ran(*words)
            yield f"status {said.status}: {said.line('sent')}".partition(" to '")[0]


def _killed(server: Server, words: list[str], after: int) -> int:
    """Return the signal that ended a push in the middle."""
    command = [sys.executable, "-m", "grader", *words]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as run:
        usual = server.answer

        def kills(asked: Asked) -> Reply:
            reply = usual(asked)
            if server.changes(asked) and len(server.all_sent()) + 1 == after:
                run.send_signal(signal.SIGKILL)
            return reply

        server.answer = kills  # type: ignore[method-assign]
        status = run.wait()
        server.answer = usual  # type: ignore[method-assign]
    return -status


def compared(marks: list[Mark], arrived: Scores) -> str:
    """Return how many have their own score, how many none, and how many another one."""
    ours = {one.student.name: one.score for one in marks}
    has = Counter(
        "another" if arrived.get(name) != score else "none" if score is None else "their own"
        for name, score in ours.items()
    )
    return f"| {has['their own']} | {has['none']} | {has['another']} |"


def main(out: Path) -> None:
    """Print a row for each way to an LMS: who has their own score there, and what was said."""
    marks = [one for one in marks_in(out) if one.exercise.endswith("/ex9")]
    print("| way | have their score | have none, as here | have another | said |")
    print("|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(out, Path(folder, "out"), ignore=shutil.ignore_patterns("submissions"))
        os.chdir(folder)
        said, scores = filled("moodle", worksheet(marks), ("", "Full name", "Grade"))
        print(f"| Moodle's worksheet {compared(marks, scores)} {said.line('written')} |")
        said, scores = filled("canvas", gradebook(marks), ("77", "Student", "Powers (77)"))
        print(f"| Canvas's gradebook {compared(marks, scores)} {said.line('written')} |")
        for server in (moodle(marks), canvas(marks)):
            Path("out", "push.jsonl").unlink(missing_ok=True)
            runs = "; ".join(pushed(server, after=len(marks) // 4))
            scores, again = there(server)
            name = type(server).__name__
            print(f"| push to {name} {compared(marks, scores)} {runs}; {again} sent again |")
        os.chdir("/")


def there(server: Server) -> tuple[Scores, int]:
    """Return the scores that a stand-in holds, and how many were sent more than once.

    Moodle's may be one: the comment of the change in doubt is written again in its own place.
    """
    if isinstance(server, Moodle):
        names = {str(one["id"]): str(one["fullname"]) for one in server.users}
        sent = Counter(one.form.get("grades[0][userid]") for one in server.all_sent())
        found: Scores = {names[user]: float(one) for user, one in server.scores.items()}
    else:
        assert isinstance(server, Canvas)
        sent = Counter(one.path for one in server.all_sent())
        found = {str(one["name"]): server.scores[one["id"]] for one in server.people}
    return found, sum(count > 1 for count in sent.values())


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
