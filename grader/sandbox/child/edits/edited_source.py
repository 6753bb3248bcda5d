"""A submission's source with an edit, defined beside it and asked Programs as it is.

Nothing of the submission itself is touched: an edited source is defined in a copy of its names, in
a turn of its own, and forgotten after its answers.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from time import process_time
from typing import Any, NamedTuple

from grader.engines.interpreter.execute import Implementation, OutOfTime
from grader.engines.interpreter.forms.engine_form import EngineForm
from grader.engines.interpreter.set_order import fix_set_order
from grader.engines.observation import Observation
from grader.engines.program import Program
from grader.engines.program_encoding import program_from
from grader.sandbox.child import alarm
from grader.sandbox.child.asked_engine import AskedEngine
from grader.sandbox.child.edits.edited_code import EditedCode
from grader.sandbox.child.inspection import classes
from grader.sandbox.child.loaded_submission import LoadedSubmission
from grader.sandbox.child.prepare import OutputTape

UNDEFINED = Observation("not asked")
STOPPED = ("timed out", "flooded")
SLOW_S = 0.01  # of CPU, for one Program: usual ones take less than a tenth of that

_cpu_s = process_time


class SlowAnswers:
    """The count of answers that took more than `SLOW_S`; those that were stopped are not in it."""

    def __init__(self) -> None:
        self.count = 0

    def counted(self, ask: Callable[[], Observation]) -> Observation:
        """Return an answer, and count it where it took long."""
        began = _cpu_s()
        observation = ask()
        self.count += _cpu_s() - began > SLOW_S and observation.ended not in STOPPED
        return observation


class EditedNames(NamedTuple):
    """What an edited source defines: its names, and those that a check takes."""

    namespace: dict[str, Any]
    names: Mapping[str, Any]


def answers(
    submission: LoadedSubmission, tape: OutputTape, request: Mapping[str, Any], slow: SlowAnswers
) -> Iterator[Observation]:
    """Give what each edited source answers to each Program, one source after another.

    Up to the first that is stopped; a source that cannot be defined answers nothing.

    Args:
        submission: which has run.
        tape: where its prints go.
        request: the sources under "edited", each a text for every file or cell of it, the Programs,
            and the names and rules by which they are asked.
        slow: counts what takes long.
    """
    programs = [program_from(plain) for plain in request["programs"]]
    for texts in request["edited"]:
        try:
            edited = _defined(submission, request, texts)
        except OutOfTime:
            yield Observation("timed out")
            return
        engine = _engine(submission, tape, request, edited) if edited else None
        for program in programs:
            observation = slow.counted(partial(_asked, engine, program))
            yield observation
            if observation.ended in STOPPED:
                return


def _asked(engine: AskedEngine | None, program: Program) -> Observation:
    if engine is None:
        return UNDEFINED
    fix_set_order(engine.implementation.names.values(), program.layout)
    return engine.observe(program)[0]


def _defined(
    submission: LoadedSubmission, request: Mapping[str, Any], texts: Sequence[str]
) -> EditedNames | None:
    """Define an edited source, and return its names, None where it cannot be defined.

    Raises:
        OutOfTime: it did not come to an end.
    """
    namespace = dict(submission.names)
    try:
        submission.turn(request["seconds"], partial(_run, texts, submission.edited, namespace))
        alarm.check()
    except OutOfTime:
        raise
    except BaseException:  # an edit may make anything of it
        return None
    given: Mapping[str, str] = request["given"]
    names = {ours: namespace[theirs] for ours, theirs in given.items() if theirs in namespace}
    return EditedNames(namespace, names)


def _run(texts: Sequence[str], edited: EditedCode, namespace: dict[str, Any]) -> None:
    for text in texts:
        for code in edited.of(text):
            exec(code, namespace)


def _form(
    submission: LoadedSubmission,
    kind: type,
    name: str,
    edited: EditedNames,
    request: Mapping[str, Any],
) -> EngineForm:
    """Return the form of an edited engine: the usual one where the submission's own is that.

    To survey an engine costs more than to ask it, and an edit changes what it does, not its form.
    """
    form = EngineForm(kind, name, edited.namespace, request["by_name"])
    key = (id(submission.names.get(name)), tuple(request["by_name"]))
    known = submission.forms.get(key)
    if known is None or known.own is None:
        form.give_up()
    return form


def _engine(
    submission: LoadedSubmission, tape: OutputTape, request: Mapping[str, Any], edited: EditedNames
) -> AskedEngine:
    keywords = {}
    form = None
    for ours, kind in edited.names.items():
        if classes.is_class(kind):
            classes.accept(kind, request["accepts"])
            keywords[ours] = classes.keywords(kind)
            if ours in request["scalars"]:
                theirs = request["given"][ours]
                form = _form(submission, kind, theirs, edited, request)
    size: Callable[[], int] = lambda: tape.count  # noqa: E731  (it is read anew each time)
    implementation = Implementation(
        edited.names, edited.namespace, keywords, submission.student_file, size
    )
    return AskedEngine(implementation, form, submission.turn, request["seconds"], tape.forget_count)
