"""No input is the grader's fault: what reads strangers' files says in its own words why it cannot.

`python -m tests.fuzz` goes on for as long as it is told.
"""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.targets import TARGETS, Target

EXAMPLES = 100  # of a target; the hours are by hand


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_whatever_is_handed_in_is_read_or_told(target: Target) -> None:
    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def fed(data: st.DataObject) -> None:
        target.feed(data.draw(target.inputs))

    fed()
