"""Six submissions that a page has to show well: `python -m tests.reports.gallery FOLDER`.

Writes their pages, and a picture of each in light and dark where a browser is installed.
"""

import sys
from pathlib import Path

from grader.exercises import catalogue
from grader.grading.mutants.engine import mutated_source
from grader.grading.one_submission import grade_exercise
from grader.grading.request import GradeRequest
from grader.reports.page.html import render
from grader.reports.report import Report

MUTANTS = {
    "overwrites": ("ex7", "A1"),
    "exponent": ("ex9", "P1"),
    "order": ("ex7", "W2"),
    "not-zeroed": ("ex12", "K1"),
}
RAISES = """
class Value:
    def __init__(self, data, _children=(), _op=""):
        self.data = data
        self.grad = 0.0
        self._prev = set(_children)
        self._op = _op
        self._backward = lambda: None

    def __add__(self, other):
        return Value(self.data + other, (self, other), "+")
"""


def sources() -> dict[str, tuple[str, str]]:
    """Return each submission's exercise and text, by its name."""
    found = {"pass": ("ex9", solution("ex9"))}
    for name, (exercise, id_) in MUTANTS.items():
        mutants = catalogue.mutants(catalogue.load(catalogue.find(exercise)))
        (mutant,) = [one for one in mutants if one.id == id_]
        found[name] = (exercise, mutated_source(solution(exercise), mutant, "mutants.py"))
    return found | {"raises": ("ex2", RAISES)}


def solution(name: str) -> str:
    """Return the solution of an exercise."""
    return catalogue.solution(catalogue.load(catalogue.find(name)))


def reports(folder: Path) -> dict[str, Report]:
    """Return the report of each submission, written to `folder` first, by its name."""
    found = {}
    for name, (exercise, source) in sources().items():
        file = folder / "value.py"
        file.write_text(source, encoding="utf-8")
        report = grade_exercise(GradeRequest(exercise, str(file)), None).report
        found[name] = report._replace(duration_s=0.05)
    return found


def main(folder: Path) -> None:
    """Write the pages, and their pictures."""
    from tests.reports.browser import Browser

    folder.mkdir(parents=True, exist_ok=True)
    pages = {}
    for name, report in reports(folder).items():
        pages[name] = folder / f"{name}.html"
        pages[name].write_text(render(report), encoding="utf-8")
    with Browser() as browser:
        for name, page in pages.items():
            for scheme in ("light", "dark"):
                browser.picture(page, folder / f"{name}-{scheme}.png", scheme)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
