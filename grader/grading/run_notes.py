"""Notes on how the run of a submission went, and the problem that ends the grading."""

import re
from collections.abc import Sequence

from grader.engines.observation import Fault
from grader.engines.text import visible
from grader.sandbox.load_result import BegunStatement, LoadResult, Mishap
from grader.submissions.submission import Submission

MOST_NOTES = 3
MOST_FILES = 6
NOT_FOUND = ("ModuleNotFoundError", "ImportError", "FileNotFoundError")
LIMITS = ("OutOfTime", "TooMuchOutput")
STOPPED = {
    "timed out": "did not come to an end",
    "flooded": "printed without end",
}
CALLED_BY = "called by "
UNDEFINED = re.compile(r"name '(\w+)' is not defined")


def problem_of(loaded: LoadResult, submission: Submission) -> str:
    """Return why nothing of the submission can be asked, or "" where it can."""
    name = submission.shown
    if loaded.ended == "violated":
        return f"{name} was refused: the submission {loaded.detail}"
    if loaded.ended == "died" and not (loaded.stopped and loaded.candidates):
        return _died(loaded, submission)
    if loaded.candidates:
        return ""
    if loaded.ended in STOPPED:
        return _stopped(loaded, submission)
    return _mishap_text(loaded.mishaps[0], submission) if loaded.mishaps else ""


def notes_on(loaded: LoadResult, submission: Submission) -> list[str]:
    """Return notes for the student on a run that was graded all the same."""
    notes = []
    mishaps = [one for one in loaded.mishaps if _is_worth_a_note(one, submission)]
    if not loaded.candidates:
        mishaps = []
    elif loaded.ended == "died":
        notes.append(f"{_died(loaded, submission)}; what stood above it was graded")
    elif loaded.ended in STOPPED:
        notes.append(f"{_stopped(loaded, submission)}; what it had defined by then was graded")
    for mishap in mishaps[:MOST_NOTES]:
        notes.append(f"{_mishap_text(mishap, submission)}; {_rest(mishap, submission)}")
    notes += _number_of_others(mishaps, loaded, submission)
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


def _rest(mishap: Mishap, submission: Submission) -> str:
    if submission.kind == "notebook":
        return "the other cells were graded"
    return "what stands above it was graded" if _ends(mishap) else "the rest was graded"


def _is_worth_a_note(mishap: Mishap, submission: Submission) -> bool:
    expected = mishap.running.removeprefix("cell ") in map(str, submission.raising)
    return mishap.fault.type not in LIMITS and not expected


def _number_of_others(
    mishaps: list[Mishap], loaded: LoadResult, submission: Submission
) -> list[str]:
    """Return a note on the cells, or the statements of a script, that have no note of their own."""
    if submission.kind == "notebook":
        known, shown = ({one.running for one in some} for some in (mishaps, mishaps[:MOST_NOTES]))
        untold = loaded.many - len({one.running for one in loaded.mishaps})
        more, part = len(known) - len(shown) + max(0, untold), "cell"
    else:
        untold = loaded.many - len(loaded.mishaps)
        more, part = len(mishaps[MOST_NOTES:]) + max(0, untold), "statement"
    if more <= 0:
        return []
    return [f"{more} more {part} raises an exception" if more == 1 else _raise(more, part)]


def _raise(more: int, part: str) -> str:
    return f"{more} more {part}s raise an exception"


def _may_miss_a_file(loaded: LoadResult, submission: Submission) -> bool:
    types = {mishap.fault.type for mishap in loaded.mishaps}
    return bool(types) if submission.whole else not types.isdisjoint(NOT_FOUND)


def _died(loaded: LoadResult, submission: Submission) -> str:
    """Return how a run took its process along, and at which line."""
    step = loaded.stopped
    place = f" ({_place_of(step, submission)})" if step else ""
    when = "before its end" if loaded.candidates and step else "at once"
    return f"running {submission.shown} ended {when}: {loaded.detail}{place}"


def _stopped(loaded: LoadResult, submission: Submission) -> str:
    stops = [mishap.fault for mishap in loaded.mishaps if mishap.fault.type in LIMITS]
    place = _place(stops[0], submission) if stops else ""
    if not place and loaded.stopped:
        place = _place_of(loaded.stopped, submission)
    because = f": {loaded.detail}" if loaded.detail else ""
    says = f"{submission.shown} {STOPPED[loaded.ended]}{because}"
    return f"{says}{f' ({place})' if place else ''}"


def _ends(mishap: Mishap) -> bool:
    fault = mishap.fault
    return fault.type == "SystemExit" and not fault.message.startswith(CALLED_BY)


def _mishap_text(mishap: Mishap, submission: Submission) -> str:
    fault = mishap.fault
    says = f"raises {fault.type}: {fault.message}" if fault.message else f"raises {fault.type}"
    if _ends(mishap):
        says = "ends itself with exit()"
    elif fault.type == "SystemExit":
        package = fault.message.removeprefix(CALLED_BY)
        says = f"is ended by {package}, which finds no arguments to read"
    says += _remark(mishap, submission)
    place = _place(fault, submission, here=mishap.running)
    return f"{mishap.running} {says}{f' ({place})' if place else ''}"


def _remark(mishap: Mishap, submission: Submission) -> str:
    """Return what is to be known of a fault besides, as a clause."""
    fault = mishap.fault
    if fault.type in ("SyntaxError", "ImportError"):
        from grader.grading.surroundings.newer_python import (
            newer_python,  # most submissions have neither
        )

        text = submission.line(fault.place.file, fault.place.line) if fault.place else ""
        return newer_python(fault, text or "")
    undefined = UNDEFINED.match(fault.message) if fault.type == "NameError" else None
    later = _defined_later(undefined[1], fault, submission) if undefined else ""
    return f", which is defined later, {later}" if later else ""


def _defined_later(name: str, fault: Fault, submission: Submission) -> str:
    """Return where a name is defined below the place where it was used, "" where nowhere."""
    if fault.place is None:
        return ""
    defined = re.compile(
        rf"^(?:(?:async )?def|class) {name}\b|^{name}\s*(?::[^=]*)?=[^=]"
        rf"|^(?:from|import)\b.*\b{name}\b",
        re.MULTILINE,
    )
    if submission.kind == "script":
        above = submission.source.split("\n")[: fault.place.line]
        found = defined.search(submission.source, len("\n".join(above)))
        return f"on line {submission.source.count(chr(10), 0, found.start()) + 1}" if found else ""
    number = fault.place.file.removeprefix("cell ")
    after = int(number) if number.isdecimal() else len(submission.cells)
    later = enumerate(submission.cells[after:], after + 1)
    return next((f"in cell {at}" for at, cell in later if defined.search(cell)), "")


def _place(fault: Fault, submission: Submission, here: str = "") -> str:
    """Return the place of a fault, naming the file or cell if it is not `here`."""
    place = fault.place
    if place is None:
        return ""
    file = "" if place.file in (here, submission.shown) else f"{place.file}, "
    return f"{file}{_line(place.file, place.line, submission)}"


def _place_of(step: BegunStatement, submission: Submission) -> str:
    """Return the place of a statement that was begun last."""
    file = f"cell {step.cell}" if step.cell else submission.shown
    return f"{f'{file}, ' if step.cell else ''}{_line(file, step.line, submission)}"


def _line(file: str, line: int, submission: Submission) -> str:
    text = (submission.line(file, line) or "").strip()
    return f"line {line}{f': `{text[:60]}`' if text else ''}"
