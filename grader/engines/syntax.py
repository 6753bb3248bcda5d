"""Parses Python, whatever else this process parses in the meantime."""

import ast

TRIES = 5
LARGEST = 100_000  # characters: parsing them takes 0.3 s and 130 MB at the worst


def parse(text: str) -> ast.Module:
    """Parse a module of what a person may write: two megabytes of names and commas are 1.4 GB.

    Python 3.11 counts how deep it is in a place that all parsing of a process shares: where another
    thread, or an object that is collected meanwhile, parses too, it takes the count for damaged
    (https://github.com/python/cpython/issues/106905). Nothing is, and the next try comes to an end.

    Raises:
        SyntaxError: as `ast.parse` does; ValueError, RecursionError and MemoryError as well.
        ValueError: it has more than LARGEST characters.
    """
    if len(text) > LARGEST:
        raise ValueError(f"{len(text):,} characters are not parsed")
    for _ in range(TRIES - 1):
        try:
            return ast.parse(text)
        except SystemError:
            continue
    return ast.parse(text)
