"""What is known of somebody can be taken along or removed, and old work is removed by age."""

from sqlalchemy import select

from grader.service.database.backup import back_up
from grader.service.database.privacy import remove_old_work
from grader.service.database.schema import contents, metadata
from tests.service.running import COURSE, EXERCISE, MINUS, RIGHT, Site


def test_who_asks_is_told_who_they_are(served: Site) -> None:
    me = served.get("", "/v1/me", headers=served.token("ada", "read")).json()

    assert (me["name"], me["scopes"]) == ("Ada", ["read"])
    assert me["courses"] == [{"course": COURSE, "title": "Machine learning", "role": "student"}]


def test_an_export_is_everything_and_no_secret(on_both: Site) -> None:
    on_both.hand_in("ada")
    on_both.hand_in("bob", RIGHT)
    ada = on_both.people["ada"].id

    answer = on_both.get("ada", "/me/data")
    known = answer.json()

    assert known["person"]["email"] == "ada@uni.example"
    (submission,) = known["submissions"]
    assert list(submission["files"]) == ["value.py"]
    assert submission["result"]["reports"][0]["score"] == 3.0
    assert "digest" not in known["sessions"][0]
    assert on_both.people["bob"].id not in answer.text
    assert on_both.get("ada", f"/v1/people/{ada}").json()["person"] == known["person"]


def test_who_is_forgotten_is_nowhere(served: Site) -> None:
    served.hand_in("ada", b"# written by Ada alone\n" + MINUS)
    path = served.hand_in("bob")
    ada = served.people["ada"]
    said = {"exercise": EXERCISE, "score": "4", "comment": "Ada was ill"}
    served.post("tom", f"/courses/{COURSE}/people/{ada.id}/overrides", data=said)

    assert served.post("ada", "/me/forget", data={"sure": "yes"}).status_code == 422
    assert served.post("ada", "/me/forget", data={"sure": "forget me"}).status_code == 303

    assert served.get("ada", "/me").status_code == 401
    assert served.get("bob", path).status_code == 200
    assert served.read(lambda one: len(one.execute(select(contents)).all())) == 1
    file = served.service.settings.data / "copy.sqlite3"
    back_up(served.service.settings.database, file)
    assert b"Ada" not in file.read_bytes()


def test_an_admin_forgets_somebody_and_it_is_logged_without_a_name(served: Site) -> None:
    served.hand_in("ada")
    path = f"/v1/people/{served.people['ada'].id}"

    answer = served.ask("root", "DELETE", path)

    assert answer.json() == {"submissions": 1}
    assert served.ask("root", "DELETE", "/v1/people/nobody").status_code == 404
    audit = metadata.tables["audit"]
    (line,) = served.read(lambda one: one.execute(select(audit)).mappings().all())
    assert (line["action"], line["person_id"]) == ("forget", None)


def test_old_work_is_removed_and_its_marks_stay(on_both: Site) -> None:
    path = on_both.hand_in("ada")

    assert on_both.write(remove_old_work, 1.0) == 0
    assert on_both.write(remove_old_work, on_both.service.now() + 1) == 1

    page = on_both.get("ada", path).text
    assert "The files have been removed" in page
    assert on_both.get("ada", f"{path}/report.html").status_code == 404
    assert "3 of 5" in on_both.get("ada", f"/courses/{COURSE}").text
    assert on_both.hand_in("bob")
    assert on_both.worker.asked[-1]["files"]  # the same ones, which were removed before
