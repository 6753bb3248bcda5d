"""A service at an address by TLS, with an LMS that is registered, and browsers."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.service.lti.arriving import LtiSite, lti_site
from tests.service.lti.lms import Kind, Lms


@pytest.fixture(params=["moodle"])
def kind(request: pytest.FixtureRequest) -> Kind:
    found: Kind = request.param
    return found


@pytest.fixture
def arrived(tmp_path: Path, kind: Kind) -> Iterator[LtiSite]:
    with lti_site(tmp_path, Lms(kind)) as made:
        yield made
