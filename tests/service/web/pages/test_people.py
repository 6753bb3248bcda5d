"""An instructor says who is in a course: by a roster, and one by one."""

import pytest

from grader.service.database.people import Role, members_of
from tests.service.running import COURSE, Site

HERE = f"/courses/{COURSE}"


def roles(served: Site) -> dict[str, str]:
    return {
        one.person.shown: one.role.value if one.is_active else "out"
        for one in served.read(members_of, COURSE)
    }


def upload(served: Site, content: bytes, **fields: str) -> str:
    sent = {"file": ("../people.csv", content)}
    answer = served.post("ida", f"{HERE}/roster", files=sent, data=fields)
    return f"{answer.status_code} {answer.text}"


def test_a_roster_adds_changes_and_removes_nobody(on_both: Site) -> None:
    table = b"Name;Email;Role\nAda;ada@uni.example;\nBob;bob@uni.example;ta\nCyd;c@x.example;\n"

    page = upload(on_both, table)

    assert "1 new, 1 with another role or back again, 1 as before" in page
    assert roles(on_both) == {
        "Ada": "student",
        "Bob": "ta",
        "Cyd": "student",
        "Ida": "instructor",
        "Tom": "ta",
    }


def test_students_who_are_not_in_it_have_left_where_that_is_said(on_both: Site) -> None:
    path = on_both.hand_in("bob")

    page = upload(on_both, b"email\nada@uni.example\n", others_leave="yes")

    assert "1 student who is not in it is in the course no more" in page
    assert roles(on_both)["Bob"] == "out"
    assert roles(on_both)["Tom"] == "ta"
    assert on_both.get("bob", HERE).status_code == 404
    assert on_both.get("tom", path).status_code == 200
    assert "not in the course any more" in on_both.get("tom", f"{HERE}/people").text
    assert "back again" in upload(on_both, b"email\nbob@uni.example\n")
    assert on_both.get("bob", HERE).status_code == 200


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "Choose a table"),
        (b"name\nAda\n", "neither an email nor a student_number"),
        (b"email,role\na@x.example,boss\n", "&#39;boss&#39; is no role"),
        (b"PK\x03\x04", "save it as CSV"),
    ],
)
def test_a_roster_that_is_none_changes_nothing(served: Site, content: bytes, says: str) -> None:
    before = roles(served)

    page = upload(served, content, others_leave="yes")

    assert page.startswith("422 ")
    assert says in page
    assert "/tmp" not in page
    assert roles(served) == before


def test_somebody_gets_another_role_and_leaves(on_both: Site) -> None:
    path = f"{HERE}/people/{on_both.people['bob'].id}/role"

    assert on_both.post("ida", path, data={"role": Role.TA.value}).status_code == 303
    assert on_both.get("bob", f"{HERE}/people").status_code == 200
    assert on_both.post("ida", path, data={"role": "out"}).status_code == 303
    assert on_both.get("bob", HERE).status_code == 404
    assert on_both.post("ida", path, data={"role": "king"}).status_code == 422
    assert "role for Bob: out" in on_both.get("ida", f"{HERE}/log").text
