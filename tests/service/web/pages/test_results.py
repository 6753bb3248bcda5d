"""A submission's page says what came of it, while it waits too, and its report is the grader's."""

import re

from grader.course.batch.jobs import TAKES_LONG, JobResult, plain_result
from grader.reports.formats import page_of
from grader.service.database.marks import WrittenOverride, add_override
from grader.service.submit import hand_in
from tests.service.running import COURSE, EXERCISE, MINUS, RIGHT, Site, report
from tests.service.test_submit import handed


def test_the_report_is_the_command_line_s_byte_for_byte(on_both: Site) -> None:
    path = on_both.hand_in("ada")

    answer = on_both.get("ada", f"{path}/report.html")

    assert answer.text == page_of(report(), "html")


def test_a_file_comes_back_as_it_was_and_as_no_page(served: Site) -> None:
    path = served.hand_in("ada")

    answer = served.get("ada", f"{path}/files/value.py")

    assert answer.content == MINUS
    assert answer.headers["content-type"] == "application/octet-stream"
    assert "attachment" in answer.headers["content-disposition"]
    assert served.get("ada", f"{path}/files/other.py").status_code == 404


def test_a_page_that_waits_says_where_and_looks_again(served: Site) -> None:
    served.run(served.service.dispatcher.drain(5))
    waiting = [served.run(hand_in(served.service, handed(served, word))) for word in ("ada", "bob")]

    page = served.get("bob", f"/submissions/{waiting[1].id}")

    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in page.text
    assert "1 before you, at most" in page.text
    assert served.get("bob", f"/submissions/{waiting[1].id}/report.html").status_code == 404


def test_what_takes_long_is_told_so(served: Site) -> None:
    served.worker.says = lambda _job: TAKES_LONG
    settings = served.service.settings._replace(wait_s=0.05)
    served.service = served.service._replace(settings=settings)
    served.app = type(served)(served.service, served._loop, served.worker).app

    submission = served.run(hand_in(served.service, handed(served, "ada")))
    page = served.get("ada", f"/submissions/{submission.id}")
    served.worker.says = served.worker.usual

    assert "takes longer than most" in page.text or "being graded" in page.text


def test_another_attempt_that_counts_is_named(served: Site) -> None:
    old = served.hand_in("ada", RIGHT)
    new = served.hand_in("ada")

    assert f'Another attempt counts: <a href="{new}">3 of 5 points' in served.get("ada", old).text
    assert "Another attempt counts" not in served.get("ada", new).text


def test_what_a_person_changed_is_told_with_the_reason(served: Site) -> None:
    path = served.hand_in("ada")
    ada, tom = served.people["ada"].id, served.people["tom"].id
    said = WrittenOverride(0, EXERCISE, ada, "", 4.0, "the minus was a slip", tom)
    served.write(add_override, COURSE, said)

    page = served.get("ada", path).text

    assert "<strong>4 of 5 points</strong> in the end" in page
    assert "points: 4 instead of 3, the minus was a slip (Tom)" in page


def test_a_ta_sees_whose_it_is_and_the_code(served: Site) -> None:
    page = served.get("tom", served.hand_in("ada")).text

    assert "Ada" in page
    assert "<details open><summary><code>value.py</code>" in page


def test_a_ta_goes_from_one_to_the_next_and_a_student_does_not(served: Site) -> None:
    hers, his = served.hand_in("ada"), served.hand_in("bob")

    first, second = (served.get("tom", path).text for path in (hers, his))

    assert f'<a rel="next" accesskey="j" href="{his}">Bob' in first
    assert 'rel="prev"' not in first
    assert f'<a rel="prev" accesskey="k" href="{hers}">‹ Ada</a>' in second
    assert "accesskey" not in served.get("ada", hers).text


def test_each_attempt_is_listed_with_its_points(served: Site) -> None:
    first = served.hand_in("ada")
    second = served.hand_in("ada", RIGHT)

    here, exercise = (
        served.get("ada", path).text for path in (first, f"/courses/{COURSE}/exercises/{EXERCISE}")
    )

    for page in (here, exercise):
        listed = page.partition("attempts</h2>")[2]
        assert re.findall(r"\d of \d", listed) == ["5 of 5", "3 of 5"]
    assert "this one, 3 of 5" in " ".join(here.split())
    assert second in here


def test_whose_it_is_may_hand_in_again_whatever_came_of_it_and_who_teaches_may_not(
    served: Site,
) -> None:
    graded = served.hand_in("ada")
    served.worker.says = lambda _job: plain_result(JobResult(problem="we broke", ours=True))
    failed = served.hand_in("ada", b"# other")

    for path in (graded, failed):
        assert "Hand in again" in served.get("ada", path).text
        assert "Hand in again" not in served.get("tom", path).text
