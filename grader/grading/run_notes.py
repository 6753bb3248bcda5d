"""Notes on how the run of a submission went, and the problem that ends the grading."""

from collections.abc import Sequence

from grader.engines.observation import Fault
from grader.engines.text import visible
from grader.sandbox.load_result import LoadResult, Mishap
from grader.submissions.submission import Submission

MOST_NOTES = 3
MOST_FILES = 6
NOT_FOUND = ("ModuleNotFoundError", "ImportError", "FileNotFoundError")
LIMITS = ("OutOfTime", "TooMuchOutput")
STOPPED = {
    "timed out": "did not come to an end",
    "flooded": "printed without end",
}


def problem_of(loaded: LoadResult, submission: Submission) -> str:
    """Return why nothing of the submission can be asked, or "" where it can."""
    name = submission.shown
    if loaded.ended == "died":
        return f"running {name} ended at once: {loaded.detail}"
    if loaded.ended == "violated":
        return f"{name} was refused: the submission {loaded.detail}"
    if loaded.candidates:
        return ""
    if loaded.ended in STOPPED:
        return _stopped(loaded, submission)
    return _mishap_text(loaded.mishaps[0], submission) if loaded.mishaps else ""


def notes_on(loaded: LoadResult, submission: Submission) -> list[str]:
    """Return notes for the student on a run that was graded all the same."""
    notes = []
    mishaps = list(loaded.mishaps) if loaded.candidates else []
    if mishaps and loaded.ended in STOPPED:
        mishaps = [mishap for mishap in mishaps if mishap.fault.type not in LIMITS]
        notes.append(f"{_stopped(loaded, submission)}; what it had defined by then was graded")
    rest = {
        "script": "what stands above it was graded",
        "notebook": "the other cells were graded",
    }[submission.kind]
    notes += [f"{_mishap_text(mishap, submission)}; {rest}" for mishap in mishaps[:MOST_NOTES]]
    more = len(mishaps) - MOST_NOTES
    if more > 0:
        notes.append(f"{more} more {'cell raises' if more == 1 else 'cells raise'} an exception")
    if loaded.patched:
        names = ", ".join(loaded.patched[:6])
        notes.append(f"it replaces {names}; answers are compared in another process, without them")
    if submission.left_out and _may_miss_a_file(loaded, submission):
        notes.append(submission.left_out)
    if submission.whole and submission.imports:
        notes.append(f"graded: {submission.shown}, which imports {_some(submission.imports)}")
    return notes


def _some(files: Sequence[str]) -> str:
    more = [f"{len(files) - MOST_FILES} more"] if len(files) > MOST_FILES else []
    *before, last = [*map(visible, files[:MOST_FILES]), *more]
    return f"{', '.join(before)} and {last}" if before else last


def _may_miss_a_file(loaded: LoadResult, submission: Submission) -> bool:
    types = {mishap.fault.type for mishap in loaded.mishaps}
    return bool(types) if submission.whole else not types.isdisjoint(NOT_FOUND)


def _stopped(loaded: LoadResult, submission: Submission) -> str:
    stops = [mishap.fault for mishap in loaded.mishaps if mishap.fault.type in LIMITS]
    place = _place(stops[0], submission) if stops else ""
    because = f": {loaded.detail}" if loaded.detail else ""
    says = f"{submission.shown} {STOPPED[loaded.ended]}{because}"
    return f"{says}{f' ({place})' if place else ''}"


def _mishap_text(mishap: Mishap, submission: Submission) -> str:
    fault = mishap.fault
    says = f"raises {fault.type}: {fault.message}" if fault.message else f"raises {fault.type}"
    if fault.type == "SystemExit":
        says = "ends itself with exit()"
    place = _place(fault, submission, here=mishap.running)
    return f"{mishap.running} {says}{f' ({place})' if place else ''}"


def _place(fault: Fault, submission: Submission, here: str = "") -> str:
    """Return the place of a fault, naming the file or cell if it is not `here`."""
    place = fault.place
    if place is None:
        return ""
    file = "" if place.file in (here, submission.shown) else f"{place.file}, "
    text = (submission.line(place.file, place.line) or "").strip()
    return f"{file}line {place.line}{f': `{text[:60]}`' if text else ''}"
