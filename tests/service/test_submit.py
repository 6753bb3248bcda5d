"""A submission is on the disk before it is answered, once, and within the rules."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from time import monotonic

import pytest
from sqlalchemy import Connection, event
from sqlalchemy.exc import OperationalError

from grader.course.batch.jobs import JobResult, plain_result
from grader.service.database.courses import course_with, exercise_in
from grader.service.database.submissions import State, submission_numbered, submissions_in
from grader.service.problems import Problem
from grader.service.submit import MOST_WAITING, HandIn, hand_in, verdict
from grader.submissions.intake.student_submission import SubmittedFile
from tests.service.running import COURSE, EXERCISE, MINUS, RIGHT, Site


def handed(
    served: Site, word: str = "ada", content: bytes = MINUS, key: str | None = None
) -> HandIn:
    course = served.read(course_with, COURSE)
    exercise = served.read(exercise_in, COURSE, EXERCISE)
    assert course is not None
    assert exercise is not None
    files = [SubmittedFile("value.py", content)]
    return HandIn(course, exercise, served.people[word].id, files, "", key)


@contextmanager
def cut_off(served: Site, *, after: int = 0) -> Iterator[None]:
    """One commit is written, and told as failed: the connection has ended before the answer."""
    commits = count()

    def commit(connection: Connection) -> None:
        if next(commits) == after:
            connection.connection.commit()
            raise OperationalError("COMMIT", None, Exception("the server has gone"))

    event.listen(served.service.database._writing, "commit", commit)
    yield


def test_what_was_told_as_failed_and_is_written_is_graded_when_it_is_sent_again(
    on_both: Site,
) -> None:
    with cut_off(on_both), pytest.raises(OperationalError):
        on_both.run(hand_in(on_both.service, handed(on_both, key="k1")))

    again = on_both.run(hand_in(on_both.service, handed(on_both, key="k1")))
    on_both.run(verdict(on_both.service, again, 20))

    (one,) = on_both.read(submissions_in, COURSE)
    assert (one.id, one.state) == (again.id, State.GRADED)


def test_what_is_sent_twice_with_one_key_is_one_submission(on_both: Site) -> None:
    first, second = (
        on_both.run(hand_in(on_both.service, handed(on_both, key="k1"))) for _ in range(2)
    )

    assert first.id == second.id
    assert len(on_both.read(submissions_in, COURSE)) == 1


def test_a_key_is_for_one_content(on_both: Site) -> None:
    on_both.run(hand_in(on_both.service, handed(on_both, key="k1")))

    with pytest.raises(Problem, match="was used for another submission"):
        on_both.run(hand_in(on_both.service, handed(on_both, content=RIGHT, key="k1")))


def test_two_people_may_use_one_key(on_both: Site) -> None:
    for word in ("ada", "bob"):
        on_both.run(hand_in(on_both.service, handed(on_both, word, key="k1")))

    assert len(on_both.read(submissions_in, COURSE)) == 2


def test_who_uses_much_time_is_told_when_to_come_again(served: Site) -> None:
    served.service.dispatcher.budget.spend(served.people["ada"].id, 1000.0, monotonic())

    with pytest.raises(Problem, match="have used much time lately") as refused:
        served.run(hand_in(served.service, handed(served)))

    assert refused.value.status == 429
    assert 4000 < refused.value.retry_s < 4200
    assert served.run(hand_in(served.service, handed(served, "bob")))


def test_who_has_much_waiting_is_told_when_to_come_again(served: Site) -> None:
    served.run(served.service.dispatcher.drain(5))
    for number in range(MOST_WAITING):
        served.run(hand_in(served.service, handed(served, content=b"#%d" % number)))

    with pytest.raises(Problem, match="8 of your submissions wait already") as refused:
        served.run(hand_in(served.service, handed(served, content=b"# one more")))

    assert (refused.value.status, refused.value.retry_s) == (429, 15)
    assert served.run(hand_in(served.service, handed(served, "bob"))).is_waiting


def test_what_the_grader_failed_on_is_graded_when_it_is_sent_again(on_both: Site) -> None:
    on_both.worker.says = lambda _job: plain_result(JobResult(problem="we broke", ours=True))
    first = on_both.run(hand_in(on_both.service, handed(on_both, key="k1")))
    on_both.run(verdict(on_both.service, first, 5))
    first = on_both.read(submission_numbered, first.number) or first
    on_both.worker.says = on_both.worker.usual

    second = on_both.run(hand_in(on_both.service, handed(on_both, key="k1")))
    on_both.run(verdict(on_both.service, second, 5))
    second = on_both.read(submission_numbered, second.number) or second

    assert (first.state, second.state) == (State.OURS, State.GRADED)
    assert first.id == second.id
