"""Links work so often and so long, sessions end, tokens are revoked; none can be read again."""

from sqlalchemy import URL, select

from grader.service.database.backup import back_up
from grader.service.database.courses import courses_of
from grader.service.database.credentials import (
    DAY_S,
    LINK_S,
    SESSION_S,
    ApiToken,
    EntryLink,
    enter,
    link_of,
    make_link,
    make_token,
    person_in_session,
    revoke_token,
    sweep,
    token_of,
    tokens_of,
)
from grader.service.database.people import Person, Role, join, members_of, role_in
from grader.service.database.schema import entry_links, sessions
from tests.service.running import COURSE, Site

NEW = Person("", "New One", "new@uni.example")
INVITATION = EntryLink(None, COURSE, "student", uses_left=2)


def test_a_link_lets_in_whom_it_is_for_and_once(on_both: Site) -> None:
    ada = on_both.people["ada"]
    secret = on_both.write(make_link, EntryLink(ada.id), 10.0)

    session = on_both.write(enter, secret, Person(""), 20.0)

    assert on_both.read(person_in_session, session, 30.0) == ada
    assert on_both.write(enter, secret, Person(""), 20.0) is None


def test_a_link_ends(on_both: Site) -> None:
    secret = on_both.write(make_link, EntryLink(on_both.people["ada"].id), 10.0)

    assert on_both.read(link_of, secret, 10.0 + LINK_S - 1) is not None
    assert on_both.read(link_of, secret, 10.0 + LINK_S) is None
    assert on_both.write(enter, secret, Person(""), 10.0 + LINK_S) is None


def test_an_invitation_makes_a_person_and_a_member(on_both: Site) -> None:
    secret = on_both.write(make_link, INVITATION, 10.0)

    session = on_both.write(enter, secret, NEW, 20.0)

    person = on_both.read(person_in_session, session, 30.0)
    assert person is not None
    assert (person.name, person.email) == (NEW.name, NEW.email)
    assert on_both.read(role_in, COURSE, person.id) is Role.STUDENT


def test_an_invitation_takes_no_role_away(on_both: Site) -> None:
    tom = on_both.people["tom"]

    for role in (Role.STUDENT, Role.TA):
        on_both.write(join, COURSE, tom.id, role)
        on_both.write(join, COURSE, on_both.people["ida"].id, role)

    assert on_both.read(role_in, COURSE, on_both.people["ida"].id) is Role.INSTRUCTOR
    assert on_both.read(role_in, COURSE, tom.id) is Role.TA
    assert [(course.id, role) for course, role in on_both.read(courses_of, tom.id)] == [
        (COURSE, Role.TA)
    ]
    assert len(on_both.read(members_of, COURSE)) == 4


def test_a_session_ends(on_both: Site) -> None:
    secret = on_both.write(make_link, EntryLink(on_both.people["ada"].id), 10.0)
    session = on_both.write(enter, secret, Person(""), 20.0)

    assert on_both.read(person_in_session, session, 20.0 + SESSION_S) is None
    assert on_both.read(person_in_session, "", 20.0) is None


def test_a_token_works_until_it_ends_or_is_revoked(on_both: Site) -> None:
    ada, bob = on_both.people["ada"].id, on_both.people["bob"].id
    made, secret = on_both.write(make_token, ApiToken("", ada, "ci", ("submit",), DAY_S), 0.0)

    assert on_both.read(token_of, secret, 1.0) == made
    assert on_both.read(token_of, secret, DAY_S) is None
    assert not on_both.write(revoke_token, made.id, bob, 2.0)
    assert on_both.write(revoke_token, made.id, ada, 2.0)
    assert on_both.read(token_of, secret, 3.0) is None
    assert [one.revoked_at for one in on_both.read(tokens_of, ada)] == [2.0]


def test_what_has_ended_is_swept(on_both: Site) -> None:
    on_both.write(make_link, INVITATION, 10.0)

    on_both.write(sweep, on_both.service.now() + SESSION_S)

    for table in (sessions, entry_links):
        assert on_both.read(lambda one, of=table: one.execute(select(of)).all()) == []


def test_no_secret_is_in_the_database(served: Site, tmp_path: object) -> None:
    ada = served.people["ada"].id
    secrets = [
        served.write(make_link, INVITATION, 10.0),
        served.write(make_token, ApiToken("", ada, "ci", ("submit",)), 0.0)[1],
    ]
    secrets.append(str(served.write(enter, secrets[0], NEW, 20.0)))
    url: URL = served.service.settings.database
    file = served.service.settings.data / "copy.sqlite3"
    back_up(url, file)

    content = file.read_bytes()
    assert [one for one in secrets if one.encode() in content] == []
