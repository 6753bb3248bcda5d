"""An LMS is asked by TLS, with bounds, and its next page is found however the header is written."""

import asyncio
from collections.abc import Callable

import httpx
import pytest

from grader.service.lti.lms_web import BadLmsAddress, LmsAnswer, LmsSilent, LmsWeb, checked_url

HERE = "https://lms.example/members?page=1"


@pytest.mark.parametrize(
    ("header", "following"),
    [
        ('<https://lms.example/m?page=2>; rel="next"', "https://lms.example/m?page=2"),
        ("<https://lms.example/m?page=2>; rel=next", "https://lms.example/m?page=2"),
        ("<https://lms.example/m?page=2>;rel = 'next'", ""),
        ('<https://lms.example/m?a=1,2>; rel="next"', "https://lms.example/m?a=1,2"),
        ('<https://l/1>; rel="current",<https://l/2>; rel="next"', "https://l/2"),
        ('<https://l/1>; rel="current", <https://l/2>; title="x, y"; rel=next', "https://l/2"),
        ('<https://l/1>; rel="first next"', "https://l/1"),
        ('<https://l/1>; REL="NEXT"', "https://l/1"),
        ("</m?page=2>; rel=next", "https://lms.example/m?page=2"),
        ('<https://l/1>; rel="prev"', ""),
        ("nonsense", ""),
        ("", ""),
    ],
)
def test_the_next_page_is_found(header: str, following: str) -> None:
    assert LmsAnswer(200, {"link": header}, "", HERE).following == following


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("http://lms.example/keys", "without TLS"),
        ("ftp://lms.example/keys", "no address of the web"),
        ("lms.example/keys", "no address of the web"),
        ("https://[bad", "no address"),
        ("https://lms.example:port/", "no address"),
        ("https:///keys", "no address of the web"),
    ],
)
def test_an_address_without_tls_is_refused(url: str, says: str) -> None:
    with pytest.raises(BadLmsAddress, match=says):
        checked_url("the address of its keys", url)


def test_an_address_on_this_machine_needs_no_tls() -> None:
    assert checked_url("", "http://127.0.0.1:8000/keys") == "http://127.0.0.1:8000/keys"


def asked(answer: Callable[[httpx.Request], httpx.Response]) -> LmsAnswer:
    async def ask() -> LmsAnswer:
        web = LmsWeb(httpx.MockTransport(answer))
        try:
            return await web.get("https://lms.example/keys")
        finally:
            await web.close()

    return asyncio.run(ask())


def test_an_answer_is_bounded() -> None:
    with pytest.raises(LmsSilent, match=r"lms\.example sends more than 4 MB"):
        asked(lambda request: httpx.Response(200, content=b"x" * (5 << 20)))


def test_an_lms_that_does_not_answer_is_named() -> None:
    def fail(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectTimeout("")

    with pytest.raises(LmsSilent, match=r"lms\.example does not answer: ConnectTimeout"):
        asked(fail)


def test_nobody_is_followed_elsewhere() -> None:
    answer = asked(
        lambda request: httpx.Response(302, headers={"location": "https://evil.example"})
    )

    assert (answer.status, answer.is_well) == (302, False)


def test_an_lms_s_own_words_are_shown_on_a_line() -> None:
    answer = LmsAnswer(422, {}, '{"errors":\n  "not\u202e here"}', HERE)

    assert answer.says == 'status 422: {"errors": "not\\u202e here"}'
