"""The shares of an operation heed an option that was kept, and is not read."""

from tests.feedback.repair.engine import giving
from tests.feedback.repair.rules.arrays.array_engine import ENGINE, with_array_fault


def test_a_condition_asks_for_an_option_that_was_kept_and_is_not_read() -> None:
    whole = "self.axis is not None and not self.keepdims"
    wrong = with_array_fault(whole, "self.axis is not None")

    found = giving(wrong, ENGINE.replace(whole, "(self.axis is not None) and not self.keepdims"))

    assert found is not None
    assert found.kind == "condition"


def test_an_option_that_is_read_already_is_not_asked_for_again() -> None:
    whole = "self.axis is not None and not self.keepdims"

    assert giving(ENGINE, ENGINE.replace(whole, f"({whole}) and not self.keepdims")) is None
