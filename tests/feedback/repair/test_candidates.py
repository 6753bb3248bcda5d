"""Candidates: all of them run, none is there twice, the likeliest come first."""

from grader.feedback.repair.candidates import Suspicion, candidates
from grader.feedback.repair.edit import edited
from grader.sandbox.child.edits.edited_code import EditedCode
from tests.feedback.repair.engine import ENGINE


def test_every_candidate_can_be_compiled_and_changes_something() -> None:
    tried = candidates((ENGINE,), Suspicion(frozenset({"sub", "rsub", "truediv"})))

    sources = [edited((ENGINE,), one.edits)[0] for one in tried]
    assert len(sources) > 300
    assert len(set(sources)) == len(sources)
    assert ENGINE not in sources
    code = EditedCode("value.py")
    for source in sources:
        code.of(source)


def test_what_a_failing_program_runs_is_edited_first() -> None:
    tried = candidates((ENGINE,), Suspicion(frozenset({"sub"})))

    first = {one.function for one in tried[:150]}
    assert {"__sub__", "__add__", "__neg__"} <= first
    assert "tanh" not in first


def test_the_order_is_the_same_every_time() -> None:
    suspicion = Suspicion(frozenset({"mul", "backward"}))

    assert candidates((ENGINE,), suspicion) == candidates((ENGINE,), suspicion)


def test_a_method_that_has_raised_is_near_also_where_nothing_asks_for_it() -> None:
    tried = candidates((ENGINE,), Suspicion(functions=frozenset({"tanh"})))

    assert "tanh" in {one.function for one in tried[:150]}


def test_a_source_without_an_engine_has_edits_too() -> None:
    tried = candidates(("def slope(f, x):\n    return f(x + 1) - f(x)\n",), Suspicion())

    assert tried
