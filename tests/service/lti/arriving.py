"""A service that an LMS opens, and people who come to it from there, with a browser each."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import httpx
from joserfc.jwk import RSAKey
from sqlalchemy import URL

from grader.service.database.lti.platforms import add_platform
from grader.service.lti.lms_web import LmsWeb
from grader.service.lti.own_keys import BITS, FOLDER
from grader.service.lti.tool import lti_tool
from tests.service.lti.lms import STUDENT, Lms, LmsUser, asked_in
from tests.service.running import Site, site

GRADE = "https://grade.example"
CROSS = {"sec-fetch-site": "cross-site"}
KEYED = re.compile(r"/s/[\w-]+(?=/)")

Change = Callable[[dict[str, Any]], None]


class Arrival:
    """A browser that comes from an LMS."""

    def __init__(self, site: "LtiSite", *, keeps_cookies: bool = True) -> None:
        self.site, self.keeps = site, keeps_cookies
        transport = httpx.ASGITransport(site.app, client=("127.0.0.1", 50000))
        self.client = httpx.AsyncClient(transport=transport, base_url=GRADE)
        self.start = ""

    def ask(self, method: str, path: str, **sent: Any) -> httpx.Response:
        if not self.keeps:
            self.client.cookies.clear()
        return self.site.run(self.client.request(method, path, **sent))

    def begin(
        self,
        user: LmsUser = STUDENT,
        lms: Lms | None = None,
        more: Mapping[str, str] = MappingProxyType({}),
    ) -> dict[str, str]:
        """Begin a login, and return what we ask the LMS."""
        fields = (lms or self.site.lms).login(user, **more)
        answer = self.ask("POST", "/lti/login", data=fields, headers=CROSS)
        assert answer.status_code == 303, answer.text
        return asked_in(answer.headers["location"])

    def end(self, state: str, token: str) -> httpx.Response:
        """Bring back what the LMS has signed."""
        sent = {"state": state, "id_token": token}
        answer = self.ask("POST", "/lti/launch", data=sent, headers=CROSS)
        found = KEYED.match(answer.headers.get("location", ""))
        self.start = found[0] if found else ""
        return answer

    def launch(
        self, user: LmsUser = STUDENT, change: Change | None = None, lms: Lms | None = None
    ) -> httpx.Response:
        """Come from the LMS, and follow to where it leads."""
        lms = lms or self.site.lms
        asked = self.begin(user, lms)
        claims = lms.claims(asked, user)
        if change is not None:
            change(claims)
        answer = self.end(asked["state"], lms.sign(claims))
        return self.get(answer.headers["location"]) if answer.status_code == 303 else answer

    def get(self, path: str, **sent: Any) -> httpx.Response:
        return self.ask("GET", path, **sent)

    def post(self, path: str, **sent: Any) -> httpx.Response:
        return self.ask("POST", path, **sent)


class LtiSite(Site):
    """A service with a registered LMS."""

    lms: Lms
    known: list[Lms]

    def register(self, lms: Lms) -> None:
        """Register an LMS, whose server answers from now on."""
        if lms not in self.known:
            self.known.append(lms)
        self.write(add_platform, lms.platform, [lms.deployment], self.service.now())
        lms.tool_keys = lambda: self.service.lti.own.public(self.service.now())

    def _client(self, cookies: dict[str, str]) -> httpx.AsyncClient:
        transport = httpx.ASGITransport(self.app, client=("127.0.0.1", 50000))
        kept = {f"__Host-{name}": value for name, value in cookies.items()}
        return httpx.AsyncClient(transport=transport, base_url=GRADE, cookies=kept)

    def browser(self, *, keeps_cookies: bool = True) -> Arrival:
        return Arrival(self, keeps_cookies=keeps_cookies)


@contextmanager
def lti_site(
    folder: Path,
    *known: Lms,
    url: URL | None = None,
    clock: Callable[[], float] | None = None,
    again: bool = False,
) -> Iterator[LtiSite]:
    """A service at an address by TLS, that some LMSs may open."""
    lmss = list(known)

    def answer(request: httpx.Request) -> httpx.Response:
        found = [lms for lms in lmss if request.url.host == lms.platform.issuer[8:]]
        assert found, request.url
        return found[0].answer(request)

    with site(folder, url, clock, again=again) as made:
        service = made.service._replace(
            settings=made.service.settings._replace(url=GRADE),
            lti=lti_tool(folder, LmsWeb(httpx.MockTransport(answer))),
        )
        lti = LtiSite(service, made._loop, made.worker)
        for word, person in made.people.items():
            lti.know(word, person, made.secrets[word])
        lti.lms, lti.known = known[0], lmss
        for lms in known:
            if clock is not None:
                lms.now = clock
            if again:
                lms.tool_keys = lambda: service.lti.own.public(service.now())
            else:
                lti.register(lms)
        if not again:
            _give_key(folder / FOLDER, service.now())
        yield lti
        lti.run(service.lti.web.close())


def _give_key(folder: Path, now: float) -> None:
    """Give a service its first key."""
    folder.mkdir()
    (folder / f"{int(now)}-0123456789abcdef.pem").write_bytes(_first_key())


@cache
def _first_key() -> bytes:
    """A key of the service's, made once: that takes longer than most of what is asked of it."""
    return RSAKey.generate_key(BITS).as_pem(private=True)
