"""What went wrong with Canvas, by its gradebook's file."""

from pathlib import Path

from grader.submissions.student import Student
from tests.course.faults.fault import Faults, expect, exported, new_sheet
from tests.course.gradebook.sample import ANT, BEE, CANVAS, mark
from tests.course.push.runs import course, shaped
from tests.places import ROOT

CANVASS_GRADEBOOK = Faults("Canvas")
fault = CANVASS_GRADEBOOK.fault
TESTS = "gradebook/test_canvas.py"
HERE = ("--column", "77")


def left(cell: str, says: str) -> str:
    """Expect a cell to stay as it is."""
    course(mark(ANT, 3.0))
    found = exported("canvas", CANVAS.replace('Monday",,9.5', f'Monday",{cell},9.5'), *HERE)
    expect(new_sheet() == "" or f",{cell},9.5" in new_sheet(), new_sheet())
    return found.line(says, 0)


@fault(
    "3a",
    "a group with a digit in its name is written to one member",
    f"{TESTS}::test_a_group_s_name_is_nobody_s_though_it_has_a_number",
)
def digit() -> str:
    shaped(mark(Student("projectgroup1_4711", "projectgroup1", "4711", "9"), 3.0))
    found = exported("canvas", CANVAS, *HERE)
    expect(new_sheet() in ("", CANVAS), new_sheet())
    return found.line("contradictory", 1)


@fault(
    "3b",
    "that it is a group is not said",
    f"{TESTS}::test_a_group_s_members_get_its_score_by_a_roster",
)
def falcons() -> str:
    shaped(mark(Student("thefalcons_4712", "thefalcons", "4712", "9"), 3.0))
    Path("roster.csv").write_text("group,canvas_id\nthefalcons,4711\nthefalcons,4712\n", "utf-8")
    lost = exported("canvas", CANVAS, *HERE)
    exported("canvas", CANVAS, *HERE, "--roster", "roster.csv").line("2 scores written", 0)
    return lost.line("roster", 1)


@fault(
    "5",
    "points become full points where a column is complete/incomplete",
    f"{TESTS}::test_a_column_of_words_is_refused",
)
def complete() -> str:
    course(mark(ANT, 3.0))
    docs = ROOT / "docs" / "how-to" / "canvas.md"
    expect("omplete/incomplete" in docs.read_text("utf-8"), "the docs say nothing of it")
    words = CANVAS.replace('Monday",4,', 'Monday",complete,').replace("3.5", "incomplete")
    found = exported("canvas", words, *HERE)
    expect(not new_sheet(), new_sheet())
    return found.line("graded in words", 2)


@fault("6", '"N/A" is written over', f"{TESTS}::test_a_person_s_word_stays_as_it_is")
def not_assigned() -> str:
    return left("N/A", "not assigned, or hidden")


@fault(
    "9", "a third decimal is new for ever", f"{TESTS}::test_two_decimals_are_all_that_canvas_keeps"
)
def decimals() -> str:
    course(mark(BEE, 3.0))
    sheet = CANVAS.replace("Possible,,,,,5.00", "Possible,,,,,3.33").replace(
        'Monday",4,', 'Monday",2.00,'
    )
    return exported("canvas", sheet, *HERE, "--scale").line("1 stood there already", 0)


@fault(
    "10",
    "names in two columns contradict right numbers",
    f"{TESTS}::test_names_that_an_account_shows_apart_are_one_name",
)
def apart() -> str:
    li = Student("liwei_4711", "liwei", "4711", "99")
    shaped(mark(li, 3.0), mark(Student("madonna_4712", "madonna", "4712", "98"), 2.0))
    sheet = (
        "LastName,FirstName,ID,Section,Powers (77)\n    Points Possible,,,,5\n"
        "Li,Wei,4711,1,\nMadonna,,4712,1,\n"
    )
    return exported("canvas", sheet).line("2 scores written", 0)


@fault("15a", '"Excused" is written over', f"{TESTS}::test_a_person_s_word_stays_as_it_is")
def excused() -> str:
    return left("Excused", "excused")


@fault("15b", '"60%" is written over', f"{TESTS}::test_a_person_s_word_stays_as_it_is")
def per_cent() -> str:
    return left("60%", "no number of points")


@fault(
    "16a",
    "a deduction is taken twice without a word",
    f"{TESTS}::test_points_that_are_taken_off_for_lateness_twice_are_told",
)
def deduction() -> str:
    course(mark(ANT, 2.5)._replace(raw_score=3.0, penalty=0.5, late=True))
    return exported("canvas", CANVAS, *HERE).line("points taken off for lateness", 0)


@fault(
    "19",
    "a read-only total is taken for the column",
    f"{TESTS}::test_a_read_only_total_is_never_chosen",
)
def total() -> str:
    course(mark(ANT, 3.0))
    sheet = CANVAS.replace(",Final Score", ",Final Score (2024)")
    return exported("canvas", sheet, "--column", "2024").line("leaves out '2024'", 2)
