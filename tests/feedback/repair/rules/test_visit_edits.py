"""The function within a walk that meets one node, mended in the names of the source."""

import pytest

from tests.feedback.repair.engine import giving, mending, with_fault

VISIT = """\
        if node not in visited:
            visited.add(node)
            for child in node._prev:
                visit(child)
            order.append(node)
"""
BELOW = """\
            for child in node._prev:
                visit(child)
"""


@pytest.mark.parametrize(
    ("right", "wrong", "kind"),
    [
        (
            VISIT,
            "        for child in node._prev:\n            visit(child)\n"
            "        order.append(node)\n",
            "visit",
        ),
        (BELOW, "            order.extend(node._prev)\n", "visit"),
        (
            BELOW,
            "            for child in node._prev:\n                visited.add(child)\n",
            "not met again",
        ),
    ],
)
def test_a_visit_is_mended_in_its_own_names(right: str, wrong: str, kind: str) -> None:
    mended = mending(right, wrong)

    assert mended is not None
    assert (mended.kind, mended.function) == (kind, "topological_order")


def test_a_visit_without_a_set_looks_into_the_order_itself() -> None:
    before = with_fault(VISIT, "        order.append(node)\n        visit(node)\n")
    before = before.replace("    visited = set()\n", "")
    after = before.replace(
        "        order.append(node)\n        visit(node)\n",
        "        if node not in order:\n            for child in node._prev:\n"
        "                visit(child)\n            order.append(node)\n",
    )

    mended = giving(before, after)

    assert mended is not None
    assert mended.kind == "visit"
