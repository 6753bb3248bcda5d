"""Who is to be graded again, by whatever people call them."""

from collections.abc import Iterable

from grader.errors import Misused, nearest
from grader.submissions.student import Student


class NotOne(Misused):
    """A word names nobody of the course, or several."""

    def __init__(self, word: str, fits: Iterable[str], known: Iterable[str]) -> None:
        keys = list(fits)
        if keys:
            super().__init__(
                f"--again {word} could be {' or '.join(keys)}", hint="name one of them"
            )
            return
        near = nearest(word, tuple(known))
        hint = f"did you mean {near}?" if near else "name a student by key, id, email or name"
        super().__init__(f"--again {word}: no student is called so", hint=hint)


def keys_of(words: Iterable[str], students: Iterable[Student]) -> frozenset[str]:
    """Return the keys of the students that some words name.

    Args:
        words: keys, ids, emails or names.
        students: of the course.

    Raises:
        NotOne: a word names none of them, or more than one.
    """
    held = list(students)
    found = set()
    for word in words:
        exact = [one.key for one in held if one.key == word]
        fits = exact or [one.key for one in held if word in _called(one)]
        if len(fits) != 1:
            raise NotOne(word, fits, (name for one in held for name in (one.key, *_called(one))))
        found.update(fits)
    return frozenset(found)


def _called(student: Student) -> set[str]:
    return {student.student_id, student.file_id, student.email, student.name} - {""}
