"""Watches a submission's classes as they are made, and puts wrappers around their `backward`.

Runs in the student's process.
"""

import builtins
from collections.abc import Callable, Mapping
from types import FunctionType
from typing import Any

from grader.engines.interpreter.execute import Locate
from grader.engines.interpreter.forms.member_names import PASSES
from grader.engines.interpreter.forms.members import contents
from grader.sandbox.child.inspection.class_versions import MadeClass
from grader.sandbox.child.inspection.classes import ARITHMETIC, is_class

MOST_MADE = 1000

_type = type
_build_class = builtins.__build_class__
_contents_of = type.__dict__["__dict__"].__get__


class WatchedClasses:
    """The classes that could be an engine, and what stands in the place of their methods.

    Attributes:
        engines: the classes, in the order in which they were made.
        made: all classes that stand at the top of the submission's own code, in that order.
    """

    def __init__(
        self,
        student_file: Locate,
        wrapper_of: Callable[[type, FunctionType], Any] | None,
        substitutes: Mapping[str, Callable[[type], type]] | None = None,
    ) -> None:
        """Prepare.

        Args:
            student_file: see `execute.Implementation`.
            wrapper_of: makes what takes the place of a class's method, if anything does.
            substitutes: the name of a class → makes another one of it, to take its place.
        """
        self.engines: list[type] = []
        self.made: list[MadeClass] = []
        self._student_file = student_file
        self._wrapper_of = wrapper_of
        self._substitutes = substitutes or {}
        self._wrappers: list[tuple[type, str, Any]] = []

    def begin(self) -> None:
        """Watch classes from now on."""
        builtins.__build_class__ = self._build  # type: ignore[assignment]

    def end(self) -> None:
        """Watch no more classes; those that are known keep their wrappers."""
        builtins.__build_class__ = _build_class

    def wrap_all(self) -> None:
        """Wrap what the classes have been given meanwhile."""
        for kind in self.engines:
            self._wrap(kind)

    def unwrap_all(self) -> None:
        """Leave every class as the submission made it."""
        for kind, name, wrapper in self._wrappers:
            if _contents_of(kind).get(name) is wrapper:
                type.__setattr__(kind, name, wrapper.__wrapped__)
        self._wrappers.clear()

    def _build(self, body: Any, name: str, *bases: Any, **keywords: Any) -> Any:
        kind = _build_class(body, name, *bases, **keywords)
        code = body.__code__ if _type(body) is FunctionType else None
        if code is not None and (file := self._student_file(code.co_filename)):
            at_the_top = body.__qualname__ == name
            if name in self._substitutes and at_the_top:
                kind = self._substitutes[name](kind)
            if at_the_top and len(self.made) < MOST_MADE and is_class(kind):
                self.made.append(MadeClass(name, kind, file, code.co_firstlineno))
            self._attend(kind)
        return kind

    def _attend(self, kind: Any) -> None:
        if not is_class(kind) or any(kind is known for known in self.engines):
            return
        if any(contents(kind, name) is not None for name in (*PASSES, *ARITHMETIC)):
            self.engines.append(kind)
            self._wrap(kind)

    def _wrap(self, kind: type) -> None:
        if self._wrapper_of is None:
            return
        for name in PASSES:
            method = _contents_of(kind).get(name)
            ours = any(method is wrapper for _, _, wrapper in self._wrappers)
            if _type(method) is FunctionType and not ours:
                wrapper = self._wrapper_of(kind, method)
                for shown in ("__name__", "__qualname__", "__doc__", "__module__"):
                    setattr(wrapper, shown, getattr(method, shown))
                wrapper.__wrapped__ = method
                self._wrappers.append((kind, name, wrapper))
                type.__setattr__(kind, name, wrapper)
