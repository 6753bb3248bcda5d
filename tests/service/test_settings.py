"""The service's own address is checked: people type it, cookies and redirects depend on it."""

from pathlib import Path

import pytest
from sqlalchemy import make_url

from grader.service.settings import BadAddress, ServiceSettings, own_address


@pytest.mark.parametrize(
    ("url", "own"),
    [
        ("https://grade.uni.example/", "https://grade.uni.example"),
        ("https://grade.uni.example:8443", "https://grade.uni.example:8443"),
        ("http://127.0.0.1:8475", "http://127.0.0.1:8475"),
        ("http://[::1]:8475", "http://[::1]:8475"),
    ],
)
def test_an_address_is_a_host_and_a_port(url: str, own: str) -> None:
    assert own_address(url) == own


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("grade.uni.example", "it is no address of the web"),
        ("ftp://grade.uni.example", "it is no address of the web"),
        ("https://uni.example/grade", "it has a path"),
        ("http://grade.uni.example", "without TLS everyone on the way can read"),
    ],
)
def test_an_address_that_cannot_be_is_refused(url: str, says: str) -> None:
    with pytest.raises(BadAddress, match=says):
        own_address(url)


def test_a_service_that_has_moved_knows_by_which_of_its_addresses_it_was_asked() -> None:
    url, old = "https://grade.example", "https://old.example:8443"
    settings = ServiceSettings(Path(), make_url("sqlite://"), url, former_urls=(old,))

    asked = [
        settings.url_at(one) for one in ("OLD.example:8443", "old.example", "grade.example", "")
    ]

    assert asked == [old, url, url, url]
