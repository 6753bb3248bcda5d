"""Every route is asked as everybody and as nobody: who may not is told nothing."""

from collections.abc import Iterator

import pytest

from grader.service.database.courses import close_course
from grader.service.database.lti.platforms import add_platform
from grader.service.database.people import Role
from grader.service.database.regrades import Regrade, RegradeState, begin_regrade
from grader.service.routes import ROUTES
from grader.service.web.gate import SAFE, RouteRow
from grader.service.web.rights import Right
from tests.service.lti.lms import Lms
from tests.service.running import COURSE, Site, site

EVERYBODY = ("", "ada", "bob", "tom", "ida", "eva", "root")
"""Nobody, whose submission it is, another student, the TA, the instructor, another's TA, admin."""

MAY = {
    Right.ANYONE: set(EVERYBODY),
    Right.LMS: set(),  # none of them has anything that an LMS has signed
    Right.PERSON: {*EVERYBODY} - {""},
    Right.MEMBER: {"ada", "bob", "tom", "ida", "root"},
    Right.OWNER: {"ada", "tom", "ida", "root"},
    Right.SELF: {"ada", "root"},
    Right.STAFF: {"tom", "ida", "root"},
    Right.INSTRUCTOR: {"ida", "root"},
    Right.ADMIN: {"root"},
}
REFUSED = {401, 403, 404}
PUBLIC = {"/", "/enter/{secret}", "/healthz", "/v1/openapi.json", "/lti/keys", "/lti/bound"}
PUBLIC |= {"/lti/register/{secret}"}


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with site(tmp_path_factory.mktemp("routes")) as made:
        made.hand_in("ada")
        made.write(add_platform, Lms(host="known").platform, ["1"], 1.0)
        made.service.dispatcher.lanes.news.close()  # answers that go on end at once
        yield made


def address(asked: Site, row: RouteRow) -> str:
    submission = asked.hand_in("ada").rpartition("/")[2] if "{submission}" in row.path else ""
    blank = Regrade("", COURSE, "my475/ex9", RegradeState.RUNNING, "why", None, 1.0)
    regrade, _ = asked.write(begin_regrade, blank)
    names = {
        "course": COURSE,
        "track": "my475",
        "exercise": "ex9",
        "submission": submission,
        "person": asked.people["ada"].id,
        "secret": "no-such-secret",
        "whom": asked.people["ada"].id,
        "token": "none",
        "lms": "known",
        "name:path": "value.py",
        "number:int": "999999",
        "regrade": regrade.id,
    }
    path = row.path
    for name, value in names.items():
        path = path.replace(f"{{{name}}}", value)
    return path


@pytest.mark.parametrize("row", ROUTES, ids=lambda row: f"{row.method} {row.path}")
def test_a_route_answers_those_who_may_and_nobody_else(asked: Site, row: RouteRow) -> None:
    path = address(asked, row)
    assert "{" not in path

    # An empty form changes nothing: who may ask is told that something is missing in it.
    answers = {who: asked.ask(who, row.method, path).status_code for who in EVERYBODY}

    assert max(answers.values()) < 500
    if row.path == "/leave":
        asked.come_back()
    if row.method == "DELETE":
        asked.enrol("ada", Role.STUDENT)
    if row.path.endswith("/close"):
        asked.write(close_course, COURSE, None)
    if row.path in PUBLIC:
        assert 401 not in answers.values()
        return
    refused = {who for who, status in answers.items() if status in REFUSED}
    assert refused == {*EVERYBODY} - MAY[row.right], answers
    unknown = {Right.ANYONE: {200}, Right.LMS: {403}}
    assert answers[""] in unknown.get(row.right, {401})


@pytest.mark.parametrize(
    "row",
    [row for row in ROUTES if row.method not in SAFE and row.right is not Right.LMS],
    ids=lambda row: row.path,
)
@pytest.mark.parametrize(
    "sent",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "", "origin": "https://evil.example"},
        {"sec-fetch-site": "cross-site", "origin": "http://127.0.0.1:8475"},
    ],
    ids=str,
)
def test_no_other_site_changes_anything(asked: Site, row: RouteRow, sent: dict[str, str]) -> None:
    answer = asked.ask("root", row.method, address(asked, row), headers=sent)

    assert answer.status_code == 403


def test_the_table_has_each_route_once() -> None:
    rows = [(row.method, row.path) for row in ROUTES]

    assert len(rows) == len(set(rows))


def test_an_id_of_nothing_is_refused_like_one_of_somebody_else(asked: Site) -> None:
    theirs = asked.get("bob", asked.hand_in("ada"))
    nothing = asked.get("bob", "/submissions/AAAAAAAAAAAAAAAA")

    assert (theirs.status_code, theirs.text) == (nothing.status_code, nothing.text)
