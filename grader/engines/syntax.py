"""Parses Python, whatever else this process parses in the meantime."""

import ast

TRIES = 5


def parse(text: str) -> ast.Module:
    """Parse a module.

    Python 3.11 counts how deep it is in a place that all parsing of a process shares: where another
    thread, or an object that is collected meanwhile, parses too, it takes the count for damaged
    (https://github.com/python/cpython/issues/106905). Nothing is, and the next try comes to an end.

    Raises:
        SyntaxError: as `ast.parse` does; ValueError, RecursionError and MemoryError as well.
    """
    for _ in range(TRIES - 1):
        try:
            return ast.parse(text)
        except SystemError:
            continue
    return ast.parse(text)
