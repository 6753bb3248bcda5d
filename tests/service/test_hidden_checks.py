"""Of a hidden check students see a title and points, and who teaches sees what the course says."""

import pytest

from grader.course.batch.jobs import JobResult, plain_result
from grader.service.database.audit import entries_about
from grader.service.database.courses import HiddenFor, show_hidden
from grader.service.database.privacy import remove_old_work
from tests.exercises.shipped.inprocess import graded
from tests.grading.test_hidden import EXERCISES, failed, hidden, told_of
from tests.service.running import COURSE, EXERCISE, MINUS, Site

HERE = f"/courses/{COURSE}"
TITLE = "Subtraction sends a minus to its right operand"
STAFF = ("tom", "ida", "root")


def hands_in(served: Site) -> tuple[str, set[str]]:
    """Hand in what fails a hidden check; return its path, and all that only staff may read."""
    source = MINUS.decode()
    shown = graded(EXERCISES[EXERCISE], source)
    report = graded(hidden(EXERCISES[EXERCISE]), source)
    served.worker.says = lambda _job: plain_result(JobResult((report,), staff_reports=(shown,)))
    secret = {text for check in failed(shown) for text in told_of(check)}
    assert secret
    return served.hand_in("ada"), secret


def tells(text: str, secret: set[str]) -> bool:
    return any(one in text for one in secret)


def test_nothing_of_what_a_hidden_check_asks_is_on_a_page_or_in_an_answer_for_students(
    served: Site,
) -> None:
    path, secret = hands_in(served)
    token = served.token("ada", "submit", "read", "grade")
    api = f"/v1{path}"
    person = f"{HERE}/people/{served.people['ada'].id}"

    shown = {
        (who, where): served.get(who, where).text
        for who in ("ada", "bob", *STAFF)
        for where in (path, f"{path}/report.html", HERE)
    }
    shown |= {(who, person): served.get(who, person).text for who in STAFF}
    shown |= {
        ("token", where): served.get("", where, headers=token).text
        for where in (api, f"{api}/report.json", f"{api}/report.html", f"{api}/staff-report.json")
    }
    shown["ada", "staff"] = served.get("ada", f"{path}/staff-report.html").text
    shown["ada", "data"] = served.get("ada", "/me/data").text

    for where, text in shown.items():
        assert not tells(text, secret), where
    for where in [("ada", path), ("tom", path), ("token", api), ("ada", f"{path}/report.html")]:
        assert TITLE in shown[where], where
        assert "is a hidden check" in shown[where], where
    assert "3 of 5" in shown["ada", path]
    assert "staff-report" not in shown["ada", path]


@pytest.mark.parametrize(
    ("course_says", "see"),
    [
        (HiddenFor.STAFF, {"tom", "ida", "root"}),
        (HiddenFor.INSTRUCTOR, {"ida", "root"}),
        (HiddenFor.NOBODY, set()),
    ],
)
def test_who_teaches_sees_what_the_course_says(
    on_both: Site, course_says: HiddenFor, see: set[str]
) -> None:
    path, secret = hands_in(on_both)
    if course_says is not HiddenFor.STAFF:  # which it is by itself
        on_both.write(show_hidden, COURSE, course_says)

    for who in (*STAFF, "ada", "bob", "eva", ""):
        page = on_both.get(who, f"{path}/staff-report.html").text
        api = on_both.get(
            "" if who else who,
            f"/v1{path}/staff-report.json",
            headers=on_both.token(who, "grade") if who else {},
        ).text
        assert tells(page, secret) is tells(api, secret) is (who in see), who
        assert ("staff-report" in on_both.get(who, path).text) is (who in see), who


def test_the_same_files_again_hide_as_much(served: Site) -> None:
    first, secret = hands_in(served)
    second = served.hand_in("bob")

    assert second != first
    assert len(served.worker.asked) == 1
    assert tells(served.get("tom", f"{second}/staff-report.html").text, secret)
    assert not tells(served.get("bob", f"{second}/report.html").text, secret)


def test_the_instructor_says_who_sees_it_and_the_log_has_it(on_both: Site) -> None:
    by_form = on_both.post("ida", f"{HERE}/hidden", data={"hidden_for": "instructor"})
    page = on_both.get("ida", f"{HERE}/people").text
    token = on_both.token("ida", "grade", "read")
    by_token = on_both.ask("", "PUT", f"/v1{HERE}/hidden", json={"hidden_for": "nobody"},
                           headers=token)  # fmt: skip
    now = on_both.get("", f"/v1{HERE}/hidden", headers=token).json()

    assert by_form.status_code == 303
    assert '<option value="instructor" selected>' in page
    assert by_token.json() == now == {"hidden_for": "nobody"}
    log = [(one.action, one.says) for one in on_both.read(entries_about, course_id=COURSE)]
    assert ("hidden checks", "shown to instructor") in log
    assert ("hidden checks", "shown to nobody") in log


def test_another_word_is_refused(served: Site) -> None:
    answer = served.post("ida", f"{HERE}/hidden", data={"hidden_for": "everyone"})

    assert answer.status_code == 422
    assert "staff, instructor, nobody" in answer.text


def test_it_goes_with_old_work(served: Site) -> None:
    path, secret = hands_in(served)

    served.write(remove_old_work, served.service.now() + 1)

    assert not tells(served.get("tom", f"{path}/staff-report.html").text, secret)
