"""What the oracles and the submission answered, in words."""

from collections.abc import Iterable

from grader.results import Report, Shown


def agreed(answers: Iterable[Shown]) -> str:
    """Return what the oracles say, once where they differ in the last digits alone."""
    distinct = dict.fromkeys(
        str(float(f"{answer:.10g}")) if isinstance(answer, float) else str(answer)
        for answer in answers
    )
    return " or ".join(distinct)


def prints(got: Shown) -> str:
    """Return what the submission does where an answer is expected of it: "prints 1.0", say."""
    said = str(got)
    verbs = ("raises", "did", "printed", "was", "gave", "no")
    return said if said.split(" ", maxsplit=1)[0] in verbs else f"prints {said}"


def agreement(report: Report) -> str:
    """Return what is said of a submission that is all right: which checks agree, and with whom."""
    engines = " and ".join(report.oracles).replace("reference", "the reference engine")
    count = len(report.checks)
    hidden = sum(check.visibility == "hidden" for check in report.checks)
    some = f" ({hidden} hidden)" if hidden and count > 1 else ""
    what = "1 hidden check" if hidden == count == 1 else "1 check"
    checks = f"{what} agrees" if count == 1 else f"{count} checks{some} agree"
    return f"{checks} with {engines} · {report.duration_s:.2f} s"
