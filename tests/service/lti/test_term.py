"""A term in an LMS of a few students; of two hundred by hand (`term`)."""

from pathlib import Path

import pytest

from tests.service.lti.lms import Kind
from tests.service.lti.term import play


@pytest.mark.parametrize("kind", ["canvas", "moodle"])
def test_each_mark_is_in_the_lms_once_at_its_last_value_whoever_dies(
    tmp_path: Path, kind: Kind
) -> None:
    opened, changed = play(tmp_path, kind, 30, 120)

    assert opened == f"{kind}: 30 launches at once"
    assert changed.startswith(f"{kind}: 120 changes, ")
    assert " 0 kills" not in changed
