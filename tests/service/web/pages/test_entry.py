"""People come in by a link, are known by a cookie, and leave."""

import pytest

from grader.service.database.credentials import EntryLink, make_link
from tests.service.running import COURSE, Site


def link(served: Site, about: EntryLink) -> str:
    return f"/enter/{served.write(make_link, about, served.service.now())}"


def cookie_of(answer: object) -> str:
    return str(answer.headers["set-cookie"])  # type: ignore[attr-defined]


def test_a_link_is_not_used_by_looking_at_it(on_both: Site) -> None:
    path = link(on_both, EntryLink(on_both.people["ada"].id, COURSE))

    for _ in range(2):
        page = on_both.get("", path)
        assert "This link lets in <strong>Ada</strong>" in page.text
        assert "set-cookie" not in page.headers
    answer = on_both.post("", path)

    assert (answer.status_code, answer.headers["location"]) == (303, f"/courses/{COURSE}")
    assert on_both.get("", path).status_code == 404
    assert on_both.post("", path).status_code == 404


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(served: Site) -> None:
    answer = served.post("", link(served, EntryLink(served.people["ada"].id)))

    said = cookie_of(answer).lower()
    assert said.startswith("grade=")
    assert "httponly" in said
    assert "samesite=lax" in said
    assert "path=/" in said


def test_with_tls_no_other_host_can_set_the_cookie(served: Site) -> None:
    served.service = served.service._replace(
        settings=served.service.settings._replace(url="https://grade.uni.example")
    )
    served.app = type(served)(served.service, served._loop, served.worker).app

    answer = served.post("", link(served, EntryLink(served.people["ada"].id)))

    assert cookie_of(answer).startswith("__Host-grade=")
    assert "Secure" in cookie_of(answer)
    assert "max-age=31536000" in answer.headers["strict-transport-security"]


def test_an_invitation_asks_for_a_name(served: Site) -> None:
    path = link(served, EntryLink(None, COURSE, "student", uses_left=5))

    assert "You are invited as a student." in served.get("", path).text
    assert served.post("", path, data={"name": "  "}).status_code == 422
    answer = served.post("", path, data={"name": "Nina", "email": "n@uni.example"})

    assert answer.status_code == 303


def test_who_is_known_already_is_not_asked_again(served: Site) -> None:
    path = link(served, EntryLink(None, COURSE, "ta", uses_left=5))

    assert "You come in as <strong>Bob</strong>, as a TA." in served.get("bob", path).text
    assert served.post("bob", path).status_code == 303
    assert "everyone" in served.get("bob", f"/courses/{COURSE}").text


def test_who_leaves_is_unknown(served: Site) -> None:
    assert served.get("ada", f"/courses/{COURSE}").status_code == 200

    assert served.post("ada", "/leave").status_code == 303

    assert served.get("ada", f"/courses/{COURSE}").status_code == 401


@pytest.mark.parametrize(
    ("who", "says"),
    [("", "open the link that your course gave you"), ("ada", "Machine learning")],
)
def test_the_first_page_says_what_to_do(served: Site, who: str, says: str) -> None:
    assert says in served.get(who, "/").text


def test_an_admin_sees_every_course(served: Site) -> None:
    page = served.get("root", "/").text

    assert "Machine learning" in page
    assert "Another course" in page
