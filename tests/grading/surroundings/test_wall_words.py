"""What the sandbox refuses is told as the sandbox's."""

import pytest

from grader.engines.observation import Fault
from grader.grading.surroundings.wall_words import refusal


@pytest.mark.parametrize(
    ("type_", "message", "allows"),
    [
        (
            "URLError",
            "<urlopen error [Errno -3] Temporary failure in name resolution>",
            "no network",
        ),
        ("gaierror", "[Errno -2] Name or service not known", "no network"),
        ("PermissionError", "[Errno 1] Operation not permitted", "no such call"),
        ("PermissionError", "[Errno 13] Permission denied: '/etc/passwd'", "no files but its own"),
        ("BlockingIOError", "[Errno 11] Resource temporarily unavailable", "no further processes"),
        ("RuntimeError", "can't start new thread", "no more threads than these"),
        ("OSError", "[Errno 30] Read-only file system: 'a'", "nothing to be written outside"),
    ],
)
def test_a_refusal_is_known(type_: str, message: str, allows: str) -> None:
    says = refusal([Fault("ValueError", "no"), Fault(type_, message)])

    assert says.startswith(f"the sandbox allows {allows}")
    assert says.endswith(f": {type_}: {message}")


@pytest.mark.parametrize(
    ("type_", "message"),
    [("PermissionError", "no"), ("RuntimeError", "no"), ("OSError", "[Errno 2] x"), ("E", "")],
)
def test_a_fault_of_the_submission_s_own_is_none(type_: str, message: str) -> None:
    assert refusal([Fault(type_, message)]) == ""
