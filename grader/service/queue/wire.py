"""Messages over a socket: a length, and JSON."""

import json
import socket
from asyncio import StreamReader, StreamWriter
from collections.abc import Mapping
from struct import Struct
from typing import Any, Final

LENGTH: Final = Struct(">I")
LONGEST: Final = 256 << 20


class Ended(Exception):
    """The other side has gone."""


def framed(message: Mapping[str, Any]) -> bytes:
    """Return a message as it travels."""
    text = json.dumps(message).encode()
    return LENGTH.pack(len(text)) + text


def receive(line: socket.socket) -> dict[str, Any]:
    """Wait for a message.

    Raises:
        Ended: nobody sends any more.
    """
    (length,) = LENGTH.unpack(_exactly(line, LENGTH.size))
    message: dict[str, Any] = json.loads(_exactly(line, length))
    return message


async def exchange(
    reader: StreamReader, writer: StreamWriter, message: Mapping[str, Any]
) -> dict[str, Any]:
    """Send a message, and return what the other side answers.

    Raises:
        Ended: it has gone.
    """
    try:
        writer.write(framed(message))
        await writer.drain()
    except OSError as error:
        raise Ended from error
    return await answer(reader)


async def answer(reader: StreamReader) -> dict[str, Any]:
    """Return the next message.

    Raises:
        Ended: the other side has gone.
    """
    try:
        (length,) = LENGTH.unpack(await reader.readexactly(LENGTH.size))
        if length > LONGEST:
            raise Ended
        message: dict[str, Any] = json.loads(await reader.readexactly(length))
    except (OSError, EOFError) as error:
        raise Ended from error
    return message


def _exactly(line: socket.socket, length: int) -> bytes:
    parts = bytearray()
    while len(parts) < length:
        part = line.recv(min(1 << 20, length - len(parts)))
        if not part:
            raise Ended
        parts += part
    return bytes(parts)
