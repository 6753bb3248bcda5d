"""What went wrong with Moodle 4.5.6, by push."""

from grader.submissions.student import Student
from tests.course.faults.fault import (
    Faults,
    both_pushed,
    expect,
    pushed,
)
from tests.course.gradebook.sample import mark
from tests.course.push.moodle_lms import Moodle
from tests.course.push.runs import ANT, BEE, course
from tests.course.push.stand_in import Reply

PUSH_TO_MOODLE = Faults("Moodle")
fault = PUSH_TO_MOODLE.fault

ALICE = Student("Alice_Ant_2", "Alice Ant", file_id="2")
ZOE = Student("Zoë_Bee_3", "Zoë Bee", file_id="3")
ASSIGNMENT = "push/test_moodle_assignment.py"
WORKSHEET = "gradebook/moodle/test_worksheet.py"


def kept(server: Moodle, user: str, score: float) -> None:
    """Expect a score in the gradebook."""
    now = float(server.scores.get(user, "-1"))
    expect(now == score, f"{user} has {now:g} in place of {score:g}")


@fault(
    "1", "a push takes back a released grade", f"{ASSIGNMENT}::test_a_released_grade_stays_released"
)
def released() -> str:
    course(mark(ANT, 5.0))
    server = Moodle()
    server.scores["2"], server.more, server.states = (
        "4.00000",
        {"markingworkflow": 1},
        {"2": "released"},
    )
    found = pushed(server, "--write")
    kept(server, "2", 5.0)
    expect(server.states == {"2": "released"}, server.states)
    return found.line("1 score sent", 0)


@fault(
    "2a",
    "a push gives wrong marks on a scale",
    "push/test_refusals.py::test_a_scale_of_moodle_s_is_refused",
)
def scale_by_push() -> str:
    course(mark(ANT, 3.0), mark(BEE, 5.0))
    server = Moodle()
    server.grade = -3
    found = pushed(server, "--write")
    expect(server.all_sent() == [], "something was sent")
    return found.line("scale", 2)


@fault(
    "3a",
    '"sent" is said of a grade that is locked',
    "push/test_plan.py::test_a_grade_that_is_held_fast_is_listed_and_not_sent_again_for_nothing",
)
def locked() -> str:
    course(mark(ANT, 5.0), mark(BEE, 3.0))
    server = Moodle()
    server.locked, server.overridden = {"2"}, {"3"}
    first, second = both_pushed(server, ["--write"], ["--write"])
    expect(server.all_sent() == [], "something was sent")
    second.line("locked", 1)
    first.line("overridden", 1)
    return first.line("locked", 1)


@fault(
    "3b",
    "nor is it found out afterwards, and each run sends it again",
    "push/test_moodle.py::test_what_was_kept_is_read_back_once_for_all",
)
def locked_unseen() -> str:
    course(mark(ANT, 5.0))
    server = Moodle()
    server.locked = {"2"}
    server.service = server.service - {"gradereport_user_get_grade_items"}
    first, second = both_pushed(server, ["--write"], ["--write"])
    expect(len(server.all_sent()) == 1, "it was sent again")
    expect(second.status == 1, second)
    return first.line("Moodle answers well, and keeps none in place of 5", 1)


@fault(
    "3c",
    '"sent" is said where a rubric is',
    f"{ASSIGNMENT}::test_what_does_not_arrive_whole_is_refused_before",
)
def rubric() -> str:
    course(mark(ANT, 5.0))
    server = Moodle()
    server.method = "rubric"
    return pushed(server, "--write").line("rubric", 2)


@fault(
    "3d",
    '"sent" is said of more points than there are',
    "push/test_plan.py::test_more_than_the_assignment_s_points_is_never_sent",
)
def too_many() -> str:
    course(mark(ANT, 5.0), mark(BEE, 2.0))
    server = Moodle()
    server.grade = 3
    unsaid, meant, scaled = both_pushed(
        server, ["--write"], ["--write", "--no-scale"], ["--write", "--scale"]
    )
    expect(unsaid.status == 2, unsaid)
    kept(server, "2", 3.0)
    kept(server, "3", 1.2)
    expect(scaled.status == 0, scaled)
    return meant.line("Alice Ant", 1)


@fault(
    "4",
    "a grade beside a comment cannot change",
    "push/test_moodle_comments.py::test_without_comments_the_grade_changes_and_the_comment_stays",
)
def comment_stays() -> str:
    course(mark(BEE, 5.0))
    server = Moodle()
    server.stored = {"3": ("<p>Nice <b>work</b></p>", "1")}
    found = pushed(server, "--write")
    kept(server, "3", 5.0)
    expect(server.stored == {"3": ("<p>Nice <b>work</b></p>", "1")}, server.stored)
    return found.line("1 score sent", 0)


