"""What several workers share out: groups stay together, and what takes long begins first."""

import pytest

from tests.parts import PARTS, part_of


@pytest.mark.xdist_group("together")
def test_a_worker_keeps_a_group_to_itself(request: pytest.FixtureRequest) -> None:
    """Where groups are scattered nothing fails, and what they share is worked out by everybody."""
    if not request.config.getoption("loadgroup", default=False):
        pytest.skip("there are no groups without -n and --dist loadgroup")

    assert request.node.nodeid.endswith("@together")


def test_what_takes_long_begins_first(request: pytest.FixtureRequest) -> None:
    long = [item.get_closest_marker("long") is not None for item in request.session.items]

    assert long == sorted(long, reverse=True)


def test_a_test_of_many_cases_is_handed_out_in_few_parts_and_shares_none_with_another() -> None:
    parts = {part_of(f"tests/test_one.py::test_it[{number}]") for number in range(1000)}
    others = {part_of(f"tests/test_one.py::test_it_too[{number}]") for number in range(1000)}

    assert len(parts) == PARTS
    assert not parts & others
