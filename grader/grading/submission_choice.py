"""Chooses the submission that a request means: one way for every command."""

from pathlib import Path

from grader.exercises import catalogue
from grader.exercises.search_path import naming_options
from grader.grading.request import GradeRequest, exercises_of
from grader.submissions.submission import (
    EmptyFolder,
    Reads,
    SeveralSubmissions,
    Submission,
    directly,
    find,
    whole,
)


def submission_of(request: GradeRequest, read: Reads = directly) -> Submission:
    """Return the submission at a request's path: a file, or the one in a folder.

    Of several files that import the same engine, that engine is graded where nothing is asked of
    what they do when they run. Whatever an error proposes can be pasted.

    Args:
        request: what is asked for.
        read: does the reading.

    Raises:
        NothingToGrade: there is nothing that could be one, or it cannot be read.
        SeveralSubmissions: more than one could be meant.
    """
    try:
        return read(find, request.path, request.exercise)
    except EmptyFolder as error:
        first = exercises_of(request)[0]
        name = request.exercise if "," not in request.exercise else first.path
        begins = first.path if name == first.track else name
        raise EmptyFolder(request.path or "", begins + naming_options(request.homes)) from error
    except SeveralSubmissions as error:
        if error.engine and not _asks_of_a_run(request):
            return read(whole, Path(error.engine))
        command = f"grade {request.exercise}{naming_options(request.homes)}"
        raise SeveralSubmissions(error.names, command, error.engine) from error


def _asks_of_a_run(request: GradeRequest) -> bool:
    """Return whether a check looks at what a submission does when it runs."""
    exercises = map(catalogue.load, exercises_of(request))
    return any(check.own_run for exercise in exercises for check in exercise.checks)
