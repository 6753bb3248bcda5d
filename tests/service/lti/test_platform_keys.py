"""An LMS's keys are asked for once an hour, and for unknown names twice a minute at most."""

import asyncio
from typing import Any

import httpx
import pytest

from grader.service.lti.lms_web import LmsWeb
from grader.service.lti.platform_keys import AGAIN_S, KEPT_S, LONGEST_S, PlatformKeys, UnknownKey
from tests.service.lti.lms import KEYS, Lms

pytestmark = pytest.mark.anyio

URL = "https://lms.example/keys"


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


class Asking:
    """Keys of an LMS, and the time."""

    def __init__(self) -> None:
        self.lms, self.now = Lms(), 1000.0
        self.is_down = False
        self.keys = PlatformKeys(LmsWeb(httpx.MockTransport(self.answer)))

    async def answer(self, request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(0.01)
        found = self.lms.answer(request)
        return httpx.Response(503, text="maintenance") if self.is_down else found

    @property
    def times(self) -> int:
        return len(self.lms.asked)

    async def verify(self, number: int = 0) -> dict[str, Any]:
        token = self.lms.sign({"iss": "them"}, KEYS[number])
        return await self.keys.verified(token, URL, self.now)


async def test_many_at_once_ask_once() -> None:
    asking = Asking()

    await asyncio.gather(*(asking.verify() for _ in range(200)))

    assert asking.times == 1


async def test_unknown_names_in_numbers_ask_twice_a_minute() -> None:
    asking = Asking()
    await asking.verify()
    asking.now += AGAIN_S

    for _ in range(50):
        with pytest.raises(UnknownKey, match="shows no key of this name"):
            await asking.verify(2)

    assert asking.times == 2


async def test_a_new_key_is_found_at_once_and_an_old_one_is_good_no_more() -> None:
    asking = Asking()
    await asking.verify()
    asking.lms.keys = [KEYS[1]]
    asking.now += AGAIN_S

    assert (await asking.verify(1))["iss"] == "them"
    with pytest.raises(UnknownKey):
        await asking.verify(0)


async def test_a_key_that_was_taken_back_is_good_for_an_hour_at_most() -> None:
    asking = Asking()
    await asking.verify()
    asking.lms.keys = [KEYS[1]]
    asking.now += KEPT_S + 1

    with pytest.raises(UnknownKey):
        await asking.verify(0)


async def test_keys_are_good_for_a_day_where_the_lms_shows_none() -> None:
    asking = Asking()
    await asking.verify()
    asking.is_down = True
    asking.now += LONGEST_S

    assert (await asking.verify())["iss"] == "them"
    asking.now += 1
    with pytest.raises(UnknownKey, match=r"no keys at .*: status 503: maintenance"):
        await asking.verify()


async def test_a_key_is_found_in_a_set_of_more_than_64_kilobytes() -> None:
    asking = Asking()
    public = KEYS[1].as_dict(private=False)
    asking.lms.noise = [{**public, "kid": f"k-{number}"} for number in range(200)]

    assert (await asking.verify())["iss"] == "them"
    answer = asking.lms.answer(httpx.Request("GET", URL))
    assert len(answer.content) > 64 << 10


async def test_keys_are_counted_for_who_registers_an_lms() -> None:
    asking = Asking()
    asking.lms.keys = KEYS[:2]

    assert await asking.keys.count(URL, asking.now) == 2
    asking.is_down = True
    with pytest.raises(UnknownKey, match="maintenance"):
        await asking.keys.count(URL, asking.now)
