"""Finds the students of one part of a course among those of the others.

A key is made of what an LMS calls a student, and Moodle numbers its students anew for each
assignment. Whoever is the same person by number, address or name keeps the key that they have.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable

from grader.course.batch.parts.part import CoursePart
from grader.submissions.intake.student_submission import Intake
from grader.submissions.student import Student


def with_known_keys(intake: Intake, beside: Iterable[CoursePart]) -> Intake:
    """Return what was handed in, with each student under the key that they have in other parts."""
    known: dict[str, Student] = {}
    for part in beside:
        for one in part.intake.handed:
            known.setdefault(one.student.key, one.student)
    if not known:
        return intake
    students = [one.student for one in intake.handed]
    keys = _keys(students, list(known.values()))
    handed = (
        one._replace(student=one.student._replace(key=key))
        for one, key in zip(intake.handed, keys, strict=True)
    )
    return intake._replace(handed=tuple(sorted(handed, key=lambda one: one.student.key)))


def _keys(students: list[Student], known: list[Student]) -> list[str]:
    """Return a key for each student, no two alike."""
    names = Counter(_name(one) for one in students)
    by_key = {one.key: one for one in known}
    taken: set[str] = set()
    found = []
    for one in students:
        same = next((other for other in known if _are_one(one, other)), None)
        if same is None and names[_name(one)] == 1:
            namesakes = [other for other in known if _may_be_one(one, other)]
            same = namesakes[0] if len(namesakes) == 1 else None
        key = same.key if same and same.key not in taken else one.key
        found.append(_free(key, taken, by_key if same is None else {}))
        taken.add(found[-1])
    return found


def _are_one(one: Student, other: Student) -> bool:
    """Return whether a number, an address, or all that is known of two is the same."""
    if one.student_id and other.student_id:
        return one.student_id == other.student_id
    if one.email and other.email:
        return one.email.casefold() == other.email.casefold()
    return (one.key, _name(one)) == (other.key, _name(other))


def _may_be_one(one: Student, other: Student) -> bool:
    """Return whether two have the same name, and nothing that tells them apart."""
    apart = bool(one.student_id and other.student_id) or bool(one.email and other.email)
    return bool(_name(one)) and _name(one) == _name(other) and not apart


def _name(student: Student) -> str:
    name = student.name or f"{student.first_name} {student.last_name}"
    return unicodedata.normalize("NFC", name).strip().casefold()


def _free(key: str, taken: set[str], others: Iterable[str]) -> str:
    """Return a key that nobody has: of whoever is new, none that is another's already."""
    used = {one.casefold() for one in (*taken, *others)}
    free, number = key, 1
    while free.casefold() in used:
        number += 1
        free = f"{key}-{number}"
    return free
