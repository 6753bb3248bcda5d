"""A program hands in with a token, once for a key, and gets the verdict or where to ask for it."""

from typing import Any

import pytest

from grader.reports.report_json import to_json
from grader.service.database.credentials import revoke_token, tokens_of
from grader.service.database.submissions import submissions_in
from tests.service.running import COURSE, EXERCISE, MINUS, RIGHT, Site, report

SUBMIT = f"/v1/courses/{COURSE}/exercises/{EXERCISE}/submissions"
PROBLEM = "application/problem+json"


@pytest.mark.parametrize(
    "sent",
    [
        {"content": MINUS, "headers": {"content-type": "text/x-python"}},
        {"files": {"file": ("minus.py", MINUS)}},
        {"content": MINUS, "headers": {"content-disposition": 'attachment; filename="m.py"'}},
    ],
    ids=["raw", "multipart", "named"],
)
def test_a_submission_is_answered_with_its_verdict(served: Site, sent: dict[str, Any]) -> None:
    headers = {
        **served.token("ada", "submit"),
        "prefer": "wait=10",
        **sent.get("headers", {}),
    }

    answer = served.post("", SUBMIT, **{**sent, "headers": headers})

    made = answer.json()
    assert answer.status_code == 201, answer.text
    assert (made["state"], made["score"], made["max_score"]) == ("graded", 3.0, 5.0)
    assert made["report"]["checks"][2]["outcome"] == "failed"
    assert answer.headers["location"] == f"/v1/submissions/{made['id']}"


def test_who_does_not_wait_is_told_where_to_ask(on_both: Site) -> None:
    headers = on_both.token("ada", "submit")
    on_both.run(on_both.service.dispatcher.drain(5))

    answer = on_both.post("", SUBMIT, content=MINUS, headers=headers)
    later = on_both.get("", answer.headers["location"], headers=headers)

    assert answer.status_code == 202
    assert answer.headers["retry-after"] == "2"
    assert (later.json()["state"], later.json()["position"]) == ("queued", 0)


def test_a_key_makes_one_submission_of_two_requests(on_both: Site) -> None:
    headers = {**on_both.token("ada", "submit"), "idempotency-key": "run-17", "prefer": "wait=10"}

    first, second = (on_both.post("", SUBMIT, content=MINUS, headers=headers) for _ in range(2))
    other = on_both.post("", SUBMIT, content=RIGHT, headers=headers)

    assert first.json()["id"] == second.json()["id"]
    assert len(on_both.read(submissions_in, COURSE)) == 1
    assert other.status_code == 422


def test_an_answer_that_is_known_is_not_sent_again(served: Site) -> None:
    path = f"/v1{served.hand_in('ada')}"
    headers = served.token("ada", "read")
    tag = served.get("", path, headers=headers).headers["etag"]

    again = served.get("", path, headers={**headers, "if-none-match": tag})

    assert (again.status_code, again.content) == (304, b"")


def test_the_report_comes_as_the_command_line_writes_it(served: Site) -> None:
    path = f"/v1{served.hand_in('ada')}"
    headers = served.token("ada", "read")

    assert served.get("", f"{path}/report.json", headers=headers).text == to_json(report())
    assert "<h1>Subtraction" in served.get("", f"{path}/report.html", headers=headers).text


@pytest.mark.parametrize(
    ("scopes", "method", "path", "status"),
    [
        (("read",), "POST", SUBMIT, 403),
        (("submit",), "GET", f"/v1/courses/{COURSE}/marks", 403),
        (("grade",), "GET", f"/v1/courses/{COURSE}/exercises", 403),
        (("read",), "GET", f"/v1/courses/{COURSE}/marks", 404),  # no scope makes a TA of a student
        (("submit", "read", "grade", "admin"), "GET", "/metrics", 404),
        (("submit", "read", "grade", "admin"), "GET", f"/courses/{COURSE}", 403),
    ],
)
def test_a_token_does_no_more_than_its_scope_and_its_person(
    served: Site, scopes: tuple[str, ...], method: str, path: str, status: int
) -> None:
    answer = served.ask("", method, path, headers=served.token("ada", *scopes))

    assert answer.status_code == status


@pytest.mark.parametrize("secret", ["", "grade_unknown", "x" * 5000])
def test_a_token_that_is_none_is_told_in_a_problem(served: Site, secret: str) -> None:
    answer = served.get("", "/v1/me", headers={"authorization": f"Bearer {secret}"})

    assert answer.status_code == 401
    assert answer.headers["content-type"] == PROBLEM
    assert answer.headers["www-authenticate"] == "Bearer"
    assert answer.json()["detail"] == "This token is unknown, has ended, or was revoked."


def test_a_revoked_token_works_no_more(served: Site) -> None:
    headers = served.token("ada", "read")
    ada = served.people["ada"].id
    (token,) = served.read(tokens_of, ada)
    assert served.get("", "/v1/me", headers=headers).status_code == 200

    served.write(revoke_token, token.id, ada, 1.0)

    assert served.get("", "/v1/me", headers=headers).status_code == 401


@pytest.mark.parametrize(
    ("content", "headers", "status"),
    [
        (b"", {}, 422),
        (MINUS, {"content-disposition": "attachment; filename=essay.txt"}, 422),
        (b"PK", {"content-type": "application/zip"}, 422),
        (MINUS, {"idempotency-key": "k" * 200}, 422),
        (b"no form", {"content-type": "multipart/form-data; boundary=x"}, 400),
        (b"", {"content-type": "multipart/form-data"}, 400),
    ],
)
def test_what_cannot_be_graded_is_a_problem(
    served: Site, content: bytes, headers: dict[str, str], status: int
) -> None:
    headers = {**served.token("ada", "submit"), **headers}

    answer = served.post("", SUBMIT, content=content, headers=headers)

    assert answer.status_code == status
    assert answer.headers["content-type"] == PROBLEM
    assert answer.json()["status"] == status


@pytest.mark.parametrize("wait", ["x", "-1", "61", "1e3", "²"])
def test_a_wait_that_is_none_is_a_problem(served: Site, wait: str) -> None:
    path = f"/v1{served.hand_in('ada')}"

    answer = served.get("", path, params={"wait": wait}, headers=served.token("ada", "read"))

    assert answer.status_code == 422


def test_what_anyone_may_read_is_there_with_a_token_too(served: Site) -> None:
    for headers in (served.token("ada", "submit"), {"authorization": "Bearer none"}):
        for path in ("/healthz", "/v1/openapi.json"):
            assert served.get("", path, headers=headers).status_code == 200
