"""Of a hidden check the service shows a title and points, to whoever asks and in every way."""

from grader.course.batch.jobs import JobResult, plain_result
from tests.exercises.shipped.inprocess import graded
from tests.grading.test_hidden import EXERCISES, failed, hidden, told_of
from tests.service.running import COURSE, EXERCISE, MINUS, Site

API = f"/v1/courses/{COURSE}/exercises/{EXERCISE}/submissions"
TITLE = "Subtraction sends a minus to its right operand"


def test_nothing_of_what_a_hidden_check_asks_is_on_any_page_or_in_any_answer(served: Site) -> None:
    source = MINUS.decode()
    secret = {
        text for check in failed(graded(EXERCISES[EXERCISE], source)) for text in told_of(check)
    }
    report = graded(hidden(EXERCISES[EXERCISE]), source)
    served.worker.says = lambda _job: plain_result(JobResult((report,)))
    path = served.hand_in("ada")
    token = served.token("ada", "submit", "read")
    api = f"/v1{path}"
    person = f"/courses/{COURSE}/people/{served.people['ada'].id}"

    shown = {
        (who, where): served.get(who, where).text
        for who in ("ada", "tom", "ida", "root")
        for where in (path, f"{path}/report.html", f"/courses/{COURSE}")
    }
    shown |= {(who, person): served.get(who, person).text for who in ("tom", "ida", "root")}
    shown |= {
        ("token", where): served.get("", where, headers=token).text
        for where in (api, f"{api}/report.json", f"{api}/report.html")
    }
    shown["ada", "data"] = served.get("ada", "/me/data").text

    assert secret
    for where, text in shown.items():
        assert not {one for one in secret if one in text}, where
    for where in [("ada", path), ("tom", path), ("token", api), ("ada", f"{path}/report.html")]:
        assert TITLE in shown[where], where
        assert "is a hidden check" in shown[where], where
    assert "3 of 5" in shown["ada", path]
