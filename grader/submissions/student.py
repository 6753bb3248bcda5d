"""Who handed something in."""

from typing import NamedTuple


class Student(NamedTuple):
    """A student who handed something in, as far as the place where it was found says so.

    Attributes:
        key: the name of their folder and page: unique in a course, and safe as a file's name.
        name: the full name, as it was found.
        student_id: their number or account in the system that it comes from.
        file_id: what that system calls the file, or the participation.
        first_name: as in nbgrader's columns.
        last_name: as in nbgrader's columns.
        email: as it was found.
    """

    key: str
    name: str = ""
    student_id: str = ""
    file_id: str = ""
    first_name: str = ""
    last_name: str = ""
    email: str = ""
