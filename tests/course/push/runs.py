"""A course's folder, `grade push` on it, and what its log then says."""

import json
from pathlib import Path

from grader.cli.main import run
from grader.course.marks import FILE, Mark, line_of
from grader.course.push.log import FILE as LOG
from grader.submissions.student import Student
from tests.course.push.stand_in import Server

ANT = Student("ant", "Alice Ant", "alice")
BEE = Student("bee", "Zoë Bee", "s2")
CAT = Student("cat", "Cy Cat", email="cy@x.org")
DOG = Student("dog", "Dan Dog")
ELK = Student("elk", "Eve Elk", "eve")


def course(*marks: Mark) -> None:
    """Write what `grade batch` would."""
    Path("out").mkdir(exist_ok=True)
    Path("out", FILE).write_text("".join(f"{line_of(one)}\n" for one in marks), encoding="utf-8")


def push(server: Server, system: str, *words: str) -> int:
    """Return the exit status of `grade push`."""
    place = ["--to", system, "--url", server.url, "--course", "7", "--assignment", "9"]
    return run(["push", "out", *place, *words])


def log_lines(*states: str) -> list[dict[str, object]]:
    """Return the log's lines in one of these states; all of them where none is named."""
    lines = [json.loads(line) for line in Path("out", LOG).read_text("utf-8").splitlines()]
    return [line for line in lines if not states or line["state"] in states]


def shaped(*marks: Mark) -> None:
    """Write what `grade batch` would of Canvas's own zip."""
    course(*marks)
    told = {"schema": "grade/batch/1", "shape": "Canvas's submissions: 1 student, 1 file"}
    Path("out", "batch.json").write_text(json.dumps(told), encoding="utf-8")
