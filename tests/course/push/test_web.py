"""What passes is waited for, what does not is said at once, and nobody else sees a token."""

import sys
from collections.abc import Iterator

import pytest

from grader.course.push.address import InsecureUrl
from grader.course.push.web import (
    InvalidToken,
    LmsRefused,
    MovedElsewhere,
    NoHttpx,
    NotAllowed,
    NotThere,
    RetryPolicy,
    Unreachable,
    Web,
)
from grader.errors import install_command
from tests.course.push.canvas_lms import Canvas
from tests.course.push.stand_in import TOKEN, Reply, serving

HERE = "/api/v1/courses/7/assignments/9"


class Clock:
    """Counts the seconds that somebody would have slept."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    def __call__(self, seconds: float) -> None:
        self.slept.append(seconds)


@pytest.fixture
def server() -> Iterator[Canvas]:
    with serving(made := Canvas()):
        yield made


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def web(server: Canvas, clock: Clock) -> Iterator[Web]:
    patience = RetryPolicy(timeout_s=5.0, tries=4, sleep=clock)
    made = Web(server.url, "CANVAS_TOKEN", {"Authorization": f"Bearer {TOKEN}"}, patience)
    yield made
    made.close()


@pytest.mark.parametrize(
    ("troubles", "slept"),
    [
        ([], []),
        ([Reply(500)], [1.0]),
        ([Reply(503), Reply(502), Reply(500)], [1.0, 2.0, 4.0]),
        ([Reply(429, headers={"Retry-After": "7"})], [7.0]),
        ([Reply(429, headers={"Retry-After": "soon"})], [1.0]),
        ([Reply(429, headers={"Retry-After": "999999"})], [120.0]),
        ([Reply(403, "403 Forbidden (Rate Limit Exceeded)")], [1.0]),
        ([Reply(0, {"id": 9})], [1.0]),
    ],
)
def test_what_passes_is_waited_for(
    server: Canvas, web: Web, clock: Clock, troubles: list[Reply], slept: list[float]
) -> None:
    server.troubles = list(troubles)

    assert web.ask("GET", HERE).body["points_possible"] == 5.0

    assert clock.slept == slept


def test_it_slows_down_before_a_rate_is_used_up(server: Canvas, web: Web, clock: Clock) -> None:
    server.troubles = [Reply(body={}, headers={"X-Rate-Limit-Remaining": "12.5"})]

    web.ask("GET", HERE)

    assert clock.slept == [1.0]


def test_in_the_end_it_gives_up_and_says_what_the_last_answer_was(
    server: Canvas, web: Web, clock: Clock
) -> None:
    server.troubles = [Reply(503)] * 4

    with pytest.raises(Unreachable, match="does not answer: status 503") as raised:
        web.ask("GET", HERE)

    assert clock.slept == [1.0, 2.0, 4.0]
    assert "not sent twice" in raised.value.hint


def test_an_answer_that_does_not_come_is_not_waited_for_forever(clock: Clock) -> None:
    patience = RetryPolicy(timeout_s=0.2, tries=2, sleep=clock)
    with serving(server := Canvas()):
        url = server.url
    web = Web(url, "CANVAS_TOKEN", {}, patience)

    with pytest.raises(Unreachable, match="does not answer: Connect"):
        web.ask("GET", HERE)
    web.close()


BEARER = {"WWW-Authenticate": 'Bearer realm="canvas-lms"'}
FINAL = [
    (Reply(401), NotAllowed, r"does not allow it \(status 401\)"),
    (Reply(401, headers=BEARER), InvalidToken, r"does not allow it \(status 401\)"),
    (Reply(403, "unauthorized"), NotAllowed, r"does not allow it \(status 403\)"),
    (Reply(404), NotThere, "knows no /api/v1"),
    (Reply(422), LmsRefused, "the LMS refuses: status 422"),
    (
        Reply(302, headers={"Location": "https://evil.example/"}),
        MovedElsewhere,
        "https://evil.example/",
    ),
]


@pytest.mark.parametrize("final", FINAL, ids=lambda final: str(final[0].status))
def test_what_does_not_pass_is_said_at_once(
    server: Canvas, web: Web, clock: Clock, final: tuple[Reply, type[Exception], str]
) -> None:
    server.troubles, (_, error, says) = [final[0]], final

    with pytest.raises(error, match=says) as raised:
        web.ask("GET", HERE)

    assert clock.slept == []
    assert len(server.asked) == 1
    assert TOKEN not in str(raised.value)


def test_a_next_page_elsewhere_gets_no_token(server: Canvas, web: Web) -> None:
    server.troubles = [Reply(body=[], headers={"Link": '<https://evil.example/p2>; rel="next"'})]

    with pytest.raises(MovedElsewhere, match=r"leads to https://evil\.example/p2"):
        web.ask("GET", HERE)


def test_an_answer_that_is_no_json_is_said(server: Canvas, web: Web) -> None:
    server.troubles = [Reply(raw=b"<html>Log in</html>")]

    with pytest.raises(Unreachable, match="it answers with something else than JSON"):
        web.ask("GET", HERE)


@pytest.mark.parametrize(
    "url", ["http://canvas.example.edu", "ftp://127.0.0.1", "canvas.example.edu", "http://10.0.0.1"]
)
def test_a_token_never_travels_in_the_open(url: str) -> None:
    with pytest.raises(InsecureUrl, match="is no https address"):
        Web(url, "CANVAS_TOKEN", {"Authorization": TOKEN}, RetryPolicy())


def test_without_httpx_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "httpx", None)

    with pytest.raises(NoHttpx, match="pushing marks needs httpx") as raised:
        Web("https://canvas.example.edu", "CANVAS_TOKEN", {}, RetryPolicy())

    assert raised.value.hint == install_command("httpx")
