"""What goes out with every answer, and what is told of what goes wrong."""

import json
import logging

import pytest
from sqlalchemy.exc import OperationalError

from grader.service.log import JsonLines
from tests.service.running import BROWSER, COURSE, EXERCISE, Site

PAGE = f"/courses/{COURSE}/exercises/{EXERCISE}"
HOSTILE = "<script>alert(1)</script>"


@pytest.mark.parametrize("path", ["/", "/healthz", "/nothing", f"/courses/{COURSE}", PAGE])
@pytest.mark.parametrize("who", ["", "ada"])
def test_every_answer_has_what_keeps_it_safe(served: Site, path: str, who: str) -> None:
    headers = served.get(who, path).headers

    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "same-origin"
    if headers["content-type"].startswith("text/html"):
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "form-action 'self'" in policy


def test_a_page_runs_the_one_script_that_its_policy_names(served: Site) -> None:
    answer = served.get("ada", PAGE)

    policy = answer.headers["content-security-policy"]
    named = policy.partition("script-src '")[2].partition("'")[0]
    assert named.startswith("sha256-")
    assert f"script-src &#39;{named}" in answer.text or f"script-src '{named}" in answer.text
    assert answer.text.count("<script") == 1


def test_no_page_sets_a_cookie_for_somebody_who_has_not_come_in(served: Site) -> None:
    for path in ("/", "/healthz", "/nothing"):
        assert "set-cookie" not in served.get("", path).headers


@pytest.mark.parametrize(
    ("path", "says"), [("/nothing", "Nothing here"), ("/courses/none", "Nothing here")]
)
def test_what_does_not_exist_is_a_page(served: Site, path: str, says: str) -> None:
    answer = served.get("ada", path)

    assert answer.status_code == 404
    assert says in answer.text


def test_a_method_that_no_route_has_is_refused(served: Site) -> None:
    answer = served.ask("ada", "DELETE", "/healthz")

    assert answer.status_code == 405
    assert "GET" in answer.headers["allow"]


def test_a_fault_of_ours_is_a_page_with_a_number_and_a_line_in_the_log(
    served: Site, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(served.service.shelf, "title", lambda _path: 1 / 0)

    with caplog.at_level(logging.ERROR, "grade.web"):
        answer = served.get("ada", PAGE)

    number = answer.headers["x-request-id"]
    assert answer.status_code == 500
    assert number in answer.text
    assert "ZeroDivisionError" not in answer.text
    line = json.loads(JsonLines().format(caplog.records[-1]))
    assert number in line["says"]
    assert "ZeroDivisionError" in line["trace"]


def test_a_database_that_does_not_answer_is_told_as_such(
    served: Site, caplog: pytest.LogCaptureFixture
) -> None:
    def locked(*_: object) -> None:
        raise OperationalError("", {}, Exception("database is locked"))

    served.service.database.read = locked  # type: ignore[assignment, method-assign]

    with caplog.at_level(logging.CRITICAL, "grade.web"):
        answer = served.get("ada", PAGE)
    del served.service.database.read

    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "5"
    assert "nothing that was handed in before is lost" in answer.text


def test_what_a_student_makes_is_text_wherever_it_is_shown(served: Site) -> None:
    name = f"{HOSTILE}.py".replace("/", "")
    path = served.hand_in("ada", f"x = '{HOSTILE}'\r\n\x1b[31m\u202e".encode(), name)

    page = served.get("tom", path)

    assert "<script>alert" not in page.text
    assert "\x1b" not in page.text
    assert "\u202e" not in page.text
    assert "&lt;script&gt;" in page.text


def test_the_log_names_the_route_and_nobody(served: Site, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "grade.web"):
        served.get("ada", served.hand_in("ada"))

    lines = [JsonLines().format(record) for record in caplog.records]
    assert json.loads(lines[-1])["says"] == "GET /submissions/{submission} 200"
    for word in ("Ada", "uni.example", served.people["ada"].id):
        assert not [line for line in lines if word in line]


def test_a_request_that_says_nothing_of_where_it_is_from_changes_nothing(served: Site) -> None:
    client = served._client({})
    answer = served.run(client.post(f"/courses/{COURSE}", headers={"accept": "*/*"}))

    assert BROWSER
    assert answer.status_code in (403, 405)


def part(disposition: bytes, body: bytes) -> bytes:
    return b"--x\r\nContent-Disposition: form-data; %s\r\n\r\n%s\r\n--x--\r\n" % (disposition, body)


def test_no_bytes_whatever_are_a_fault_of_ours(on_both: Site) -> None:
    person = f"/courses/{COURSE}/people/{on_both.people['ada'].id}"
    form = {"content-type": "application/x-www-form-urlencoded"}
    parts = {"content-type": "multipart/form-data; boundary=x"}
    said = b"exercise=my475/ex9&score=1&comment="
    override = f"/v1{person}/override"
    asked = [
        ("ada", "POST", PAGE, part(b'name="code"', b"\xff\xfe"), parts),
        ("ada", "POST", PAGE, part(b'name="code"', b"x\x00"), parts),
        ("ada", "POST", PAGE, part(b'name="file"; filename="\xff.py"', b"x"), parts),
        ("ada", "POST", PAGE, part(b'name="file"; filename="a\x00.py"', b"x"), parts),
        ("ada", "POST", PAGE, b"--x\r\nbroken", parts),
        ("ada", "POST", PAGE, b"a=1&" * 1000, form),
        ("tom", "POST", f"{person}/overrides", said + b"a%00b", form),
        ("tom", "POST", f"{person}/overrides", said + b"%ff%ed%a0%80", form),
        ("tom", "PUT", override, b'{"exercise": "my475/ex9", "comment": "\\u0000x"}', {}),
        ("tom", "PUT", override, b'{"exercise": "my475/ex9", "comment": "\\ud800"}', {}),
        ("tom", "PUT", override, b'{"exercise": "a\\u0000", "comment": "x"}', {}),
        ("tom", "POST", f"{person}/overrides/{10**30}/withdraw", b"", form),
        ("tom", "GET", f"/v1/courses/{COURSE}/marks?exercise=%00%ff", b"", {}),
        ("tom", "GET", f"/courses/{COURSE}/people?q=%00&cause=%ff&sort=%00", b"", {}),
        *(("tom", "GET", f"{path}%00", b"", {}) for path in ("/courses/", "/submissions/", person)),
        ("", "GET", "/enter/%00", b"", {}),
    ]

    statuses = [
        on_both.ask(who, method, path, content=content, headers=headers).status_code
        for who, method, path, content, headers in asked
    ]

    assert [one for one, status in zip(asked, statuses, strict=True) if status >= 500] == []


def test_an_address_that_there_is_not_says_the_same_as_one_that_is_for_others(served: Site) -> None:
    pages = [served.get("ada", path) for path in ("/nothing", "/admin", "/courses/none")]

    assert {page.status_code for page in pages} == {404}
    assert all("There is no such page, or it is not for you." in page.text for page in pages)


def test_what_no_address_takes_is_told_in_a_sentence(served: Site) -> None:
    answer = served.ask("ada", "DELETE", "/me")

    assert answer.status_code == 405
    assert "This address is not asked in that way." in answer.text
