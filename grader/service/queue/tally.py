"""What has happened since the service began, as numbers that only rise."""

from collections import Counter

from grader.service.database.submissions import State


class Tally:
    """Counts of what the workers have done.

    Attributes:
        results: gradings that came to each state.
        deaths: of workers, each with a submission in hand.
        slow: submissions that were given to the slow lane.
        seconds: that workers had a submission in hand.
    """

    def __init__(self) -> None:
        self.results: Counter[State] = Counter()
        self.deaths = 0
        self.slow = 0
        self.seconds = 0.0
