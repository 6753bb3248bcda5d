"""Plotting packages that are not installed, and what stands in for them."""

import importlib
import sys
from collections.abc import Iterator
from importlib.machinery import ModuleSpec

import pytest

from grader.sandbox.child.stand_ins import plotting_stubs
from grader.sandbox.child.stand_ins.plotting_stubs import PLOTTING, Stub

MISSING = "nothing_of_this_name"


@pytest.fixture(autouse=True)
def as_it_was(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Stand-ins installed, one name of which is certainly free, and all taken back."""
    before = set(sys.modules)
    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path])
    monkeypatch.setattr(plotting_stubs, "PLOTTING", (*PLOTTING, MISSING))
    plotting_stubs.install()
    yield
    for name in set(sys.modules) - before:
        del sys.modules[name]


def test_a_missing_package_and_its_parts_can_be_imported() -> None:
    parts = importlib.import_module(f"{MISSING}.pyplot.deep")

    assert isinstance(parts.anything, Stub)
    assert isinstance(importlib.import_module(MISSING).anything, Stub)


def test_a_package_that_is_there_is_left_alone() -> None:
    json = importlib.import_module("json")

    assert json.loads("[1]") == [1]


def test_a_package_that_is_not_about_plotting_is_still_missing() -> None:
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("another_name_of_nothing")


def test_a_drawing_takes_everything_and_gives_itself() -> None:
    plt = Stub()

    fig, ax = plt.subplots(2, figsize=(3, 4))
    ax[0, 1].plot([1, 2], label="x").set_title("y")
    ax["left"] = 3
    with plt.style.context("dark"):
        plt.savefig("file.png")

    assert isinstance(fig, Stub)
    assert [type(part) for part in ax] == [Stub, Stub]


def test_a_drawing_has_no_private_names_so_that_nobody_takes_it_for_a_picture() -> None:
    assert not hasattr(Stub(), "_repr_html_")
    assert not hasattr(Stub(), "__array__")


def test_a_drawing_can_be_reckoned_with() -> None:
    low, high = Stub().get_xlim()

    assert isinstance((high - low) * 0.5 + low, Stub)
    assert isinstance(2 * -low / 3, Stub)
    assert [len(low), float(low), int(low), round(low), f"{low:.2f}"] == [2, 0.0, 0, 0, ""]
    assert not low < high
    assert list(range(low)) == []


def test_a_drawing_can_be_the_base_of_a_class() -> None:
    module = importlib.import_module(MISSING)

    class Picture(module.Canvas):  # type: ignore[misc, name-defined]
        pass

    assert isinstance(Picture(), Stub)


def test_a_graph_of_graphviz_remembers_its_nodes_and_edges() -> None:
    graphviz = plotting_stubs.StubFinder(plotting_stubs.PLOTTING).create_module(
        ModuleSpec("graphviz", None)
    )

    dot = graphviz.Digraph("g", graph_attr={"rankdir": "LR"})
    dot.node("a", label='the "first"', shape="record")
    dot.edge("a", "b", color="red")
    with dot.subgraph(name="cluster") as inner:
        inner.node("c")
    dot.render("file", view=True)

    assert str(dot) == (
        'digraph {\n\t"a" [label="the \\"first\\"" shape="record"]\n'
        '\t"a" -> "b" [color="red"]\n\t"c"\n}\n'
    )


def test_stand_ins_can_be_there_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    without = [one for one in sys.meta_path if not isinstance(one, plotting_stubs.StubFinder)]
    monkeypatch.setattr(sys, "meta_path", without)

    with plotting_stubs.installed():
        importlib.import_module(f"{MISSING}.pyplot")

    with pytest.raises(ModuleNotFoundError):
        importlib.import_module(MISSING)
