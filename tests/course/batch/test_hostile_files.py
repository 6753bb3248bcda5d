"""A file that would keep a course waiting for ever is one student's row, and everyone has one."""

from pathlib import Path

from grader.course.batch.jobs import job_of
from grader.course.batch.worker import Worker
from grader.submissions.intake.spool import bytes_of
from grader.submissions.intake.take_in import take_in
from tests.course.batch.sample import CHOICE
from tests.hostile_files import lay_out

PROBLEMS = {
    "marks": "no script and no notebook was handed in",
    "objects": "value.ipynb holds more than 4,000,000 values",
    "overlapping": "no script and no notebook was handed in",
    "punycode": "value.py says it is in 'punycode', in which no script is taken",
    "student000": "",
    "tags": "",
}


def test_one_student_s_file_is_one_student_s_row(tmp_path: Path) -> None:
    lay_out(tmp_path / "course", 1, [one for one in PROBLEMS if one != "student000"])
    worker, problems = Worker(), {}

    for one in take_in(tmp_path / "course").handed:
        folder = tmp_path / "laid out" / one.student.key
        folder.mkdir(parents=True)
        for file in one.files:
            (folder / file.name).write_bytes(bytes_of(file.content))
        result = worker.work(job_of(CHOICE, folder, {file.name: 0 for file in one.files}))
        problems[one.student.key] = result.problem.partition(" (")[0]
        assert not result.ours
    worker.release()

    assert problems == PROBLEMS
