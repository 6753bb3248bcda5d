"""A regrade changes nothing until it is published, keeps what people said, and can be undone."""

import re

import pytest

from grader.course.batch.jobs import JobResult, plain_result
from grader.service.database.audit import entries_about
from grader.service.database.courses import course_with
from grader.service.database.marks import marks_in
from grader.service.database.regrades import Regrade, RegradeState, begin_regrade, regrades_in
from tests.service.running import COURSE, EXERCISE, RIGHT, Site, report

HERE = f"/courses/{COURSE}"
WHY = "the check of the minus was wrong"


def scores(served: Site) -> dict[str, float | None]:
    course = served.read(course_with, COURSE)
    assert course is not None
    marks = [one.mark for one in served.read(marks_in, course, {})]
    return {mark.student.name: mark.score for mark in marks}


def again(served: Site, sample: str = "right") -> str:
    """Begin a regrade after the grader has changed its mind, and return its page."""
    served.worker.says = lambda _job: plain_result(JobResult((report(sample),)))
    answer = served.post("tom", f"{HERE}/regrades", data={"exercise": EXERCISE, "comment": WHY})
    path = str(answer.headers["location"])
    regrade = path.rpartition("/")[2]
    for number in (1, 2):
        served.run(served.service.dispatcher.lanes.wait((regrade, number), 5))
    return path


@pytest.fixture
def graded(on_both: Site) -> Site:
    on_both.hand_in("ada")
    on_both.hand_in("bob", RIGHT)
    return on_both


def test_a_regrade_is_seen_before_it_counts_and_can_be_taken_back(graded: Site) -> None:
    path = again(graded)
    page = graded.get("tom", path).text
    before = scores(graded)
    assert graded.post("ida", f"{path}/publish").status_code == 303
    published = scores(graded)
    assert graded.post("ida", f"{path}/undo").status_code == 303

    assert "1 of 2 marks would change" in page
    assert re.search(
        r">Ada</a></th>\s*<td class=\"number\">3</td><td class=\"number\">5</td>", page
    )
    assert before == scores(graded) == {"Ada": 3.0, "Bob": 5.0}
    assert published == {"Ada": 5.0, "Bob": 5.0}


def test_whose_mark_changed_reads_why(graded: Site) -> None:
    path = again(graded)
    graded.post("ida", f"{path}/publish")
    graded.post("ida", f"{path}/undo")

    log = graded.read(entries_about, person_id=graded.people["ada"].id)

    assert [(entry.action, entry.says) for entry in log] == [
        ("undo regrade", f"5 → 3 points: {WHY}"),
        ("publish regrade", f"3 → 5 points: {WHY}"),
    ]
    assert graded.read(entries_about, person_id=graded.people["bob"].id) == []


def test_what_a_person_said_survives(graded: Site) -> None:
    said = {"exercise": EXERCISE, "score": "4", "comment": "a slip"}
    graded.post("tom", f"{HERE}/people/{graded.people['ada'].id}/overrides", data=said)

    path = again(graded)
    graded.post("ida", f"{path}/publish")

    assert "No mark changes" in graded.get("tom", path).text or scores(graded)["Ada"] == 4.0
    assert scores(graded)["Ada"] == 4.0


def test_what_is_handed_in_meanwhile_is_not_touched(graded: Site) -> None:
    path = again(graded)
    graded.worker.says = graded.worker.usual
    graded.hand_in("ada", b"# newer")

    graded.post("ida", f"{path}/publish")

    assert scores(graded)["Ada"] == 3.0


def test_a_failure_of_ours_takes_no_mark_away(graded: Site) -> None:
    graded.worker.says = lambda _job: plain_result(JobResult(problem="we broke", ours=True))
    answer = graded.post("tom", f"{HERE}/regrades", data={"exercise": EXERCISE, "comment": WHY})
    path = str(answer.headers["location"])
    for number in (1, 2):
        graded.run(graded.service.dispatcher.lanes.wait((path.rpartition("/")[2], number), 5))

    assert graded.post("ida", f"{path}/publish").status_code == 303
    assert scores(graded) == {"Ada": 3.0, "Bob": 5.0}


def test_what_is_not_ready_or_counts_already_is_not_published(graded: Site) -> None:
    path = again(graded)
    assert graded.post("ida", f"{path}/undo").status_code == 409
    assert graded.post("ida", f"{path}/publish").status_code == 303
    assert graded.post("ida", f"{path}/publish").status_code == 409
    assert graded.post("tom", f"{path}/drop").status_code == 409


def test_what_is_dropped_never_counts(graded: Site) -> None:
    path = again(graded)

    assert graded.post("tom", f"{path}/drop").status_code == 303

    assert graded.post("ida", f"{path}/publish").status_code == 409
    assert scores(graded) == {"Ada": 3.0, "Bob": 5.0}


def test_a_regrade_asks_for_a_reason_and_an_exercise(served: Site) -> None:
    for sent in ({"exercise": EXERCISE}, {"comment": WHY}, {"exercise": "a/b", "comment": WHY}):
        assert served.post("tom", f"{HERE}/regrades", data=sent).status_code == 422


def test_the_newest_regrade_comes_first_whatever_the_clock_says(graded: Site) -> None:
    course = graded.read(course_with, COURSE)
    assert course is not None
    for comment, at in [("first", 2000.0), ("second", 3000.0), ("third", 1000.0)]:
        blank = Regrade("", course.id, EXERCISE, RegradeState.RUNNING, comment, None, at)
        graded.write(begin_regrade, blank)

    found = graded.read(regrades_in, course.id)

    assert [one.comment for one in found] == ["third", "second", "first"]
