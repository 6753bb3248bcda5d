"""Packages that are withheld, and what stands in for them in the process that is asked."""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.sandbox.child.stand_ins.withheld_packages import WithheldPackages
from grader.sandbox.child.stand_ins.withheld_values import WithheldValue

NAME = "nothing_of_this_name"


@pytest.fixture
def finder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[WithheldPackages]:
    site = tmp_path / "site"
    (site / NAME).mkdir(parents=True)
    made, before = WithheldPackages([NAME], [str(site)]), set(sys.modules)
    monkeypatch.setattr(sys, "meta_path", [made, *sys.meta_path])
    monkeypatch.setattr(sys, "path", [str(tmp_path), str(site), *sys.path])
    monkeypatch.setattr(WithheldValue, "answers", 0)
    yield made
    for name in set(sys.modules) - before:
        del sys.modules[name]


def imported(name: str = NAME) -> Any:
    importlib.invalidate_caches()
    return importlib.import_module(name)


def test_it_is_known_what_was_wanted(finder: WithheldPackages) -> None:
    imported(f"{NAME}.nn.functional")

    assert finder.wanted == {NAME}


def test_what_it_gives_says_where_it_comes_from(finder: WithheldPackages) -> None:
    package = imported()

    made = package.tensor([1.0, 2.0], requires_grad=True)

    assert (type(made).__module__, type(made).__name__) == (NAME, "tensor")
    assert type("Own", package.Module.__mro_entries__(()), {}).__mro__[1].__module__ == NAME


def test_lines_that_compare_with_it_run_as_if_it_agreed(finder: WithheldPackages) -> None:
    package = imported()
    x = package.tensor(3.0, requires_grad=True)
    y = (2 * x**2 + x / 2 - 1) @ x
    y.backward()
    with package.no_grad():
        x -= 0.1 * x.grad

    assert abs(6.0 - x.grad.item()) < 1e-6
    assert x.grad == 6.0
    assert (x.grad != 6.0) is False
    assert package.allclose(x.grad, y)
    assert not isinstance(3.0, package.Tensor)
    assert package.__version__.split("+") == ["0"]
    assert np.array(x).shape == ()
    assert (np.ones(3) * x).shape is not None


def test_each_use_of_it_is_counted(finder: WithheldPackages) -> None:
    before = finder.used()

    imported().tensor(1.0)

    assert (finder.used() > before, finder.package()) == (True, NAME)


def test_a_module_of_that_name_that_the_student_wrote_is_the_student_s(
    finder: WithheldPackages, tmp_path: Path
) -> None:
    (tmp_path / NAME).mkdir()
    (tmp_path / NAME / "__init__.py").write_text("own = 1")
    (tmp_path / NAME / "deep.py").write_text("own = 2")

    assert imported().own == 1
    assert imported(f"{NAME}.deep").own == 2
    assert not finder.wanted


def test_a_folder_of_that_name_without_code_is_none(
    finder: WithheldPackages, tmp_path: Path
) -> None:
    (tmp_path / NAME).mkdir()

    assert isinstance(imported().tensor, WithheldValue)
    assert finder.wanted == {NAME}
