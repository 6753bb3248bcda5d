"""Whatever comes in and whatever breaks: a clear page or problem+json, and nothing is lost."""

import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection

from grader.service.database.courses import CourseExercise, change_exercise
from grader.service.database.submissions import submissions_in
from tests.service.running import COURSE, EXERCISE, MINUS, RIGHT, Site, site

HERE = f"/courses/{COURSE}"
EX9 = f"{HERE}/exercises/{EXERCISE}"
V1 = f"/v1{EX9}/submissions"
PROBLEM = "application/problem+json"
MEGABYTE = 1 << 20


def problem(served: Site, token: dict[str, str], status: int, says: str, content: bytes) -> None:
    """A program is told what is wrong."""
    answer = served.ask("", "POST", V1, content=content, headers=token)
    assert (answer.status_code, answer.headers["content-type"]) == (status, PROBLEM)
    assert says in answer.json()["detail"]


def page(served: Site, status: int, says: str, content: bytes = MINUS) -> None:
    """A person is told so, too."""
    answer = served.post("ada", EX9, files={"file": ("value.py", content)})
    assert answer.status_code == status
    assert says in answer.text


def test_an_empty_file_is_told_and_no_attempt(served: Site) -> None:
    page(served, 422, "The file is empty", b"")
    problem(served, served.token("ada", "submit"), 422, "The file is empty", b"")

    assert served.read(submissions_in, COURSE) == []


def test_of_a_gigabyte_no_more_is_read_than_may_be(served: Site) -> None:
    pieces = []

    async def gigabyte() -> AsyncIterator[bytes]:
        for _ in range(1024):
            pieces.append(1)
            yield bytes(MEGABYTE)

    answer = served.ask("", "POST", V1, content=gigabyte(), headers=served.token("ada", "submit"))

    assert answer.status_code == 413
    assert answer.json()["detail"] == "This is more than 6 MB."
    assert len(pieces) < 16


def test_a_gigabyte_that_is_announced_is_not_read_at_all(served: Site) -> None:
    headers = {**served.token("ada", "submit"), "content-length": str(1 << 30)}

    answer = served.ask("", "POST", V1, content=b"x", headers=headers)

    assert answer.status_code == 413


@pytest.mark.parametrize(
    "name", ["my475/ex999", "nothing/ex9", "my475/..", "my475/%00", "sri/value"]
)
def test_an_exercise_that_the_course_has_not_is_nothing(served: Site, name: str) -> None:
    path = f"{HERE}/exercises/{name}"

    assert served.get("ada", path).status_code == 404
    answer = served.ask(
        "", "POST", f"/v1{path}/submissions", content=MINUS, headers=served.token("ada", "submit")
    )
    assert answer.status_code == 404
    assert served.read(submissions_in, COURSE) == []


def test_after_the_deadline_work_is_taken_and_told_late(on_both: Site) -> None:
    due = on_both.service.now() - 86_400.0 * 2.5
    late = CourseExercise(EXERCISE, due, per_day=10.0)
    on_both.write(change_exercise, COURSE, late)

    path = on_both.hand_in("ada", RIGHT)

    assert "3.5 of 5 points" in on_both.get("ada", path).text
    assert "late" in on_both.get("tom", f"{HERE}/people").text


@contextmanager
def locked(served: Site) -> Iterator[None]:
    """Another process writes to the database, and does not end."""
    served.service.database.later(_is_impatient).result(600)
    other = sqlite3.connect(str(served.service.settings.database.database))
    other.execute("BEGIN IMMEDIATE")
    yield
    other.rollback()
    other.close()


def _is_impatient(connection: Connection) -> None:
    connection.exec_driver_sql("PRAGMA busy_timeout=50")


def test_a_database_that_is_locked_says_come_again_and_then_takes_it(served: Site) -> None:
    token = served.token("ada", "submit")
    with locked(served):
        page(
            served, 503, "The database does not answer; nothing that was handed in before is lost."
        )
        problem(served, token, 503, "The database does not answer", MINUS)
        assert served.get("ada", EX9).status_code == 200  # what is read is read

    assert "3 of 5 points" in served.get("ada", served.hand_in("ada")).text
    assert len(served.read(submissions_in, COURSE)) == 1


def test_a_database_that_is_full_loses_nothing_that_it_took(served: Site) -> None:
    before = served.hand_in("ada")

    def fill(connection: Connection) -> None:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")

    served.service.database.later(fill).result(600)
    # What does not pack: the free pages of the file have no room for it.
    noise = "".join(f"# {number**7 % 1_000_003:x}\n" for number in range(40_000)).encode()
    page(served, 503, "The database does not answer", MINUS + noise)
    assert "3 of 5 points" in served.get("ada", before).text
    served.service.database.later(
        lambda one: one.exec_driver_sql("PRAGMA max_page_count=1000000").scalar()
    ).result(600)

    assert "3 of 5 points" in served.get("ada", served.hand_in("ada", MINUS + noise)).text
    assert len(served.read(submissions_in, COURSE)) == 2


def test_a_clock_that_jumps_changes_no_order_and_lets_nobody_stay_for_ever(tmp_path: Path) -> None:
    hours = [500_000.0]
    with site(tmp_path, clock=lambda: hours[0] * 3600) as served:
        first = served.hand_in("ada")
        hours[0] -= 24 * 365
        second = served.hand_in("ada", RIGHT)

        assert "5 of 5 points" in served.get("ada", EX9).text  # the newest came last
        assert "Another attempt counts" in served.get("ada", first).text
        assert served.get("ada", second).status_code == 200

        hours[0] += 24 * 365 * 2
        assert served.get("ada", second).status_code == 401  # the session is over
        served.come_back()
        assert "5 of 5 points" in served.get("ada", EX9).text
