"""Autolab's line of scores, one for each student."""

import json
from collections.abc import Iterable

from grader.course.marks import Mark


def line(marks: Iterable[Mark]) -> str:
    """Return the last line that Autolab reads: a score for each exercise, by its name.

    Args:
        marks: of one student, all with a score.
    """
    scores = {mark.exercise.rpartition("/")[2]: mark.score for mark in marks}
    return json.dumps({"scores": scores}, ensure_ascii=False) + "\n"
