"""The committed description of the API is that of the table of routes."""

from tests.openapi import FILE, text


def test_the_committed_description_is_the_one_that_is_served() -> None:
    assert FILE.read_text(encoding="utf-8") == text(), "run python -m tests.openapi"
