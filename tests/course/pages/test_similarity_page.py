"""The page of submissions that are alike shows both texts, and none of them as markup."""

from grader.course.pages.similarity_page import (
    ClusterOnPage,
    CrowdOnPage,
    MarkedLine,
    NamedStudent,
    PairSide,
    PairSideBySide,
    SimilarPage,
    render,
)

EVIL = "<script>alert(1)</script>"
LEFT = PairSide("Alice Ant", "reports/ant.html", (MarkedLine(3, f"x = '{EVIL}'", 1, True),))
RIGHT = PairSide(EVIL, "", (MarkedLine(7, "y = 2", 1, True),))
PAIR = PairSideBySide(91, 12, False, 1, LEFT, RIGHT)
PEOPLE = (NamedStudent("Alice Ant", "reports/ant.html"), NamedStudent(EVIL, ""))
PAGE = SimilarPage("Powers", 40, 5, 20, 8, 60, (ClusterOnPage(91, 91, PEOPLE, (PAIR,)),), 0)


def test_a_pair_stands_side_by_side_with_its_lines() -> None:
    html = render(PAGE)

    assert "<title>Powers: submissions that are alike</title>" in html
    assert 'href="reports/ant.html"' in html
    assert html.index("Alice Ant") < html.index("y = 2")


def test_what_a_student_wrote_is_never_markup() -> None:
    html = render(PAGE._replace(unread=(EVIL,), crowds=(CrowdOnPage(PEOPLE, same=True),)))

    assert EVIL not in html
    assert html.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 4


def test_a_course_in_which_nobody_is_alike_says_so() -> None:
    assert "side by side" not in render(PAGE._replace(groups=()))
