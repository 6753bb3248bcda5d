"""Which cases of a test a worker is given together."""

from typing import Final
from zlib import crc32

PARTS: Final = 12
"""So many of a test's cases: few to hand out, and none that keeps one worker busy at the end."""


def part_of(nodeid: str) -> str:
    """Return the part of its test to which a case belongs, the same in every process."""
    return f"{nodeid.partition('[')[0]} {crc32(nodeid.encode()) % PARTS}"
