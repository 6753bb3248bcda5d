"""What people change takes effect, is told to whom it concerns, and stands in the log."""

from datetime import datetime, timedelta

import pytest

from grader.service.database.audit import entries_about
from grader.service.database.marks import overrides_in
from tests.service.running import COURSE, EXERCISE, MINUS, RIGHT, Site

HERE = f"/courses/{COURSE}"


def person(served: Site, word: str = "ada") -> str:
    return f"{HERE}/people/{served.people[word].id}"


def actions(served: Site) -> list[str]:
    return [entry.action for entry in served.read(entries_about, course_id=COURSE)]


def test_an_override_and_its_withdrawal(on_both: Site) -> None:
    path = on_both.hand_in("ada")
    said = {"exercise": EXERCISE, "score": "4,5", "comment": "a slip"}

    assert on_both.post("tom", f"{person(on_both)}/overrides", data=said).status_code == 303
    changed = on_both.get("ada", path).text
    (written,) = on_both.read(overrides_in, COURSE)
    withdrawn = f"{person(on_both)}/overrides/{written.number}/withdraw"
    assert on_both.post("tom", withdrawn).status_code == 303

    assert "points: 4.5 instead of 3, a slip (Tom)" in changed
    assert "4.5 instead" not in on_both.get("ada", path).text
    assert on_both.post("tom", withdrawn).status_code == 409
    assert actions(on_both) == ["withdraw override", "override"]


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ({"exercise": EXERCISE, "score": "4"}, "The reason is missing"),
        ({"exercise": EXERCISE, "score": "-1", "comment": "x"}, "-1 is no number of points"),
        ({"exercise": EXERCISE, "score": "nan", "comment": "x"}, "nan is no number of points"),
        ({"exercise": "my475/ex1", "score": "1", "comment": "x"}, "No exercise was chosen"),
        ({"score": "1", "comment": "x"}, "No exercise was chosen"),
    ],
)
def test_what_is_wrong_in_a_form_is_told_and_changes_nothing(
    served: Site, said: dict[str, str], says: str
) -> None:
    answer = served.post("tom", f"{person(served)}/overrides", data=said)

    assert answer.status_code == 422
    assert says in answer.text
    assert actions(served) == []


def test_more_time_counts_for_one(served: Site) -> None:
    now = datetime.now()
    past, later = ((now + timedelta(hours=h)).isoformat(timespec="minutes") for h in (-30, 5))
    dates = {"exercise": EXERCISE, "due": past, "per_day": "20"}
    assert served.post("ida", f"{HERE}/dates", data=dates).status_code == 303
    given = {"exercise": EXERCISE, "due": later, "comment": "ill"}
    assert served.post("tom", f"{person(served)}/extensions", data=given).status_code == 303

    pages = [served.get(word, served.hand_in(word, RIGHT)).text for word in ("ada", "bob")]

    assert "40 % less" not in pages[0]
    assert "40 % less" in pages[1]
    assert actions(served) == ["extension", "dates"]


@pytest.mark.parametrize("due", ["", "tomorrow", "2026-13-01T00:00"])
def test_a_date_that_is_none_is_refused(served: Site, due: str) -> None:
    sent = {"exercise": EXERCISE, "due": due}

    assert served.post("tom", f"{person(served)}/extensions", data=sent).status_code == 422


def test_a_second_look_is_asked_for_and_answered(on_both: Site) -> None:
    path = on_both.hand_in("ada")

    assert on_both.post("ada", f"{path}/second-look", data={"question": "why?"}).status_code == 303
    assert "why?" in on_both.get("tom", f"{HERE}/people").text
    assert on_both.post("tom", f"{path}/answer", data={"answer": "line 48"}).status_code == 303

    assert "line 48" in on_both.get("ada", path).text
    assert "why?" not in on_both.get("tom", f"{HERE}/people").text
    assert on_both.post("tom", f"{path}/answer", data={"answer": "again"}).status_code == 409
    assert actions(on_both) == ["answer", "second look"]


def test_an_invitation_lets_in_as_many_as_it_says(served: Site) -> None:
    answer = served.post("ida", f"{HERE}/invitations", data={"role": "student", "uses": "2"})
    link = answer.text.partition("http://127.0.0.1:8475")[2].partition("<")[0]

    came = [served.post("", link, data={"name": f"N{n}"}).status_code for n in range(3)]

    assert came == [303, 303, 404]
    assert actions(served) == ["invitation"]


@pytest.mark.parametrize("sent", [{"role": "king"}, {"role": "ta", "uses": "0"}, {}])
def test_an_invitation_that_cannot_be_is_refused(served: Site, sent: dict[str, str]) -> None:
    assert served.post("ida", f"{HERE}/invitations", data=sent).status_code == 422


def test_a_closed_course_can_be_read_and_takes_nothing(served: Site) -> None:
    path = served.hand_in("ada")
    assert served.post("ida", f"{HERE}/close").status_code == 303

    refused = served.post("ada", f"{HERE}/exercises/{EXERCISE}", files={"file": ("v.py", MINUS)})

    assert refused.status_code == 409
    assert "3 of 5" in served.get("ada", path).text
    assert served.post("ida", f"{HERE}/close", data={"open": "yes"}).status_code == 303
    assert served.hand_in("ada", b"# more")


def test_a_person_of_another_course_is_out_of_reach(served: Site) -> None:
    said = {"exercise": EXERCISE, "score": "5", "comment": "mine"}

    answer = served.post("tom", f"{HERE}/people/{served.people['eva'].id}/overrides", data=said)

    assert answer.status_code == 404
