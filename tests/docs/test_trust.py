"""Each promise on the page about trust names a test that holds it, and that test is there."""

import re

import pytest

from tests.places import ROOT

PAGE = (ROOT / "docs" / "explanation" / "trust.md").read_text(encoding="utf-8")
PROMISES = re.search(r"^## What holds each promise\n(.*?)^## ", PAGE, re.MULTILINE | re.DOTALL)
ROWS = re.findall(r"^\| (.+) \| (.+) \|$", PROMISES[1] if PROMISES else "", re.MULTILINE)[1:]


def test_the_page_makes_promises() -> None:
    assert len(ROWS) > 20


@pytest.mark.parametrize(("promise", "test"), ROWS)
def test_a_promise_names_the_test_that_holds_it(promise: str, test: str) -> None:
    path, name = test.strip("`").split("::")

    assert re.search(rf"^def {name}\(", (ROOT / path).read_text(encoding="utf-8"), re.MULTILINE)
