"""The line to a submission's process, with a peer that misbehaves."""

import os
from collections.abc import Iterator
from contextlib import suppress
from threading import Thread
from time import monotonic, sleep
from typing import NamedTuple

import pytest

from grader.engines.encoding import Malformed
from grader.sandbox.channel import Channel, ConnectionClosed, TimedOut, Timeout
from grader.sandbox.protocol.wire import HEADER, LARGEST_REPLY, pack, unpack

LONGEST_S = 10.0  # far more than a busy machine takes for what waits for nothing


class Peer(NamedTuple):
    """The other end of a channel, and the channel."""

    channel: Channel
    requests: int
    replies: int

    def write(self, data: bytes) -> None:
        os.write(self.replies, data)

    def read(self) -> dict[str, object]:
        size = HEADER.unpack(os.read(self.requests, HEADER.size))[0]
        return unpack(os.read(self.requests, size))

    def asked(self) -> str:
        """Have something asked, and return the request's id."""
        self.channel.request({"kind": "test"}, 1.0)
        return str(self.read()["id"])


@pytest.fixture
def peer() -> Iterator[Peer]:
    requests, to_peer = os.pipe()
    from_peer, replies = os.pipe()
    channel = Channel(os.fdopen(from_peer, "rb"), os.fdopen(to_peer, "wb"))
    yield Peer(channel, requests, replies)
    channel.close()
    for descriptor in (requests, replies):
        with suppress(OSError):  # the test has closed it
            os.close(descriptor)


def test_a_request_gets_its_reply(peer: Peer) -> None:
    asked = peer.asked()
    peer.write(pack({"id": asked, "answer": 42}))

    reply = peer.channel.reply(1.0)

    assert reply == {"answer": 42}


def test_one_request_may_get_several_replies_in_one_piece(peer: Peer) -> None:
    asked = peer.asked()
    peer.write(pack({"id": asked, "n": 1}) + pack({"id": asked, "n": 2}))

    replies = [peer.channel.reply(1.0), peer.channel.reply(1.0)]

    assert replies == [{"n": 1}, {"n": 2}]


def test_every_request_has_an_id_of_its_own(peer: Peer) -> None:
    ids = [peer.asked() for _ in range(20)]

    assert len(set(ids)) == 20
    assert all(len(identifier) == 16 for identifier in ids)


def test_a_frame_before_the_first_request_is_early(peer: Peer) -> None:
    peer.write(pack({"id": ""}))

    with pytest.raises(Malformed, match="replied before it was asked"):
        peer.channel.request({}, 1.0)


def test_a_reply_too_many_is_early_for_the_next_request(peer: Peer) -> None:
    asked = peer.asked()
    peer.write(pack({"id": asked}) * 2)
    peer.channel.reply(1.0)

    with pytest.raises(Malformed, match="replied before it was asked"):
        peer.channel.request({}, 1.0)


@pytest.mark.parametrize("identifier", ["0123456789abcdef", "", None, 7])
def test_a_reply_under_another_id_is_forged(peer: Peer, identifier: object) -> None:
    peer.asked()
    peer.write(pack({"id": identifier}))

    with pytest.raises(Malformed, match="wrote a forged reply"):
        peer.channel.reply(1.0)


def test_a_reply_without_an_id_is_forged(peer: Peer) -> None:
    peer.asked()
    peer.write(pack({}))

    with pytest.raises(Malformed, match="wrote a forged reply"):
        peer.channel.reply(1.0)


@pytest.mark.parametrize(
    "body",
    [b"", b"junk", b"[]", b"7", b"null", b'"id"', b"\xff\xfe", b"{" * 10, b"[" * 200_000],
    ids=["empty", "junk", "list", "number", "null", "text", "not-ascii", "cut", "deep"],
)
def test_a_frame_that_is_no_json_object_is_not_a_reply(peer: Peer, body: bytes) -> None:
    peer.asked()
    writing = Thread(target=peer.write, args=(HEADER.pack(len(body)) + body,))
    writing.start()

    with pytest.raises(Malformed, match="wrote something that is not a reply"):
        peer.channel.reply(1.0)

    writing.join()


