"""The service as its pages and its API see it."""

from collections.abc import Callable
from typing import NamedTuple

from grader.service.database.database import Database
from grader.service.exercises import ExerciseShelf
from grader.service.lti.tool import LtiTool
from grader.service.queue.dispatcher import Dispatcher
from grader.service.settings import ServiceSettings


class Service(NamedTuple):
    """A running service.

    Attributes:
        settings: how it was started.
        database: what it knows.
        shelf: the exercises that courses can have.
        dispatcher: what waits to be graded.
        now: the clock, in seconds since 1970.
        lti: how it speaks with LMSs.
    """

    settings: ServiceSettings
    database: Database
    shelf: ExerciseShelf
    dispatcher: Dispatcher
    now: Callable[[], float]
    lti: LtiTool
