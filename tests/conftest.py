"""Begins with the tests that take long, and lets none fail for a machine that is busy."""

import os

import pytest
from hypothesis import settings

from tests.grading_fixtures import command, grade_cells, grade_source  # noqa: F401

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Return one more than there are processors: a third of what tests take is waited for."""
    ours = getattr(os, "sched_getaffinity", None)
    return (len(ours(0)) if ours else os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.get_closest_marker("long") is None)
