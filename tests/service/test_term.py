"""A whole term of a few students; of two hundred by hand (`term`)."""

from pathlib import Path

import pytest

from tests.service.running import drop, postgres_url
from tests.service.term import play


def test_a_term_is_played_and_its_marks_are_equal_after_a_restore_into_a_file(
    tmp_path: Path,
) -> None:
    handed_in, restored = play(tmp_path, 8, None)

    assert handed_in == "63 submissions, 21 marks"
    assert restored.startswith("restored into SQLite: equal marks")


def test_a_term_is_restored_into_postgresql(tmp_path: Path) -> None:
    url = postgres_url()
    if url is None:
        pytest.skip("no PostgreSQL at 127.0.0.1:5432 that lets in postgres without a password")
    try:
        assert list(play(tmp_path, 8, url))[1].startswith("restored into PostgreSQL: equal marks")
    finally:
        drop(url)
