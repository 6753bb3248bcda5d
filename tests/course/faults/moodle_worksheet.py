"""What went wrong with Moodle 4.5.6, by worksheet."""

import json
import zipfile
from pathlib import Path

from grader.course.marks import ABOUT
from grader.submissions.student import Student
from tests.course.faults.fault import (
    Faults,
    expect,
    exported,
    new_sheet,
)
from tests.course.gradebook.sample import MOODLE, mark
from tests.course.push.moodle_lms import Moodle
from tests.course.push.runs import course

MOODLES_WORKSHEET = Faults("Moodle")
fault = MOODLES_WORKSHEET.fault

ALICE = Student("Alice_Ant_2", "Alice Ant", file_id="2")
ZOE = Student("Zoë_Bee_3", "Zoë Bee", file_id="3")
ASSIGNMENT = "push/test_moodle_assignment.py"
WORKSHEET = "gradebook/moodle/test_worksheet.py"


def kept(server: Moodle, user: str, score: float) -> None:
    """Expect a score in the gradebook."""
    now = float(server.scores.get(user, "-1"))
    expect(now == score, f"{user} has {now:g} in place of {score:g}")


@fault(
    "2b",
    "a worksheet with a scale gets comments beside no grade",
    f"{WORKSHEET}::test_grades_of_a_scale_are_refused",
)
def scale_by_worksheet() -> str:
    course(mark(ALICE, 3.0))
    sheet = MOODLE.replace('"Maximum grade"', "Scale").replace("5.00", "done").replace("4.00", "")
    found = exported("moodle", sheet)
    expect(not new_sheet(), new_sheet())
    return found.line("scale", 2)


GROUPS = (
    'Identifier,"Full name",Status,Group,Grade,"Maximum grade","Grade can be changed",'
    '"Last modified (submission)","Last modified (grade)","Feedback comments"\n'
    '"Participant 2","Alice Ant",Submitted,Other,,5.00,Yes,-,-,\n'
    '"Participant 3","Zoë Bee",Submitted,"Alice Ant",,5.00,Yes,-,-,\n'
    '"Participant 4","Cy Cat",Submitted,"Alice Ant",,5.00,Yes,-,-,\n'
)


@fault(
    "6b",
    "a worksheet gives a group's score to a student who is called like it",
    "gradebook/moodle/test_teams.py::test_each_member_gets_the_group_s_score_and_nobody_else",
)
def teams_by_worksheet() -> str:
    course(mark(Student("Alice Ant_150", "Alice Ant", file_id="150"), 3.0))
    found = exported("moodle", GROUPS)
    expect(new_sheet().count('"Alice Ant",3,5.00') == 2, new_sheet())
    expect("Other,,5.00" in new_sheet(), new_sheet())
    return found.line("2 scores written", 0)


@fault(
    "7",
    "that Moodle skips rows that have changed since is said nowhere",
    f"{WORKSHEET}::test_where_a_grade_stands_there_the_box_is_named_that_has_to_be_ticked",
)
def order() -> str:
    course(mark(ZOE, 3.0))
    dated = MOODLE.replace('11:00 AM",-,', '11:00 AM","Monday, 5 October 2026, 11:30 AM",')
    return exported("moodle", dated).line("Update records that have been modified", 0)


@fault(
    "9a",
    "more than the assignment's points is written into a worksheet",
    "gradebook/test_fill_column.py::test_more_points_than_there_are_go_where_they_are_taken_and_meant",
)
def too_many_by_worksheet() -> str:
    course(mark(ALICE, 5.0))
    sheet = MOODLE.replace("5.00", "3.00").replace("4.00", "2.00")
    unsaid = exported("moodle", sheet)
    expect(unsaid.status == 2 and not new_sheet(), unsaid)
    meant = exported("moodle", sheet, "--no-scale")
    expect(new_sheet() in ("", sheet), new_sheet())
    return meant.line("Alice Ant")


@fault(
    "9b",
    "an assignment without a grade gets scores",
    f"{WORKSHEET}::test_an_assignment_without_a_grade_is_refused",
)
def no_grade() -> str:
    course(mark(ALICE, 5.0))
    sheet = MOODLE.replace(',"Maximum grade"', "").replace(",5.00", "").replace(",4.00,", ",,")
    return exported("moodle", sheet).line("graded not at all", 2)


@fault(
    "10",
    "our own comment outlives its mark",
    "gradebook/test_fill_column.py::test_words_of_ours_are_replaced",
)
def own_comment() -> str:
    course(mark(ZOE, 5.0))
    sheet = MOODLE.replace("Well done, Zoë", "Powers: 3.75 of 5; to fix: tanh")
    found = exported("moodle", sheet)
    expect("3.75" not in new_sheet(), new_sheet())
    return found.line("1 score written", 0)


@fault(
    "11",
    "a comment is taken for HTML",
    f"{WORKSHEET}::test_a_comment_is_written_as_moodle_stores_it",
)
def escaped() -> str:
    course(mark(ALICE, 2.0)._replace(comment="NameError in <module>: a<b\n\nsecond"))
    exported("moodle", MOODLE).line("1 score written", 0)
    line = next(one for one in new_sheet().splitlines() if "module" in one)
    expect("in &lt;module&gt;: a&lt;b<br><br>second" in line, line)
    return line.rpartition(",")[2]


