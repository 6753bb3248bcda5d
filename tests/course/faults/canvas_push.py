"""What went wrong with Canvas, by push."""

from typing import Any

from grader.submissions.student import Student
from tests.course.faults.fault import Faults, both_pushed, expect, pushed
from tests.course.gradebook.sample import mark
from tests.course.push.canvas_lms import Canvas
from tests.course.push.runs import ANT, BEE, CAT, ELK, course, shaped
from tests.course.push.stand_in import Reply

PUSH_TO_CANVAS = Faults("Canvas")
fault = PUSH_TO_CANVAS.fault
PUSH, ASSIGNMENT = "push/test_canvas.py", "push/test_canvas_assignment.py"


def kept(server: Canvas, user: int, score: float | None) -> None:
    """Expect an entered score."""
    expect(server.scores[user] == score, f"{user} has {server.scores[user]}, not {score}")


def refused(says: str, **more: Any) -> str:
    """Expect an assignment to be refused before anything is sent to it."""
    course(mark(ANT, 3.0))
    server = Canvas()
    server.more = more
    found = pushed(server, "--write")
    expect(server.all_sent() == [], "something was sent")
    return found.line(says, 2)


@fault(
    "1a",
    "complete/incomplete loses what stood there",
    f"{ASSIGNMENT}::test_what_takes_no_marks_is_refused",
)
def pass_fail() -> str:
    return refused("complete or incomplete", grading_type="pass_fail")


@fault(
    "1b",
    "so does an assignment that is not graded",
    f"{ASSIGNMENT}::test_what_takes_no_marks_is_refused",
)
def not_graded() -> str:
    return refused("not at all", grading_type="not_graded")


@fault(
    "1c",
    '"sent" is said of what Canvas answers well to and does not keep',
    f"{PUSH}::test_a_score_that_canvas_answers_well_to_and_does_not_keep_is_refused",
)
def answered_well() -> str:
    course(mark(ANT, 3.0))
    server = Canvas()
    usual = server._score
    server.scheme = {"3": 3.7}
    server._score = lambda posted, form: usual(posted, {})  # type: ignore[method-assign]
    first, second = both_pushed(server, ["--write"], ["--write"])
    expect(second.status == 1, second)
    return first.line("Canvas answers well, and keeps 3.7 in place of 3", 1)


@fault(
    "2",
    "a number is taken for the name of a grade",
    f"{PUSH}::test_a_number_is_points_though_a_scheme_has_it_as_a_name",
)
def scheme() -> str:
    course(mark(ANT, 3.0))
    server = Canvas()
    server.grading_type, server.scheme = "letter_grade", {"3": 3.7}
    found = pushed(server, "--write")
    kept(server, 4711, 3.0)
    return found.line("1 score sent", 0)


@fault(
    "3d",
    "a comment reaches one member of a group",
    f"{PUSH}::test_a_group_is_graded_once_and_all_of_it_hears_the_comment",
)
def group() -> str:
    shaped(mark(Student("thefalcons_4712", "thefalcons", "4712", "101"), 3.0))
    server = Canvas()
    server.excused, server.groups = set(), dict.fromkeys((4711, 4712, 4713), "3")
    first, second = both_pushed(server, ["--write", "--comments"], ["--write", "--comments"])
    expect(len(server.all_sent()) == 1 and second.status == 0, second)
    expect(sorted(server.said) == [4711, 4712, 4713], server.said)
    return first.line("groups have one grade together", 0)


@fault(
    "3e",
    "two scores for one group are sent in turns",
    f"{PUSH}::test_two_scores_for_one_group_are_not_sent_in_turns",
)
def flips() -> str:
    course(mark(ANT, 3.0), mark(BEE, 2.0))
    server = Canvas()
    server.groups = dict.fromkeys((4711, 4712), "3")
    found = pushed(server, "--write")
    expect(len(server.all_sent()) == 1, server.all_sent())
    return found.line("the group has one score", 1)


@fault(
    "4",
    "the same score is not sent for what was handed in anew",
    f"{PUSH}::test_the_same_score_is_sent_for_what_was_handed_in_anew",
)
def anew() -> str:
    course(mark(BEE, 4.0))
    server = Canvas()
    server.anew = {4712}
    first, second = both_pushed(server, ["--write"], ["--write"])
    expect(server.anew == set() and len(server.all_sent()) == 1, second)
    return first.line("4 → 4", 0)


@fault("7", "nobody is found by their address", f"{PUSH}::test_a_student_is_found_by_their_address")
def address() -> str:
    course(mark(CAT._replace(name=""), 3.0))
    server = Canvas()
    server.excused = set()
    found = pushed(server, "--write")
    kept(server, 4713, 3.0)
    return found.line("1 score sent", 0)


