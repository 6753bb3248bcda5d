"""What an LMS says of itself is taken from its own addresses alone."""

from typing import Any

import httpx
import pytest

from grader.service.lti.lms_web import LmsWeb
from grader.service.lti.registration.dynamic import configuration_at
from grader.service.problems import Problem
from tests.service.lti.lms import Lms

CONFIGURATION = "https://lms.example/openid-configuration"


async def _asked(configuration: dict[str, Any], url: str) -> Any:
    async def answer(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json=configuration)

    return await configuration_at(LmsWeb(httpx.MockTransport(answer)), url, "")


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("issuer", "url", "is_well"),
    [
        ("https://canvas.instructure.com", "https://canvas.instructure.com/c", True),
        ("https://canvas.instructure.com", "https://uni.instructure.com/c", True),
        ("https://canvas.instructure.com", "https://sso.canvaslms.com/c", True),
        ("https://canvas.instructure.com", "https://evil-instructure.com/c", False),
        ("https://canvas.instructure.com", "https://instructure.com.evil.example/c", False),
        ("https://blackboard.com", "https://developer.blackboard.com/c", True),
        ("https://blackboard.com", "https://uni.example/c", False),
        ("https://uni.example/moodle", "https://uni.example/moodle/mod/lti/c.php", True),
        ("https://uni.brightspace.com", "https://uni.brightspace.com/d2l/c", True),
        ("https://uni.brightspace.com", "https://other.brightspace.com/d2l/c", False),
    ],
)
async def test_an_lms_speaks_for_itself_alone(issuer: str, url: str, is_well: bool) -> None:
    said = {**Lms().configuration, "issuer": issuer}

    if not is_well:
        with pytest.raises(Problem, match="which it is not"):
            await _asked(said, url)
        return
    assert (await _asked(said, url)).issuer == issuer


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.mark.anyio
async def test_what_tokens_are_asked_for_is_the_server_that_an_lms_names() -> None:
    named = "https://api.brightspace.com/auth/token"
    said = {**Lms().configuration, "authorization_server": named}

    assert (await _asked(said, CONFIGURATION)).audience == named
    bare = {**said, "authorization_server": "canvas.instructure.com"}
    assert (await _asked(bare, CONFIGURATION)).audience == ""