@fault(
    "12",
    "a sheet flattens the comments that somebody wrote",
    f"{WORKSHEET}::test_a_sheet_can_hold_the_changes_alone_and_no_comments",
)
def only_changes() -> str:
    course(mark(ALICE, 2.0))
    exported("moodle", MOODLE, "--only-changes", "--comments", "drop").line("1 score written", 0)
    lines = new_sheet().splitlines()
    expect(len(lines) == 2 and "comments" not in lines[0], lines)
    return f"{len(lines) - 1} row, without a column of comments"


CHINESE = (
    "标识符,姓名,电子邮件地址,状态,成绩,最高分,允许更改成绩,最近修改时间(提交),最近修改时间(成绩),反馈\n"
    '参与者2,Alice Ant,a@x.org,已提交,,5.00,是的,"2026年11月28日 10:00",-,\n'
)
UNKNOWN = CHINESE.replace("是的", "gwir")


@fault(
    "17a",
    "in Chinese nothing is written, with status 0",
    "gradebook/moodle/test_worksheet_columns.py::test_a_language_that_moodle_translates_oddly_is_understood",
)
def chinese() -> str:
    course(mark(ALICE, 2.0))
    return exported("moodle", CHINESE).line("1 score written", 0)


@fault(
    "17b",
    "a word for yes that nobody knows writes nothing, with status 0",
    "gradebook/moodle/test_worksheet_columns.py::test_a_word_that_is_neither_yes_nor_no_locks_the_grade_until_somebody_says_it",
)
def unknown_yes() -> str:
    course(mark(ALICE, 2.0))
    found = exported("moodle", UNKNOWN)
    expect(found.status != 0, found)
    exported("moodle", UNKNOWN, "--changeable", "允许更改成绩=gwir").line("1 score written", 0)
    return found.line("gwir")


@fault(
    "18",
    "a student reads a function's name, and not that the file does not run",
    "gradebook/test_column_scores.py::test_a_comment_has_the_titles_of_checks_and_not_their_functions_names",
)
def titles() -> str:
    titled = mark(ALICE, 1.0).checks[1]._replace(title="tanh has its gradient")
    course(
        mark(ALICE, 1.0)._replace(checks=(titled,)),
        mark(ZOE, 0.0)._replace(does_not_run="SyntaxError: invalid syntax"),
    )
    exported("moodle", MOODLE, "--comments", "all").line("2 scores written", 0)
    expect("SyntaxError" in new_sheet(), new_sheet())
    line = next(one for one in new_sheet().splitlines() if "Alice" in one)
    expect("tanh has its gradient" in line, line)
    return line.rpartition(",")[2]


@fault("19a", "a draft is graded without a word", f"{WORKSHEET}::test_a_draft_is_said")
def draft() -> str:
    course(mark(ALICE, 2.0))
    sheet = MOODLE.replace("Submitted for grading", "Draft (not submitted)", 1)
    return exported("moodle", sheet).line("draft", 0)


@fault(
    "19c",
    "another assignment's worksheet is filled by names",
    f"{WORKSHEET}::test_a_worksheet_of_another_assignment_is_noticed",
)
def other_sheet() -> str:
    course(mark(ALICE._replace(file_id="102"), 2.0))
    told = {"schema": "grade/batch/1", "shape": "Moodle's submissions: 1 student"}
    Path("out", ABOUT).write_text(json.dumps(told), "utf-8")
    found = exported("moodle", MOODLE)
    expect(not new_sheet(), new_sheet())
    return found.line("participant's numbers", 2)


SEMICOLONS = (
    "sep=;\nIdentifier;Full name;Status;Grade;Maximum grade;Grade can be changed;"
    "Last modified (submission);Last modified (grade);Feedback comments\n"
    "Participant 2;Alice Ant;Submitted for grading;;5.00;Yes;-;-;\n"
)


@fault(
    "19d",
    '"sep=;" is taken for a header',
    "gradebook/test_csv_sheet.py::test_the_line_that_tells_excel_the_separator_is_left_out",
)
def separator() -> str:
    course(mark(ALICE, 2.0))
    return exported("moodle", SEMICOLONS).line("1 score written", 0)


@fault(
    "19e",
    "UTF-16 is refused",
    "gradebook/test_csv_sheet.py::test_a_file_in_utf_16_becomes_one_in_utf_8",
)
def utf_16() -> str:
    course(mark(ALICE, 2.0))
    return exported("moodle", MOODLE.encode("utf-16")).line("1 score written", 0)


@fault(
    "19f",
    "every page is called report.html",
    "gradebook/moodle/test_feedback_zip.py::test_everyone_gets_their_page_back",
)
def pages() -> str:
    course(mark(ALICE, 2.0))
    page = Path("out", mark(ALICE, 2.0).page)
    page.parent.mkdir(exist_ok=True)
    page.write_text("<p>", "utf-8")
    exported("moodle", MOODLE, "--feedback", "pages.zip").line("1 score written", 0)
    names = zipfile.ZipFile("pages.zip").namelist()
    expect(len(names) == 1 and not names[0].endswith("report.html"), names)
    return names[0]
