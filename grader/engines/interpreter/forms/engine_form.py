"""The form of one engine: how it makes its nodes, and where they have what checks ask for.

Runs in the student's process. Until something that is asked for is missing, or is no number, an
engine is taken to be of the usual form, and nothing here is used. Then its class is surveyed, once:
what is found is a matter of names alone, confirmed on small graphs, and the answers that come of it
are compared where all answers are.
"""

from collections.abc import Collection, Mapping
from contextlib import suppress
from functools import cached_property
from typing import Any

from grader.engines.interpreter.forms.constructions import (
    NUMBERS,
    constructor,
    takes_other_first,
    wants_gradient,
)
from grader.engines.interpreter.forms.member_names import PASSES
from grader.engines.interpreter.forms.members import method_names, own_functions
from grader.engines.interpreter.forms.own_form import FIELDS, OwnForm
from grader.engines.interpreter.forms.survey import SurveyedForm, survey
from grader.engines.observation import (
    ARRAY,
    NOTHING,
    ORDER,
    OTHER,
    Answer,
    Observation,
    Traversal,
)
from grader.engines.program import Program


class EngineForm:
    """Knows how one class of a submission has what checks ask for, as far as it is known.

    Attributes:
        kind: the class.
        is_surveyed: whether it is known by now.
        own: its own form, where anything is otherwise than usual; None as long as nothing is.
    """

    def __init__(
        self, kind: type, name: str, namespace: Mapping[str, Any], by_name: Collection[str] = ()
    ) -> None:
        """Prepare.

        Args:
            kind: the engine's class.
            name: the one under which the submission has it.
            namespace: all that the submission defines.
            by_name: members that are asked by name, for which nothing else is taken.
        """
        self.kind = kind
        self._name = name
        self._namespace = namespace
        self._by_name = by_name
        self._found: SurveyedForm | None = None
        self.is_surveyed = False
        self.own: OwnForm | None = None

    def looks_unusual(self) -> bool:
        """Return whether the class itself shows, before anything is asked, that it needs a survey.

        Its constructor has to be told to keep gradients, or takes something else before the number;
        or there is another backward pass beside a `backward`.
        """
        return not self.is_surveyed and self._is_odd

    @cached_property
    def _is_odd(self) -> bool:
        takes = constructor(self.kind)
        if wants_gradient(takes) or takes_other_first(takes):
            return True
        functions = {name for name, _ in own_functions(self._namespace)}
        return not functions.union(method_names(self.kind)).isdisjoint(PASSES[1:])

    def needs_survey(self, program: Program, observation: Observation) -> bool:
        """Return whether what was observed may come of an unusual form."""
        if observation.ended == "raised":
            return True
        return any(
            _is_no_answer(program, index, answer) for index, answer in observation.answers.items()
        )

    def applies_to(self, program: Program, observation: Observation) -> bool:
        """Return whether a Program that went wrong may be answered in a form of its own."""
        if self.own is not None or self._found is None:
            return self.own is not None
        step = program.steps[observation.step] if observation.step is not None else None
        if step is None or observation.ended != "raised" or step.name in self._by_name:
            return False
        if step.kind == "call" or (step.kind, step.name) == ("operate", "pow"):
            own = self._own_form(self._found)
            with suppress(Exception):  # whatever a submission raises
                node = self._found.construction(NUMBERS[0])
                self.own = own if own.function(node, step.name) is not None else None
        return self.own is not None

    def survey(self) -> None:
        """Find out, by trying, how the class has what checks ask for."""
        if self.is_surveyed:
            return
        self.is_surveyed = True
        self._found = survey(self.kind, self._name, self._namespace)
        if self._found is not None and not self._found.is_usual:
            self.own = self._own_form(self._found)

    def give_up(self) -> None:
        """Take the engine to be of the usual form, where the survey had to be ended."""
        self.is_surveyed, self.own = True, None

    def _own_form(self, found: SurveyedForm) -> OwnForm:
        return OwnForm(self.kind, found, self._namespace, self._by_name)


def _is_no_answer(program: Program, index: int, answer: Answer) -> bool:
    step = program.steps[index]
    if step.kind == "read" and step.name in FIELDS:
        return answer.kind in (OTHER, NOTHING, ARRAY)
    unseen = isinstance(answer.value, Traversal) and answer.value.order is None
    return step.kind == "ask" and (answer.kind == OTHER or (answer.kind == ORDER and unseen))
