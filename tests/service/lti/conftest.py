"""What the browsers of the LTI tests share."""

from collections.abc import Iterator

import pytest

from tests.service.lti.framing import Framing, framed_service


@pytest.fixture(scope="session")
def framing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Framing]:
    """A service in an LMS's page, one for all browsers."""
    with framed_service(tmp_path_factory.mktemp("framing")) as made:
        yield made
