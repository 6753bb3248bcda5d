"""Says how it went when a submission was run: what ends the grading, and what is worth a note."""

from grader.observation import Fault
from grader.subject.subject import Loaded
from grader.submission import Submission

MOST_NOTES = 5


def problem_of(loaded: Loaded, submission: Submission) -> str:
    """Return why nothing of the submission can be asked, or "" where it can."""
    name = submission.name
    if loaded.ended == "died":
        return f"running {name} ended at once: {loaded.detail}"
    if loaded.ended == "violated":
        return f"{name} was refused: it {loaded.detail}"
    if loaded.candidates:
        return ""
    if loaded.ended == "timed out":
        return f"{name} did not come to an end in time{_where(loaded, submission)}"
    if loaded.ended == "flooded":
        return f"{name} printed without end, and was stopped{_where(loaded, submission)}"
    if loaded.faults:
        return f"{_who(loaded.faults[0], name)} {_raises(loaded.faults[0], submission)}"
    return ""


def notes_on(loaded: Loaded, submission: Submission) -> list[str]:
    """Return what a student should know of the run, though it was graded all the same."""
    notes = []
    if loaded.candidates:
        stopped = {"timed out": "did not come to an end in time", "flooded": "printed without end"}
        faults = list(loaded.faults)
        if loaded.ended in stopped:
            where = _where(loaded, submission)
            faults = faults[:-1]
            notes.append(
                f"{submission.name} {stopped[loaded.ended]}{where}; "
                "what it had defined by then was graded"
            )
        notes += [_note(fault, submission) for fault in faults[:MOST_NOTES]]
        if len(faults) > MOST_NOTES:
            notes.append(f"{len(faults) - MOST_NOTES} more cells raised an exception")
    if loaded.patched:
        notes.append(
            f"it replaces {', '.join(loaded.patched[:6])}; the grader compares elsewhere, with "
            "functions of its own"
        )
    return notes


def _note(fault: Fault, submission: Submission) -> str:
    rest = (
        "what stands above it was graded"
        if submission.kind == "script"
        else "the other cells were graded"
    )
    return f"{_who(fault, submission.name)} {_raises(fault, submission)}; {rest}"


def _who(fault: Fault, name: str) -> str:
    return fault.place.file if fault.place else name


def _raises(fault: Fault, submission: Submission) -> str:
    says = f"{fault.type}: {fault.message}" if fault.message else fault.type
    if fault.place is None:
        return f"raises {says}"
    text = submission.line(fault.place.file, fault.place.line)
    shown = f" at `{text.strip()[:60]}`" if text and text.strip() else ""
    return f"raises {says}, on line {fault.place.line}{shown}"


def _where(loaded: Loaded, submission: Submission) -> str:
    place = loaded.faults[-1].place if loaded.faults else None
    if place is None:
        return ""
    text = submission.line(place.file, place.line)
    shown = f": `{text.strip()[:60]}`" if text and text.strip() else ""
    file = "" if place.file == submission.name else f"{place.file}, "
    return f" ({file}line {place.line}{shown})"
