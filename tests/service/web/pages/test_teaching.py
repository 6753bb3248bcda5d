"""Who teaches sees the class, finds who has what, and has the marks as a table."""

import csv
import re
from io import StringIO

import pytest

from grader.course.batch.jobs import JobResult, plain_result
from grader.errors import BrokenExercise
from grader.service.database.people import Role
from tests.service.running import COURSE, EXERCISE, RIGHT, Site

CLASS = f"/courses/{COURSE}/people"


@pytest.fixture
def handed(served: Site) -> Site:
    served.hand_in("ada")
    served.hand_in("bob", RIGHT)
    return served


def names_in(page: str) -> list[str]:
    rows = page.partition("<tbody>")[2].partition("</tbody>")[0].split("<tr>")[1:]
    return [row.partition('">')[2].partition("</a>")[0].rpartition(">")[2] for row in rows]


def test_a_class_is_everyone_with_their_points(handed: Site) -> None:
    page = handed.get("tom", CLASS).text

    assert names_in(page) == ["Ada", "Bob", "Ida", "Tom"]
    assert "instructor" in page


def test_each_row_of_a_class_has_a_cell_below_each_heading(handed: Site) -> None:
    page = handed.get("tom", CLASS).text

    head, _, body = page.partition("<thead>")[2].partition("</thead>")
    rows = body.partition("</tbody>")[0].split("<tr>")[1:]
    cells = {row.count("<th ") + row.count("<td") for row in rows}
    assert cells == {head.count("<th ")} == {4}  # for the other exercise nobody has handed in


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("sort=total", ["Ida", "Tom", "Ada", "Bob"]),
        ("sort=-total", ["Bob", "Ada", "Tom", "Ida"]),
        (f"sort=-{EXERCISE}", ["Bob", "Ada", "Tom", "Ida"]),
        ("q=BO", ["Bob"]),
        ("q=uni.example&sort=name", ["Ada", "Bob", "Ida", "Tom"]),
        ("q=nobody", []),
        ("sort=nothing", ["Ada", "Bob", "Ida", "Tom"]),
    ],
)
def test_a_class_is_sorted_and_searched_without_a_script(
    handed: Site, query: str, names: list[str]
) -> None:
    assert names_in(handed.get("tom", f"{CLASS}?{query}").text) == names


def test_what_goes_wrong_is_named_with_who_has_it(handed: Site) -> None:
    page = handed.get("tom", CLASS).text
    link = page.partition(f'href="{CLASS}?cause=')[2].partition('"')[0]

    alone = handed.get("tom", f"{CLASS}?cause={link}").text

    assert "What goes wrong" in page
    assert names_in(alone) == ["Ada"]


def test_one_note_reaches_all_who_have_a_misconception(handed: Site) -> None:
    name = handed.get("tom", CLASS).text.partition('name="misconception" value="')[2]
    sent = {
        "exercise": EXERCISE,
        "misconception": name.partition('"')[0],
        "says": "look at slide 7",
    }

    assert handed.post("tom", f"/courses/{COURSE}/notes", data=sent).status_code == 303

    hers, his = (handed.get(word, handed.hand_in(word, content)).text for word, content in (("ada", b"# 2"), ("bob", RIGHT)))  # fmt: skip # noqa: E501
    assert "look at slide 7" in hers
    assert "look at slide 7" not in his


def test_marks_are_a_table_that_no_spreadsheet_runs(served: Site) -> None:
    served.enrol("evil", Role.STUDENT, name="=cmd()", email="e@uni.example")
    served.hand_in("evil")

    answer = served.get("tom", f"/courses/{COURSE}/marks.csv")

    (row,) = csv.DictReader(StringIO(answer.text))
    assert (row["score"], row["max_score"]) == ("3", "5")
    assert not row["name"].startswith("=")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"


def test_a_person_s_page_shows_what_they_did_and_what_was_changed(handed: Site) -> None:
    ada = handed.people["ada"].id
    said = {"exercise": EXERCISE, "score": "4", "comment": "nearly"}
    handed.post("tom", f"{CLASS}/{ada}/overrides", data=said)

    page = handed.get("tom", f"{CLASS}/{ada}").text

    assert "4 of 5" in page
    assert "override of my475/ex9 for Ada" in page
    assert handed.get("tom", f"{CLASS}/nobody").status_code == 404
    assert handed.get("tom", f"{CLASS}/{handed.people['eva'].id}").status_code == 404


def test_the_log_of_a_course_says_who_did_what(handed: Site) -> None:
    ada = handed.people["ada"].id
    handed.post("tom", f"{CLASS}/{ada}/overrides", data={"exercise": EXERCISE, "comment": "well"})

    page = handed.get("ida", f"/courses/{COURSE}/log").text

    assert "the mark: a remark: well" in page
    assert "Tom" in page


def test_nbgrader_gets_its_columns_alone(served: Site) -> None:
    served.hand_in("ada")

    text = served.get("tom", f"/courses/{COURSE}/marks.csv", params={"as": "nbgrader"}).text

    assert text.splitlines()[0].endswith("raw_score,late_submission_penalty,score,max_score")


def test_an_exercise_that_is_broken_breaks_nothing_else(
    served: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    served.hand_in("ada")
    page = f"/courses/{COURSE}/exercises/{EXERCISE}"

    def broken(_path: str) -> object:
        raise BrokenExercise("checks.py:3 does not run", hint="mend it")

    monkeypatch.setattr(served.service.shelf, "load", broken)

    ada = f"{CLASS}/{served.people['ada'].id}"
    pages = [("ada", f"/courses/{COURSE}"), ("ada", page), ("tom", CLASS), ("tom", ada)]
    assert {served.get(who, path).status_code for who, path in pages} == {200}
    assert "3 of 5" in served.get("ada", f"/courses/{COURSE}").text
    answer = served.post("ada", page, files={"file": ("v.py", b"# new")})
    assert answer.status_code == 503
    assert "This exercise is broken" in answer.text


def test_everything_that_somebody_handed_in_stands_with_what_it_came_to(served: Site) -> None:
    served.hand_in("ada")
    served.hand_in("ada", RIGHT)
    served.worker.says = lambda _job: plain_result(JobResult(problem="we broke", ours=True))
    served.hand_in("ada", b"# something else")

    page = served.get("tom", f"/courses/{COURSE}/people/{served.people['ada'].id}").text

    listed = page.partition("Everything handed in")[2]
    came_to = re.findall(r'<span class="points">(.*?)</span>', listed, re.DOTALL)
    assert [one.strip() for one in came_to] == ["our fault", "5 of 5", "3 of 5"]
