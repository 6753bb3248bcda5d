"""How messages travel: length-prefixed frames of JSON. Nothing is ever unpickled."""

import json
from collections.abc import Iterable, Mapping
from struct import Struct
from typing import Any

from grader.engines.encoding import Malformed

HEADER = Struct(">I")
LARGEST_REPLY = 1 << 20
LOST_LINE = 93  # the exit status of a process that can no longer use the line

_encode_json = json.JSONEncoder(separators=(",", ":")).encode
_decode_json = json.JSONDecoder().decode


class Written(str):
    """A value that is JSON text already, since it goes to one submission after another."""

    __slots__ = ()


def written(plain: object) -> Written:
    """Return a value as a message can hold it again and again."""
    return Written(_encode_json(plain))


def listed(items: Iterable[Written]) -> Written:
    """Return the list of some values."""
    return Written(f"[{','.join(items)}]")


def pack(message: Mapping[str, object]) -> bytes:
    """Return `message` as one frame."""
    ready = any(type(value) is Written for value in message.values())
    body = (_spliced(message) if ready else _encode_json(message)).encode("ascii")
    return HEADER.pack(len(body)) + body


def _spliced(message: Mapping[str, object]) -> str:
    fields = (
        f"{_encode_json(name)}:{value if type(value) is Written else _encode_json(value)}"
        for name, value in message.items()
    )
    return f"{{{','.join(fields)}}}"


def unpack(body: bytes) -> dict[str, Any]:
    """Return the message in a frame's body.

    Raises:
        Malformed: it is not a JSON object.
    """
    try:
        message = _decode_json(body.decode("ascii"))
    except (ValueError, RecursionError) as error:
        raise Malformed("wrote something that is not a reply") from error
    if type(message) is not dict:
        raise Malformed("wrote something that is not a reply")
    return message
