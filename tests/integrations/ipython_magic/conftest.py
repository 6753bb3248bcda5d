import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integrations.ipython_magic.kernels import Kernel


@pytest.fixture(scope="package")
def jupyter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Kernel, Path]]:
    """Today's Jupyter, and the folder that it works in."""
    folder = tmp_path_factory.mktemp("work")
    kernel = Kernel(folder, tmp_path_factory.mktemp("k"))
    assert kernel.run("%load_ext grader") == ("", "", [], "")
    yield kernel, folder
    kernel.end()


@pytest.fixture
def kernel(jupyter: tuple[Kernel, Path]) -> Kernel:
    """A kernel that holds nothing, and has the extension."""
    kernel, folder = jupyter
    for left in folder.iterdir():
        shutil.rmtree(left) if left.is_dir() else left.unlink()
    kernel.run("%reset -f")
    kernel.run("%reset -f in")  # or a cause would be sought in the cells of the tests before, too
    return kernel


@pytest.fixture
def folder(jupyter: tuple[Kernel, Path]) -> Path:
    """The kernel's folder."""
    return jupyter[1]
