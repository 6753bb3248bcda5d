"""A name whose import has failed stands for something that says so as soon as it is used."""

import _ast
from collections.abc import Callable, Iterator, MutableMapping
from typing import Any, NoReturn

_set, _hash = object.__setattr__, object.__hash__
ASKED_OF_MODULES = ("__version__", "__file__", "__path__", "__all__")


class MissingName:
    """A name that could not be imported: its attributes are missing as well, any use raises.

    An annotation, a default or a base in a tuple may name it, which costs nothing.
    """

    __slots__ = ("_error", "_name")
    _error: ImportError
    _name: str

    def __init__(self, name: str, error: ImportError) -> None:
        _set(self, "_name", name)
        _set(self, "_error", error)

    def __getattr__(self, name: str) -> "MissingName":
        if name in ASKED_OF_MODULES:
            self._use()
        if name.startswith("__"):
            raise AttributeError(name)
        return MissingName(f"{self._name}.{name}", self._error)

    def __getitem__(self, _: object) -> "MissingName":
        return self

    def __or__(self, _: object) -> "MissingName":
        return self

    __ror__ = __or__
    __hash__ = _hash

    def __repr__(self) -> str:
        return f"<{self._name}, which could not be imported>"

    def _use(self, *_: object, **__: object) -> NoReturn:
        known = self._error
        error = type(known)(*known.args)
        error.name = known.name
        raise error

    __call__ = __iter__ = __next__ = __len__ = __contains__ = __enter__ = __exit__ = _use
    __setattr__ = __setitem__ = __bool__ = __int__ = __float__ = __complex__ = __index__ = _use
    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __neg__ = __pos__ = __abs__ = _use
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __pow__ = __rpow__ = _use
    __truediv__ = __rtruediv__ = __floordiv__ = __rfloordiv__ = __mod__ = __rmod__ = _use
    __matmul__ = __rmatmul__ = __and__ = __rand__ = __xor__ = __rxor__ = __round__ = _use
    __instancecheck__ = __subclasscheck__ = __mro_entries__ = __await__ = _use


def import_what_is_there(
    statement: object,
    names: MutableMapping[str, Any],
    run: Callable[[_ast.stmt], None],
) -> None:
    """Do again, name by name, an import that has failed; what is not there gets a MissingName.

    Args:
        statement: what has failed; nothing is done where it is no import.
        names: the namespace in which it stands.
        run: runs a statement there.
    """
    for single, bound in _single_imports(statement):
        try:
            run(single)
        except Exception as error:  # a module that is imported may raise anything
            names[bound] = MissingName(bound, _as_import_error(error, single))


def _single_imports(statement: object) -> Iterator[tuple[_ast.stmt, str]]:
    if not isinstance(statement, _ast.Import | _ast.ImportFrom):
        return
    for alias in statement.names:
        if alias.name == "*":
            continue
        single: _ast.stmt
        if isinstance(statement, _ast.Import):
            single = _ast.Import(names=[alias])
        else:
            single = _ast.ImportFrom(statement.module, [alias], statement.level)
        for place in ("lineno", "col_offset", "end_lineno", "end_col_offset"):
            setattr(single, place, getattr(statement, place))
        yield single, alias.asname or alias.name.partition(".")[0]


def _as_import_error(error: Exception, statement: _ast.stmt) -> ImportError:
    """Return the error to raise again; a module that was found and failed is named with it."""
    if isinstance(error, ImportError):
        return type(error)(str(error), name=error.name) if type(error) in KNOWN else _plain(error)
    module = getattr(statement, "module", None) or statement.names[0].name  # type: ignore[attr-defined]
    return ImportError(f"{module} could not be imported: {type(error).__name__}", name=module)


def _plain(error: ImportError) -> ImportError:
    return ImportError(str(error), name=error.name)


KNOWN = (ImportError, ModuleNotFoundError)
