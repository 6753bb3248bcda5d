"""Every kind of fault has words, and every edit a kind."""

import re

import pytest

from grader.feedback.repair.candidates import Suspicion, candidates
from grader.feedback.repair.kinds import KINDS
from tests.feedback.repair.engine import ENGINE
from tests.places import ROOT

RULES = ROOT / "grader" / "feedback" / "repair"


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_is_a_sentence_and_a_question(kind: str) -> None:
    assert KINDS[kind].says.endswith(".")
    assert KINDS[kind].asks.endswith("?")
    assert len(KINDS[kind].says) < 120


def test_every_edit_is_of_a_kind_that_has_words() -> None:
    operations = frozenset({"sub", "truediv", "radd", "rsub", "text"})

    assert {one.kind for one in candidates((ENGINE,), Suspicion(operations))} <= KINDS.keys()


def test_every_kind_is_the_kind_of_some_edit() -> None:
    written = "\n".join(file.read_text(encoding="utf-8") for file in RULES.rglob("*.py"))

    assert [kind for kind in KINDS if len(re.findall(f'"{kind}"', written)) < 2] == []
