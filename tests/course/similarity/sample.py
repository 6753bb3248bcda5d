"""Honest submissions of different people, and one of them as a copyist would hand it in."""

import builtins
import io
import json
import keyword
import re
import tokenize

from grader.course.similarity.compare_all import marks_of
from grader.course.similarity.texts import Written, lines_of, written
from grader.exercises import catalogue

EX9 = catalogue.find("my475/ex9")
HONEST = catalogue.variants(EX9)
ORIGINAL = "scalar_with_own_rules"
GIVEN = marks_of([catalogue.starter(EX9), catalogue.solution(catalogue.load(EX9))])


def of(key: str, text: str) -> Written:
    """Return a script of somebody's, taken apart."""
    return written(key, list(lines_of(text, "value.py")))


def honest() -> list[Written]:
    """Return what six people have written who know nothing of each other."""
    return [of(name, text) for name, text in HONEST.items()]


def renamed(text: str) -> str:
    """Return a program with other names, numbers, strings and comments."""
    kept = {*dir(builtins), *keyword.softkwlist}
    pieces = []
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        kind, piece = token.type, token.string
        if kind == tokenize.NAME and not keyword.iskeyword(piece) and piece not in kept:
            piece = piece if piece.startswith("__") else f"my_{piece}"
        elif kind == tokenize.NUMBER:
            piece = "7"
        elif kind == tokenize.COMMENT:
            piece = "# all my own work"
        pieces.append((kind, piece))
    return tokenize.untokenize(pieces)


def reordered(text: str) -> str:
    """Return a program with the methods of each class the other way round."""
    head, *methods = re.split(r"(?m)^(?=    def )", text)
    last, _, rest = methods[-1].partition("\n\n\n")
    return head + "\n".join([last + "\n", *reversed(methods[:-1])]) + "\n\n" + rest


def as_cells(text: str) -> str:
    """Return a program as a notebook, a cell for each part between blank lines."""
    cells: list[dict[str, object]] = [
        {
            "cell_type": "code",
            "source": part,
            "metadata": {},
            "outputs": [],
            "execution_count": None,
        }
        for part in re.split(r"\n\n\n", text)
    ]
    return json.dumps({"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": cells})
