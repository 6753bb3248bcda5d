"""Puts wrappers around a submission's functions that send gradients back from a root.

Runs in the student's process. While one of them runs, its own name leads to itself: it may be
recursive, and a wrapper at each level would take half of the stack.
"""

from collections.abc import Callable, Sequence
from sys import _getframe
from types import FunctionType
from typing import Any, NamedTuple

from grader.engines.interpreter.execute import Locate
from grader.engines.interpreter.forms.member_names import PASSES

_type, _frame = type, _getframe


class WatchedFunction(NamedTuple):
    """A function of the submission's, by the name under which it stands among others."""

    names: dict[str, Any]
    name: str
    function: FunctionType
    wrapper: Any


class WatchedFunctions:
    """The functions that could be a backward pass, and what stands in their place."""

    def __init__(
        self, student_file: Locate, engines: Sequence[type], run_pass: Callable[..., Any]
    ) -> None:
        """Prepare.

        Args:
            student_file: see `execute.Implementation`.
            engines: the classes whose objects are nodes; it grows as they are made.
            run_pass: runs a function called from a frame, and looks at the graph around it.
        """
        self._student_file = student_file
        self._engines = engines
        self._run_pass = run_pass
        self._watched: list[WatchedFunction] = []

    def wrap(self, names: dict[str, Any]) -> None:
        """Wrap the functions among `names` that are called like a backward pass."""
        for name in PASSES:
            function: Any = names.get(name)
            if _type(function) is not FunctionType or self._is_wrapper(function):
                continue
            if self._student_file(function.__code__.co_filename) is not None:
                wrapper = self._wrapper(names, name, function)
                for shown in ("__name__", "__qualname__", "__doc__", "__module__"):
                    setattr(wrapper, shown, getattr(function, shown))
                wrapper.__wrapped__ = function
                names[name] = wrapper
                self._watched.append(WatchedFunction(names, name, function, wrapper))

    def unwrap_all(self) -> None:
        """Leave every function as the submission made it."""
        for names, name, function, wrapper in self._watched:
            if names.get(name) is wrapper:
                names[name] = function
        self._watched.clear()

    def _is_wrapper(self, function: object) -> bool:
        return any(function is one.wrapper for one in self._watched)

    def _is_node(self, first: tuple[Any, ...]) -> bool:
        return any(_type(one) is engine for one in first for engine in self._engines)

    def _wrapper(self, names: dict[str, Any], name: str, function: FunctionType) -> Any:
        def backward(*arguments: Any, **keywords: Any) -> Any:
            names[name] = function
            try:
                if not self._is_node(arguments[:1]):
                    return function(*arguments, **keywords)
                return self._run_pass(function, _frame(1), *arguments, **keywords)
            finally:
                if names.get(name) is function:
                    names[name] = backward

        return backward
