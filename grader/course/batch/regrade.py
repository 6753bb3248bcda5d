"""The students to grade again, by whatever people call them."""

from collections.abc import Iterable

from grader.errors import Misused, nearest
from grader.submissions.student import Student


class NotOneStudent(Misused):
    """A word names nobody of the course, or several."""

    def __init__(self, word: str, fits: Iterable[str], names: Iterable[str]) -> None:
        keys = list(fits)
        if keys:
            super().__init__(
                f"--again {word} could be {' or '.join(keys)}", hint="name one of them"
            )
            return
        near = nearest(word, tuple(names))
        hint = f"did you mean {near}?" if near else "name a student by key, id, email or name"
        super().__init__(f"--again {word}: no student is called so", hint=hint)


def keys_of(words: Iterable[str], students: Iterable[Student]) -> frozenset[str]:
    """Return the keys of the students that some words name.

    Args:
        words: keys, ids, emails or names.
        students: of the course.

    Raises:
        NotOneStudent: a word names none of them, or more than one.
    """
    everyone = list(students)
    keys = set()
    for word in words:
        exact = [one.key for one in everyone if one.key == word]
        fits = exact or [one.key for one in everyone if word in _names_of(one)]
        if len(fits) != 1:
            raise NotOneStudent(
                word, fits, (name for one in everyone for name in (one.key, *_names_of(one)))
            )
        keys.update(fits)
    return frozenset(keys)


def _names_of(student: Student) -> set[str]:
    return {student.student_id, student.file_id, student.email, student.name} - {""}
