"""Whoever runs the service sees how it is, and makes courses, backups and room."""

from pathlib import Path

import pytest

from grader.service.database.audit import entries_about
from grader.service.database.courses import course_with, exercises_in
from grader.service.database.submissions import content_of, submissions_in
from tests.service.running import COURSE, EXERCISE, Site, site


def test_the_page_says_how_the_service_is(served: Site) -> None:
    served.hand_in("ada")

    page = served.get("root", "/admin").text

    assert "let in nobody but yourself" in page  # without walls
    assert "graded 1" in page
    assert "Machine learning" in page


def test_a_course_is_made_of_tracks_and_exercises(on_both: Site) -> None:
    said = {"name": "ml-27", "title": "Next", "exercises": "my475/ex9, sri", "counts": "best"}

    made = on_both.post("root", "/admin/courses", data=said)

    assert made.headers["location"] == "/courses/ml-27/people"
    course = on_both.read(course_with, "ml-27")
    assert course is not None
    assert (course.title, course.counts) == ("Next", "best")
    assert len(on_both.read(exercises_in, "ml-27")) == 6
    assert [one.action for one in on_both.read(entries_about)] == ["make course"]


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ({"name": "ml", "exercises": "ex9"}, "there is a course"),
        ({"name": "M L", "exercises": "ex9"}, "is no name for a course"),
        ({"name": "new", "exercises": "ex999"}, "no exercise named"),
        ({"name": "new"}, "No exercises were named"),
    ],
)
def test_a_course_that_cannot_be_is_told(served: Site, said: dict[str, str], says: str) -> None:
    answer = served.post("root", "/admin/courses", data=said)

    assert answer.status_code == 422
    assert says in answer.text
    assert served.read(course_with, "new") is None


def test_a_token_of_anybodys_is_revoked(on_both: Site) -> None:
    header = on_both.token("ada", "read")
    page = on_both.get("root", "/admin").text
    path = page.partition('action="/admin/tokens/')[2].partition('"')[0]

    assert on_both.ask("", "GET", "/v1/me", headers=header).status_code == 200
    assert on_both.post("root", f"/admin/tokens/{path}").status_code == 303

    assert on_both.ask("", "GET", "/v1/me", headers=header).status_code == 401
    assert on_both.post("root", f"/admin/tokens/{path}").status_code == 409


def test_a_backup_is_a_whole_service(served: Site, tmp_path: Path) -> None:
    path = served.hand_in("ada")

    sent = served.post("root", "/admin/backup")

    assert "attachment" in sent.headers["content-disposition"]
    other = tmp_path / "other"
    other.mkdir()
    (other / "copy.sqlite3").write_bytes(sent.content)
    url = served.service.settings.database.set(database=str(other / "copy.sqlite3"))
    with site(other, url, again=True) as copy:
        copy.people, copy.secrets = served.people, served.secrets
        copy.come_back()
        assert "3 of 5 points" in copy.get("ada", path).text


def test_old_work_is_removed_and_marks_stay(served: Site) -> None:
    path = served.hand_in("ada")
    later = served.service._replace(now=lambda: served.service.now() + 10 * 86_400.0)
    again = type(served)(later, served._loop, served.worker)
    again.people, again.secrets = served.people, served.secrets
    again.come_back()

    assert again.post("root", "/admin/retention", data={"days": "9"}).status_code == 303

    (one,) = again.read(submissions_in, COURSE)
    assert again.read(content_of, one.content).files == {}
    assert "The files have been removed" in again.get("ada", path).text
    assert "3 of 5 points" in again.get("ada", f"/courses/{COURSE}/exercises/{EXERCISE}").text
