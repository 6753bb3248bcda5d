"""Names: misspelt, without self, or of an attribute under another name."""

import pytest

from grader.feedback.repair.candidates import Suspicion, candidates
from tests.feedback.repair.engine import ENGINE, mending


@pytest.mark.parametrize(
    ("right", "wrong", "kind"),
    [
        ("self.data = data", "self.value = data", "name"),
        ("math.tanh(self.data)", "math.tanh(data)", "self missing"),
        ("math.tanh(self.data)", "math.tanh(self.dta)", "name"),
        ("visit(root)", "vist(root)", "name"),
        ("def __neg__(self)", "def __neg__()", "self missing"),
        ("def __sub__(self, other)", "def __sub__(other)", "self missing"),
    ],
)
def test_a_name_that_leads_nowhere_is_mended(right: str, wrong: str, kind: str) -> None:
    mended = mending(right, wrong, "data")

    assert mended is not None
    assert mended.kind == kind


def test_no_attribute_gets_the_name_of_the_class_or_of_a_method() -> None:
    asked = frozenset({"Value", "backward", "data", "grad"})  # the class is asked for by its name

    found = [one for one in candidates((ENGINE,), Suspicion(asked)) if one.kind == "name"]

    after = {edit.text for one in found for edit in one.edits}
    assert not after & {"Value", "backward"}


def test_a_name_that_is_defined_is_left_alone() -> None:
    kinds = {one.kind for one in candidates((ENGINE,), Suspicion(frozenset({"data", "grad"})))}

    assert not kinds & {"self missing"}
