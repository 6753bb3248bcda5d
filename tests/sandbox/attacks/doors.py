"""The doors that an attack can come through: a script, a notebook, a kernel, an upload.

A kernel runs at home, without walls: what reaches outside is not tried by that door.
"""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from json import dumps
from pathlib import Path
from tempfile import TemporaryDirectory
from time import sleep
from typing import Any

from grader.course.batch.worker import Worker
from grader.grading.request import GradeRequest
from grader.grading.session import GradingSession
from grader.reports.report import Report
from grader.reports.report_json import report_from
from grader.sandbox.kernel import Kernel
from grader.sandbox.protocol.limits import Limits
from grader.sandbox.subject import Subject, request_for
from grader.service.database.people import Role
from tests.sandbox.attacks.arena import Arena
from tests.sandbox.attacks.suite import Attack
from tests.service.running import COURSE, EXERCISE, Site, site

Attacks = Callable[[Attack], Report]
LOOK_AGAIN_S = 0.05
HOME = ("forge", "borrow", "die")
FORMAT = {"metadata": {}, "nbformat": 4, "nbformat_minor": 5}


@contextmanager
def door(name: str, place: Arena) -> Iterator[Attacks]:
    """Open a door to an arena, and give what attacks through it.

    Args:
        name: of DOORS.
        place: where to attack from; a service has walls of the same tier.
    """
    with DOORS[name](place) as attacks:
        yield attacks


def fits(name: str, attack: Attack) -> bool:
    """Return whether an attack means something by a door."""
    return name != "kernel" or attack.name.partition("/")[0] in HOME


@contextmanager
def _by_script(place: Arena) -> Iterator[Attacks]:
    yield place.attack


@contextmanager
def _by_notebook(place: Arena) -> Iterator[Attacks]:
    yield place.attack_by_notebook


@contextmanager
def _by_kernel(place: Arena) -> Iterator[Attacks]:
    def attacks(attack: Attack) -> Report:
        notebook = place.notebook(attack)
        request = request_for(notebook, attack.limits, (), "")
        subject = Subject(lambda: Kernel(notebook), request, attack.limits)
        return place.grade_in(subject, notebook)

    yield attacks


@contextmanager
def _by_upload(place: Arena, *, notebook: bool = False) -> Iterator[Attacks]:
    tier = place.zygote.isolation
    with TemporaryDirectory() as folder, site(Path(folder), walls=tier) as served:
        worker = _AttackedWorker()

        async def work(job: Mapping[str, Any]) -> Mapping[str, Any]:
            return await asyncio.to_thread(worker.plain_work, job)

        def attacks(attack: Attack) -> Report:
            worker.limits = attack.limits
            return _uploaded(served, place, attack, notebook=notebook)

        served.worker.says = work
        try:
            yield attacks
        finally:
            worker.release()


class _AttackedWorker(Worker):
    """Does what a worker's process does, in a thread, and grants what an attack says."""

    limits = Limits()

    def _session_for(self, request: GradeRequest) -> GradingSession:
        return super()._session_for(request._replace(limits=self.limits))


@contextmanager
def _by_uploaded_notebook(place: Arena) -> Iterator[Attacks]:
    with _by_upload(place, notebook=True) as attacks:
        yield attacks


def _uploaded(served: Site, place: Arena, attack: Attack, *, notebook: bool) -> Report:
    student = f"student{len(served.people)}"  # each has a budget of time, and rests after it
    served.enrol(student, Role.STUDENT)
    headers = served.token(student, "submit", "read")
    name, text = "value.py", attack.submission(place.outside)
    if notebook:
        name = "value.ipynb"
        text = dumps({"cells": list(map(_cell, attack.cells(place.outside))), **FORMAT})
    path = f"/v1/courses/{COURSE}/exercises/{EXERCISE}/submissions"
    answer = served.post("", path, files={"file": (name, text.encode())}, headers=headers).json()
    while answer["state"] != "graded":
        sleep(LOOK_AGAIN_S)
        answer = served.get("", f"/v1/submissions/{answer['id']}", headers=headers).json()
    return report_from(answer["report"])


def _cell(source: str) -> dict[str, object]:
    about: dict[str, object] = {"execution_count": None, "metadata": {}, "outputs": []}
    return {"cell_type": "code", "id": f"{abs(hash(source)):x}"[:8], "source": source, **about}


DOORS = {
    "script": _by_script,
    "notebook": _by_notebook,
    "kernel": _by_kernel,
    "upload": _by_upload,
    "uploaded-notebook": _by_uploaded_notebook,
}