@fault(
    "11a",
    "three who are refused stop everyone, with a hint at the token",
    f"{PUSH}::test_three_in_a_closed_period_stop_nobody_and_are_told_in_canvas_s_words",
)
def three() -> str:
    course(mark(ANT, 3.0), mark(BEE, 3.0), mark(CAT, 3.0), mark(ELK, 3.0))
    server = Canvas()
    server.excused, server.closed = set(), {4711, 4712, 4713}
    found = pushed(server, "--write")
    kept(server, 4714, 3.0)
    expect("CANVAS_TOKEN" not in found.said, found.said)
    return found.line("not sent: Ant, Alice", 1)


@fault(
    "11b",
    "whoever is not assigned the work is asked for",
    f"{PUSH}::test_whoever_is_not_assigned_the_work_is_said_and_not_asked_for",
)
def unassigned() -> str:
    course(mark(ANT, 3.0))
    server = Canvas()
    server.unassigned = {4711}
    found = pushed(server, "--write")
    expect(server.all_sent() == [], "something was sent")
    return found.line("not assigned to them", 1)


@fault(
    "11c",
    "a moderated assignment is a matter of the token",
    f"{ASSIGNMENT}::test_what_takes_no_marks_is_refused",
)
def moderated() -> str:
    return refused("is moderated", moderated_grading=True)


@fault(
    "11d", "so is one that is not published", f"{ASSIGNMENT}::test_what_takes_no_marks_is_refused"
)
def unpublished() -> str:
    return refused("is not published", published=False)


@fault(
    "12",
    "Canvas's own words are thrown away",
    f"{PUSH}::test_canvas_s_own_words_are_passed_on_bounded",
)
def words() -> str:
    course(mark(ANT, 3.0))
    server = Canvas()
    server.refusals = {"4711": Reply(400, {"error": "Student must be enrolled in the course"})}
    return pushed(server, "--write").line("Student must be enrolled in the course", 1)


@fault(
    "13",
    "with a scoped key a comment comes twice",
    f"{PUSH}::test_a_key_that_is_shown_no_comments_sends_none_twice",
)
def twice() -> str:
    course(mark(ANT, 2.5))
    server = Canvas()
    server.scoped, server.lost = True, [Reply(502)]
    first, _ = both_pushed(server, ["--write", "--comments"], ["--write", "--comments"])
    expect(len(server.said[4711]) == 1, server.said)
    return first.line("whether the comment arrived is not known", 0)


@fault(
    "16b",
    "the score before a deduction does not count",
    "push/test_comments.py::test_points_taken_off_for_lateness_do_not_make_a_score_new",
)
def deducted() -> str:
    course(mark(BEE, 4.0))
    server = Canvas()
    server.late = {4712: 0.5}
    found = pushed(server, "--write")
    expect(server.all_sent() == [], "something was sent")
    return found.line("1 stood there already", 0)


@fault(
    "17", "manual posting is not mentioned", f"{ASSIGNMENT}::test_what_a_person_should_know_is_said"
)
def manual() -> str:
    course(mark(ANT, 3.0))
    server = Canvas()
    server.more = {"post_manually": True}
    return pushed(server, "--write").line("until you post them", 0)


@fault(
    "18a",
    "an address in capitals ends at the second page",
    f"{PUSH}::test_a_capital_or_a_usual_port_leads_to_the_second_page_too",
)
def capitals() -> str:
    course(mark(ELK, 3.0))
    found = pushed(Canvas(), at=lambda url: url.replace("127.0.0.1", "LOCALHOST"))
    return found.line("1 score would change", 0)


@fault(
    "18b",
    "an address that was copied from a page names no cause",
    "push/test_address.py::test_a_page_s_address_says_which_one_is_meant",
)
def page() -> str:
    course(mark(ANT, 3.0))
    found = pushed(Canvas(), at=lambda url: f"{url}/courses/7")
    found.line("is a page's address within the LMS", 2)
    return found.line("--url")


@fault(
    "20",
    "anonymous marking cannot be pushed",
    f"{PUSH}::test_anonymous_marking_goes_by_the_numbers_of_the_zip",
)
def anonymous() -> str:
    shaped(mark(Student("anon_acJ4Q", "", "acJ4Q", "9"), 3.0))
    server = Canvas()
    server.anonymous = {4711: "acJ4Q"}
    found = pushed(server, "--write")
    kept(server, 4711, 3.0)
    expect("Alice" not in found.said, found.said)
    return found.line("Student acJ4Q: none → 3", 0)
