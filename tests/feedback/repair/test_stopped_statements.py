"""Where an engine prints without end, edits of that statement come before all others."""

from grader.feedback.repair.candidates import Suspicion, candidates
from grader.feedback.repair.edit import CandidateEdit, TextEdit, edited
from grader.feedback.repair.outline import outline
from grader.feedback.repair.stopped_statements import stopped_statements
from tests.feedback.repair.engine import ENGINE

LOOP = """\
        for _ in range(10**9):
            print(self.data)
"""
FIRST = "    def __add__(self, other):\n"
SOURCE = ENGINE.replace(FIRST, FIRST + LOOP)
LINE = SOURCE[: SOURCE.index("print(self")].count("\n") + 1
STOPPED = frozenset({("__add__", LINE)})


def at(text: str, end: str = "") -> CandidateEdit:
    """Return an edit of a text of the source, or an insertion above it."""
    start = SOURCE.index(text)
    return CandidateEdit("name", (TextEdit(0, start, start + len(end), ""),), "", 0.0)


def test_a_loop_is_one_statement_and_what_stands_beside_it_is_none_of_it() -> None:
    stopped = stopped_statements(outline((SOURCE,)), STOPPED)

    assert stopped.has(at("print(self", "print"))
    assert stopped.has(at("range(10"))
    assert not stopped.has(at("out = Value(self.data + other.data", "out"))
    assert not stopped.has(at("def __mul__", "def"))


def test_a_line_of_another_function_is_in_no_statement() -> None:
    assert stopped_statements(outline((SOURCE,)), [("__mul__", LINE)]).spans == ()


def test_a_rule_has_statements_of_its_own() -> None:
    line = SOURCE[: SOURCE.index("other.grad +=")].count("\n") + 1

    stopped = stopped_statements(outline((SOURCE,)), [("_backward", line)])

    assert stopped.has(at("other.grad +=", "other"))
    assert not stopped.has(at("self.grad +=", "self"))


def test_first_the_statement_is_left_out_then_it_is_changed() -> None:
    tried = candidates((SOURCE,), Suspicion(stopped=STOPPED))

    first, *others = (edited((SOURCE,), one.edits)[0] for one in tried)
    assert first == ENGINE
    assert LOOP not in others[0]
    assert LOOP in others[-1]
