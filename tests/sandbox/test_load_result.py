"""What a reply says of a submission that has run is believed where its form is right."""

from typing import Any

import pytest

from grader.engines.encoding import Malformed, fault_to
from grader.engines.observation import Fault, Observation, ResourceUse
from grader.sandbox.engine_class import Candidate
from grader.sandbox.load_result import LoadResult, Mishap, load_result, unfinished_load

FAULT = Fault("ValueError", "no")
CLASS = {"name": "Value", "backward": True, "arithmetic": False}
REPLY: dict[str, Any] = {
    "ended": "ran",
    "classes": [CLASS],
    "mishaps": [["cell 2", fault_to(FAULT)]],
    "patched": ["builtins.abs"],
}


def test_a_reply_of_the_right_form_is_read() -> None:
    assert load_result(REPLY) == LoadResult(
        "ran",
        (Mishap("cell 2", FAULT),),
        (Candidate("Value", backward=True, arithmetic=False),),
        ("builtins.abs",),
    )


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "an ending": ({"ended": "passed"}, "an ending that does not exist"),
    "the ending of a process": ({"ended": "died"}, "an ending that does not exist"),
    "no list of classes": ({"classes": None}, "without saying what it holds"),
    "a class without a name": ({"classes": [{"backward": True}]}, "a class that has no name"),
    "a class that is none": ({"classes": ["Value"]}, "a class that has no name"),
    "a name that is none": ({"classes": [{"name": "a b"}]}, "a class whose name is none"),
    "a name too long": ({"classes": [{"name": "a" * 101}]}, "a class whose name is none"),
    "a mishap without a place": ({"mishaps": [[7, fault_to(FAULT)]]}, "a mishap that has no place"),
}


@pytest.mark.parametrize("part", WRONG)
def test_a_part_of_another_form_is_refused(part: str) -> None:
    fields, message = WRONG[part]

    with pytest.raises(Malformed, match=message):
        load_result(REPLY | fields)


def test_only_true_is_true() -> None:
    (candidate,) = load_result(REPLY | {"classes": [CLASS | {"backward": 1}]}).candidates

    assert not candidate.backward


def test_no_more_than_a_reply_may_hold_is_read() -> None:
    loaded = load_result(REPLY | {"classes": [CLASS] * 900, "patched": ["builtins.abs"] * 900})

    assert (len(loaded.candidates), len(loaded.patched)) == (200, 50)


def test_a_run_that_took_its_process_along_says_how_that_ended() -> None:
    use = ResourceUse(1.0, 0.5, 2, 3)

    assert unfinished_load(Observation("died", detail="its process ended", use=use)) == LoadResult(
        "died", detail="its process ended", use=use
    )
