"""How messages travel: length-prefixed frames of JSON. Nothing is ever unpickled."""

import json
from collections.abc import Mapping
from struct import Struct
from typing import Any

from grader.encoding import Malformed

HEADER = Struct(">I")
LARGEST_REPLY = 1 << 20
LOST_LINE = 93  # the exit status of a process that can no longer use the line

_encode_json = json.JSONEncoder(separators=(",", ":")).encode
_decode_json = json.JSONDecoder().decode


def pack(message: Mapping[str, object]) -> bytes:
    """Return `message` as one frame."""
    body = _encode_json(message).encode("ascii")
    return HEADER.pack(len(body)) + body


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
