"""A submission whose source can be edited, and each edit asked as it is."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.sandbox.edits.edited_runs import EditedRuns
    from grader.sandbox.restarts import RestartedRun
    from grader.sandbox.subject import AskOptions


class Editable:
    """A submission that runs, and edits of it."""

    _run: "RestartedRun"

    def edits(self, asked: "AskOptions", seconds: float) -> "EditedRuns":
        """Return the runs of edits of the submission, defined beside it in its own process.

        Nothing of what they answer is a verdict.

        Args:
            asked: names, on both sides.
            seconds: of CPU for each Program; what takes longer is given up.
        """
        from grader.sandbox.edits.edited_runs import EditedRuns  # for failing runs alone

        return EditedRuns(self._run, asked, seconds)
