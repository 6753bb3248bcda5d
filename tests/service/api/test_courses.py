"""Marks come in pages or as a table; overrides and regrades go as on the pages."""

import json

import pytest

from grader.course.batch.jobs import JobResult, plain_result
from tests.service.running import COURSE, EXERCISE, RIGHT, Site, report

MARKS = f"/v1/courses/{COURSE}/marks"
REGRADES = f"/v1/courses/{COURSE}/regrades"


def test_marks_come_in_pages(on_both: Site) -> None:
    for word in ("ada", "bob", "tom"):
        on_both.hand_in(word)
    headers = on_both.token("tom", "read")

    first = on_both.get("", MARKS, params={"limit": 2}, headers=headers).json()
    second = on_both.get("", MARKS, params={"limit": 2, "start": first["next"]}, headers=headers)

    assert (len(first["marks"]), first["of"], first["next"]) == (2, 3, 2)
    assert (len(second.json()["marks"]), second.json()["next"]) == (1, None)


def test_marks_come_as_a_table(served: Site) -> None:
    served.hand_in("ada")
    headers = {**served.token("tom", "read"), "accept": "text/csv"}

    assert served.get("", MARKS, headers=headers).text.startswith("assignment,duedate,")


def test_the_exercises_of_a_course_have_my_marks(served: Site) -> None:
    served.hand_in("ada")

    path = f"/v1/courses/{COURSE}/exercises"
    fields = served.get("", path, headers=served.token("ada", "read")).json()

    assert [(one["exercise"], (one["mark"] or {}).get("score")) for one in fields["exercises"]] == [
        (EXERCISE, 3.0),
        ("my475/ex2", None),
    ]


def test_an_override_changes_the_mark(served: Site) -> None:
    served.hand_in("ada")
    path = f"/v1/courses/{COURSE}/people/{served.people['ada'].id}/override"
    sent = {"exercise": EXERCISE, "score": 4, "comment": "a slip"}

    answer = served.ask("", "PUT", path, json=sent, headers=served.token("tom", "grade"))

    assert answer.json()["marks"][0]["score"] == 4.0


@pytest.mark.parametrize(
    "body",
    [
        b"no json",
        b"[]",
        b"[" * 100_000,
        b'{"exercise": "my475/ex9"}',
        b'{"exercise": 9, "comment": "x"}',
        b'{"exercise": "my475/ex9", "comment": "x", "score": "4"}',
        b'{"exercise": "my475/ex9", "comment": "x", "score": -1}',
        b'{"exercise": "my475/ex9", "comment": "x", "score": NaN}',
        b'{"exercise": "my475/ex9", "comment": "x", "score": true}',
        b'{"exercise": "my475/ex1", "comment": "x"}',
        b"\xff",
    ],
)
def test_an_override_that_is_none_is_a_problem(served: Site, body: bytes) -> None:
    path = f"/v1/courses/{COURSE}/people/{served.people['ada'].id}/override"

    answer = served.ask("", "PUT", path, content=body, headers=served.token("tom", "grade"))

    assert answer.status_code in (400, 422)
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_regrade_goes_from_preview_to_published_and_back(served: Site) -> None:
    served.hand_in("ada")
    served.hand_in("bob", RIGHT)
    served.worker.says = lambda _job: plain_result(JobResult((report("right"),)))
    ta, ida = served.token("tom", "grade"), served.token("ida", "grade")

    begun = served.post("", REGRADES, json={"exercise": EXERCISE, "comment": "mended"}, headers=ta)
    path = begun.headers["location"]
    for number in (1, 2):
        served.run(served.service.dispatcher.lanes.wait((begun.json()["id"], number), 5))
    seen = served.get("", path, headers=ta).json()
    steps = [served.post("", f"{path}/{step}", headers=ida) for step in ("publish", "undo")]

    assert begun.status_code == 202
    assert (seen["state"], seen["done"], seen["of"]) == ("ready", 2, 2)
    ada = served.people["ada"].id
    assert seen["changes"] == [{"person": ada, "before": 3.0, "after": 5.0}]
    assert [step.json()["state"] for step in steps] == ["published", "undone"]
    assert served.post("", f"{path}/publish", headers=ta).status_code == 404


def test_the_description_of_the_api_names_every_route(served: Site) -> None:
    document = json.loads(served.get("", "/v1/openapi.json").text)

    assert document["openapi"] == "3.1.0"
    submit = document["paths"]["/v1/courses/{course}/exercises/{track}/{exercise}/submissions"]
    assert set(submit["post"]["responses"]) == {"201", "202", "default"}
    assert "multipart/form-data" in submit["post"]["requestBody"]["content"]
    operations = [
        one["operationId"] for path in document["paths"].values() for one in path.values()
    ]
    assert len(operations) == len(set(operations)) > 10
