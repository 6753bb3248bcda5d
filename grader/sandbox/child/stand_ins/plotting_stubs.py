"""Stand-ins for packages that draw, show or log, where they are missing: they cost nothing.

A stand-in can be called, subscripted, iterated, reckoned with and inherited from; nothing is drawn.
As a decorator it leaves a function as it is.
That of graphviz keeps the nodes and edges of a graph, as the package does, in lines of DOT text.
"""

import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from importlib.machinery import ModuleSpec
from types import FunctionType, ModuleType
from typing import Any

PLOTTING = (
    *("matplotlib", "mpl_toolkits", "pylab", "seaborn", "plotly", "bokeh", "altair"),
    *("graphviz", "pydot", "pygraphviz", "torchviz", "PIL", "cv2", "imageio"),
    *("IPython", "ipywidgets", "ipympl", "matplotlib_inline", "bqplot", "mpld3", "pyvis"),
    *("plotnine", "holoviews", "hvplot", "pygal", "celluloid", "scienceplots", "mplcursors"),
    *("turtle", "tkinter", "wandb", "tensorboard", "tensorboardX"),
)


_type = type


class Stub:
    """An object that a stand-in gives for everything, and that does nothing, politely."""

    def __call__(self, *given: Any, **options: object) -> Any:
        decorates = len(given) == 1 and not options and _type(given[0]) in (FunctionType, _type)
        return given[0] if decorates else self

    def __getattr__(self, name: str) -> "Stub":
        if name.startswith("_"):
            raise AttributeError(name)
        return self

    def __getitem__(self, _: object) -> "Stub":
        return self

    def __setitem__(self, _: object, __: object) -> None:
        pass

    def __iter__(self) -> Iterator["Stub"]:
        return iter((self, self))

    def __enter__(self) -> "Stub":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def __mro_entries__(self, _: object) -> tuple[type, ...]:
        return (Stub,)

    def __len__(self) -> int:
        return 2

    def __index__(self) -> int:
        return 0

    def __float__(self) -> float:
        return 0.0

    def __round__(self, _: object = None) -> int:
        return 0

    def __format__(self, _: str) -> str:
        return ""

    def __lt__(self, _: object) -> bool:
        return False

    def __neg__(self) -> "Stub":
        return self

    def __add__(self, _: object) -> "Stub":
        return self

    __le__ = __gt__ = __ge__ = __lt__
    __pos__ = __abs__ = __neg__
    __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = __add__
    __pow__ = __floordiv__ = __mod__ = __or__ = __and__ = __matmul__ = __add__


class DotStub(Stub):
    """Stands in for a graph of graphviz; `body` has a line for each node and each edge."""

    def __init__(self, *_: object, **__: object) -> None:
        self.body: list[str] = []

    def node(
        self,
        name: str,
        label: str | None = None,
        _attributes: Mapping[str, object] | None = None,
        **attributes: object,
    ) -> None:
        """Keep a node."""
        self.body.append(f"\t{_quoted(name)}{_list(label, _attributes, attributes)}\n")

    def edge(
        self,
        tail_name: str,
        head_name: str,
        label: str | None = None,
        _attributes: Mapping[str, object] | None = None,
        **attributes: object,
    ) -> None:
        """Keep an edge."""
        ends = f"{_quoted(tail_name)} -> {_quoted(head_name)}"
        self.body.append(f"\t{ends}{_list(label, _attributes, attributes)}\n")

    def edges(self, tail_head_iter: Iterable[tuple[str, str]]) -> None:
        """Keep several edges."""
        for tail, head in tail_head_iter:
            self.edge(tail, head)

    @property
    def source(self) -> str:
        """The whole as DOT text."""
        return "".join(["digraph {\n", *self.body, "}\n"])

    def __str__(self) -> str:
        return self.source


def _list(
    label: str | None, some: Mapping[str, object] | None, others: Mapping[str, object]
) -> str:
    """Return attributes as DOT text has them, nothing where there are none."""
    named = {**({} if label is None else {"label": label}), **(some or {}), **others}
    pairs = " ".join(f"{name}={_quoted(held)}" for name, held in named.items())
    return f" [{pairs}]" if pairs else ""


def _quoted(text: object) -> str:
    return '"' + str(text).replace('"', '\\"') + '"'


class StubModule(ModuleType):
    """A module that has whatever is asked of it."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if name in ("Digraph", "Graph") and self.__name__.partition(".")[0] == "graphviz":
            return DotStub
        return Stub()


class StubFinder:
    """Finds some packages that nothing else finds, and gives a module of a kind for each.

    Attributes:
        made: the names of the modules that it gave.
    """

    def __init__(self, packages: Collection[str], kind: type[ModuleType] = StubModule) -> None:
        self._packages = packages
        self._kind = kind
        self.made: list[str] = []

    def find_spec(self, fullname: str, *_: object) -> ModuleSpec | None:
        if fullname.partition(".")[0] in self._packages:
            return ModuleSpec(fullname, self, is_package=True)  # type: ignore[arg-type]
        return None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        self.made.append(spec.name)
        return self._kind(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        pass


def install() -> None:
    """Let imports of plotting packages that nothing else finds succeed."""
    sys.meta_path.append(StubFinder(PLOTTING))


@contextmanager
def installed() -> Iterator[None]:
    """Let them succeed for a while, in a process of ours that runs a solution."""
    finder = StubFinder(PLOTTING)
    sys.meta_path.append(finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
        for name in finder.made:
            sys.modules.pop(name, None)
