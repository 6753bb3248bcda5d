"""Lines of name and value, as a job's later steps read them."""

from grader.reports.report import Report, TrackReport


def lines(report: Report | TrackReport, token: str) -> str:
    """Return the outputs of a grading.

    Args:
        report: what it gave.
        token: what ends a value, and nobody can guess.

    Source: GitHub's workflow commands, "Setting an output parameter" and "Multiline strings".
    """
    share = report.score / report.max_score if report.max_score else 1.0
    values = {
        "score": f"{report.score:g}",
        "max-score": f"{report.max_score:g}",
        "percent": f"{100 * share:.4g}",
        "passed": str(report.passed).lower(),
    }
    return "".join(f"{name}<<{token}\n{value}\n{token}\n" for name, value in values.items())