@fault(
    "5a",
    "namesakes are ambiguous",
    "push/test_moodle_students.py::test_two_of_one_name_are_told_apart_by_the_participant_s_number",
)
def namesakes() -> str:
    both = [Student(f"Anna Müller_{one}", "Anna Müller", file_id=one) for one in ("16", "17")]
    course(mark(both[0], 1.0), mark(both[1], 2.0))
    server = Moodle()
    server.users = [{"id": one, "fullname": "Anna Müller"} for one in (7, 8)]
    server.scores, server.numbers = {}, {"7": "17", "8": "16"}
    found = pushed(server, "--write")
    kept(server, "8", 1.0)
    kept(server, "7", 2.0)
    return found.line("2 scores sent", 0)


@fault(
    "5b",
    "in blind marking nobody is found",
    "push/test_moodle_students.py::test_blind_marking_is_sent_by_number_and_names_nobody",
)
def blind() -> str:
    course(mark(Student("Participant_41", "Participant", file_id="41"), 1.0))
    server = Moodle()
    server.more, server.numbers = {"blindmarking": 1, "revealidentities": 0}, {"2": "41"}
    found = pushed(server, "--write")
    kept(server, "2", 1.0)
    expect("Alice" not in found.said, found.said)
    return found.line("Participant 41: none → 1", 0)


@fault(
    "6a",
    "a push gives a group's score to a student who is called like it",
    "push/test_moodle_teams.py::test_members_get_the_score_of_their_group",
)
def teams_by_push() -> str:
    course(mark(Student("Alice Ant_11", "Alice Ant", file_id="11"), 3.0))
    server = Moodle()
    server.scores, server.more = {}, {"teamsubmission": 1, "teamsubmissiongroupingid": 0}
    for user in server.users:
        user["groups"] = [{"id": 11, "name": "Alice Ant"}] if user["id"] in (3, 5) else []
    found = pushed(server, "--write")
    expect(
        {user: float(one) for user, one in server.scores.items()} == {"3": 3.0, "5": 3.0},
        server.scores,
    )
    return found.line("2 scores sent", 0)


@fault(
    "15a",
    "why a token is refused is hidden",
    "push/test_moodle_service.py::test_a_wrong_token_is_said_in_moodle_s_words",
)
def words() -> str:
    course(mark(ANT, 5.0))
    server = Moodle()
    refusal = {
        "exception": "e",
        "errorcode": "invalidtoken",
        "message": "Invalid token - token not found",
    }
    server.troubles = [Reply(body=refusal)]
    return pushed(server).line("Invalid token - token not found", 2)


@fault(
    "15b",
    "an admin who is not enrolled is told that there is no such assignment",
    f"{ASSIGNMENT}::test_an_admin_who_is_not_enrolled_finds_it_all_the_same",
)
def admin() -> str:
    course(mark(ANT, 5.0))
    server = Moodle()
    server.enrolled = False
    return pushed(server).line("1 score would change", 0)


@fault(
    "15c",
    "a student's token is promised changes",
    f"{ASSIGNMENT}::test_a_token_that_may_not_see_grades_promises_nothing",
)
def students_token() -> str:
    course(mark(ANT, 5.0))
    server = Moodle()
    server.may_grade = False
    return pushed(server).line("No access rights in module context", 2)


@fault(
    "15d",
    "it waits for a Moodle in maintenance without a word",
    "push/test_moodle_service.py::test_maintenance_says_that_it_waits",
)
def maintenance() -> str:
    course(mark(ANT, 5.0))
    server = Moodle()
    server.troubles = [Reply(503, headers={"Retry-After": "300"})]
    return pushed(server).line("wait", 0)


@fault(
    "15e",
    "what is missing is found out one after the other",
    "push/test_readiness.py::test_each_function_that_moodle_lacks_is_named",
)
def check() -> str:
    course(mark(ANT, 5.0))
    server = Moodle()
    server.service = server.service - {"mod_assign_get_grades", "mod_assign_get_user_flags"}
    found = pushed(server, "--check")
    found.line("mod_assign_get_user_flags")
    return found.line("mod_assign_get_grades")


@fault(
    "16",
    "a number hits the assignment whose id it is",
    f"{ASSIGNMENT}::test_a_number_is_the_one_in_the_address_and_an_id_only_if_asked_for",
)
def other_number() -> str:
    course(mark(ANT, 5.0))
    refused = pushed(Moodle(), assignment="31")
    refused.line("id:31 means 'ex9'", 2)
    return pushed(Moodle(), assignment="id:31").line("would change in 'ex9'", 0)


@fault(
    "19b",
    "a push writes to whoever is suspended",
    "push/test_moodle_students.py::test_a_suspended_student_stays_as_they_are",
)
def suspended() -> str:
    course(mark(ANT, 1.0))
    server = Moodle()
    server.suspended = {"2"}
    found = pushed(server, "--write")
    expect(server.all_sent() == [], "something was sent")
    return found.line("suspended", 0)