def test_a_number_of_a_million_digits_is_not_a_reply(peer: Peer) -> None:
    with pytest.raises(Malformed, match="wrote something that is not a reply"):
        unpack(b'{"number": ' + b"9" * 1_000_000 + b"}")


def test_an_oversized_frame_is_refused_by_its_header_alone(peer: Peer) -> None:
    peer.asked()
    peer.write(HEADER.pack(LARGEST_REPLY + 1))

    with pytest.raises(Malformed, match="wrote something that is not a reply"):
        peer.channel.reply(1.0)


def test_no_reply_is_late_when_the_time_is_over(peer: Peer) -> None:
    peer.asked()
    began = monotonic()

    with pytest.raises(TimedOut):
        peer.channel.reply(0.1)

    assert 0.1 <= monotonic() - began < LONGEST_S


def test_a_peer_that_dribbles_is_late_for_the_frame_as_a_whole(peer: Peer) -> None:
    frame = pack({"id": peer.asked(), "text": "x" * 100})

    def dribble() -> None:
        for byte in frame[:10]:
            peer.write(bytes([byte]))
            sleep(0.02)

    writing = Thread(target=dribble)
    writing.start()

    with pytest.raises(TimedOut):
        peer.channel.reply(0.1)

    writing.join()


def test_a_slow_peer_that_keeps_the_deadline_is_heard(peer: Peer) -> None:
    frame = pack({"id": peer.asked(), "text": "x" * 100})

    def in_two_pieces() -> None:
        peer.write(frame[:7])
        sleep(0.05)
        peer.write(frame[7:])

    writing = Thread(target=in_two_pieces)
    writing.start()

    assert peer.channel.reply(LONGEST_S) == {"text": "x" * 100}

    writing.join()


def test_a_frame_that_is_cut_off_is_a_closed_line(peer: Peer) -> None:
    frame = pack({"id": peer.asked(), "text": "x" * 100})
    peer.write(frame[:20])
    os.close(peer.replies)

    with pytest.raises(ConnectionClosed):
        peer.channel.reply(1.0)


def test_a_closed_line_is_told_to_the_next_request(peer: Peer) -> None:
    os.close(peer.replies)

    with pytest.raises(ConnectionClosed):
        peer.channel.request({}, 1.0)


def test_a_peer_that_no_longer_reads_is_a_closed_line(peer: Peer) -> None:
    os.close(peer.requests)

    with pytest.raises(ConnectionClosed):
        peer.channel.request({}, 1.0)


def test_a_large_request_that_is_never_read_is_late(peer: Peer) -> None:
    began = monotonic()

    with pytest.raises(TimedOut):
        peer.channel.request({"source": "x" * 1_000_000}, 0.1)

    assert monotonic() - began < LONGEST_S


def test_a_large_request_that_is_read_arrives_whole(peer: Peer) -> None:
    arrived = bytearray()

    def read() -> None:
        while len(arrived) < 1_000_000:
            arrived.extend(os.read(peer.requests, 65536))

    reading = Thread(target=read)
    reading.start()

    peer.channel.request({"source": "x" * 1_000_000}, LONGEST_S)

    reading.join()
    assert unpack(bytes(arrived[HEADER.size :]))["source"] == "x" * 1_000_000


def test_closing_does_not_wait_for_a_peer_that_keeps_its_end_open(peer: Peer) -> None:
    peer.asked()
    began = monotonic()

    peer.channel.close()
    peer.channel.close()

    assert monotonic() - began < LONGEST_S


def test_a_deadline_never_has_less_than_nothing_left() -> None:
    assert Timeout(-5.0).left() == 0.0
    assert 9.0 < Timeout(10.0).left() <= 10.0
