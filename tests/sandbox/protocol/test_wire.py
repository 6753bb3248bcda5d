"""Messages travel as frames of JSON, and what is not one is refused."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.engines.encoding import Malformed
from grader.sandbox.protocol.wire import HEADER, listed, pack, unpack, written

plain = st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.floats(allow_nan=False)
parts = (
    plain | st.lists(plain, max_size=3) | st.dictionaries(st.text(max_size=5), plain, max_size=3)
)
messages = st.dictionaries(st.text(max_size=5), parts, max_size=4)


@given(messages)
def test_a_message_arrives_as_it_left(message: dict[str, object]) -> None:
    frame = pack(message)

    assert unpack(frame[HEADER.size :]) == message


@given(messages, st.lists(parts, max_size=3))
def test_what_is_written_already_arrives_as_what_it_was(
    message: dict[str, object], items: list[object]
) -> None:
    frame = pack({**message, "ready": listed(map(written, items)), "last": written(items)})

    assert unpack(frame[HEADER.size :]) == {**message, "ready": items, "last": items}


def test_a_frame_is_four_bytes_of_length_and_that_many_of_ascii() -> None:
    frame = pack({"id": 1, "ö": "\n"})

    assert frame == b'\0\0\0\x16{"id":1,"\\u00f6":"\\n"}'


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"3",
        b'"text"',
        b"[]",
        b'[{"id": 1}]',
        b"{",
        b'{"id": 1}{"id": 2}',
        b'{"id": 1} more',
        b"{'id': 1}",
        b'{"name": "\xc3\xb6"}',
        b'{"id": 1}'.decode().encode("utf-16"),
        b'{"n": ' + b"9" * 5000 + b"}",
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b"\x80\x04}.",
    ],
    ids=lambda body: repr(body[:12]),
)
def test_what_is_no_message_is_malformed(body: bytes) -> None:
    with pytest.raises(Malformed, match=r"^wrote something that is not a reply$"):
        unpack(body)


@given(st.binary())
def test_any_bytes_are_a_message_or_malformed(body: bytes) -> None:
    try:
        message = unpack(body)
    except Malformed:
        return

    assert message == json.loads(body)
