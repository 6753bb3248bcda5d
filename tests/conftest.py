"""Begins with the tests that take long, and lets none fail for a machine that is busy."""

import pytest
from hypothesis import settings

from tests.grading_fixtures import command, grade_cells, grade_source  # noqa: F401

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.get_closest_marker("long") is None)
