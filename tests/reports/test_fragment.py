"""The part of a page that stands in a notebook's cell."""

import re

from grader.reports.page.html import fragment
from grader.reports.report import track_report
from tests.reports.sample import FAILED, PASSED, RAISED, named, report

WRONG = report(PASSED, FAILED, RAISED, notes=("<i>cell 5</i> raises NameError",))


def test_what_a_student_wrote_is_text_and_nothing_runs() -> None:
    html = fragment(WRONG)

    assert "<script" not in html
    assert "&lt;b&gt;not&lt;/b&gt; a &amp; b" in html
    assert "&lt;i&gt;cell 5&lt;/i&gt; raises NameError" in html


def test_its_rules_are_for_itself_alone() -> None:
    style = re.search(r"<style>(.*?)</style>", fragment(WRONG), re.DOTALL)

    assert style is not None
    rules = re.sub(r"@(media print|container grade \(.*?\)) \{", "", style[1])
    selectors = [
        one.strip() for found in re.findall(r"([^{}]+)\{", rules) for one in found.split(",")
    ]
    foreign = [one for one in selectors if not re.search(r"(^|\s)\.grade(-page)?\b", one)]
    assert foreign == []


def test_of_a_track_each_exercise_opens() -> None:
    both = [named(WRONG, "ex9", "Subtraction"), named(report(PASSED), "ex4", "One step")]

    html = fragment(track_report("my475", both))

    assert re.findall(r'<span class="title">(ex\d · .*?)</span>', html) == [
        "ex9 · Subtraction",
        "ex4 · One step",
    ]
    assert html.count('<div class="grade">') == 1
