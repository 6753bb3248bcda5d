"""Submissions for tests: a right engine, and code put in places of it."""

import textwrap

from grader.reports.report import CheckResult, Outcome, Report
from grader.sandbox.protocol.limits import Limits
from tests.places import SAMPLES

RIGHT = (SAMPLES / "right.py").read_text(encoding="utf-8").partition("\n\nif __name__")[0]
USUAL = Limits()
SHORT = Limits(load_s=0.2, program_s=0.1)
SHORT_CELLS = Limits(load_s=0.2, program_s=0.1)


def before(code: str) -> str:
    """A right engine below `code`."""
    return textwrap.dedent(code).strip() + "\n\n" + RIGHT


def after(code: str) -> str:
    """A right engine above `code`."""
    return RIGHT + "\n\n" + textwrap.dedent(code).strip() + "\n"


def inside(method: str, code: str) -> str:
    """A right engine, one method of which begins with `code`."""
    head, start, rest = RIGHT.partition(f"    def {method}(")
    signature, newline, body = rest.partition("\n")
    indented = textwrap.indent(textwrap.dedent(code).strip(), " " * 8)
    return head + start + signature + newline + indented + "\n" + body


def instead(old: str, new: str) -> str:
    """A right engine with `new` wherever `old` stood."""
    assert old in RIGHT
    return RIGHT.replace(old, new)


def failures(report: Report) -> list[CheckResult]:
    """The checks that failed, in order."""
    return [check for check in report.checks if check.outcome is Outcome.FAILED]


def messages(report: Report) -> list[str]:
    """What is said of the checks that failed, each message once."""
    return list(dict.fromkeys(check.message for check in failures(report)))


def line_of(source: str, text: str) -> int:
    """The number of the first line that holds `text`."""
    return next(n for n, line in enumerate(source.splitlines(), 1) if text in line)
