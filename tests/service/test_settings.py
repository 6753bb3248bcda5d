"""The service's own address is checked: people type it, cookies and redirects depend on it."""

import pytest

from grader.service.settings import BadAddress, own_address


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
