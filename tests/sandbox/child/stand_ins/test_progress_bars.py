"""Progress bars that are not installed hand through what they are given."""

import sys
from collections.abc import Iterator

import pytest

from grader.sandbox.child.stand_ins import progress_bars

USES = {
    "tqdm": "from tqdm import tqdm\nseen = [x for x in tqdm([1, 2, 3], desc='a')]",
    "trange": "from tqdm import trange\nseen = [x + 1 for x in trange(3)]",
    "auto": "from tqdm.auto import tqdm\nseen = list(tqdm(range(1, 4)))",
    "notebook": "from tqdm.notebook import tqdm, trange\nseen = [*tqdm([1]), *trange(2, 4)]",
    "tqdm_notebook": "from tqdm import tqdm_notebook as bar\nseen = list(bar((1, 2, 3)))",
    "the module": "import tqdm\nseen = list(tqdm.tqdm(iter([1, 2, 3])))",
    "a module in it": "import tqdm\nseen = list(tqdm.auto.tqdm([1, 2, 3]))",
    "a bar that is kept": (
        "from tqdm import tqdm\nbar = tqdm([1, 2, 3])\nseen = []\n"
        "for x in bar:\n    bar.set_description(f'{x}'); bar.set_postfix(loss=x); seen.append(x)"
    ),
    "a bar without an iterable": (
        "from tqdm import tqdm\nseen = []\nwith tqdm(total=3) as bar:\n"
        "    for x in (1, 2, 3):\n        bar.update(1); seen.append(bar.n)"
    ),
    "its length": "from tqdm import tqdm\nseen = [1, 2, len(tqdm([1, 2, 3]))]",
    "zipped": "from tqdm.contrib import tzip\nseen = [a for a, _ in tzip([1, 2, 3], 'abc')]",
    "numbered": "from tqdm.contrib import tenumerate\nseen = [n for n, _ in tenumerate('abc', 1)]",
    "fastprogress": "from fastprogress import progress_bar\nseen = list(progress_bar([1, 2, 3]))",
    "alive_progress": "from alive_progress import alive_it\nseen = list(alive_it([1, 2, 3]))",
}


@pytest.fixture(autouse=True)
def _missing(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """None of the packages is installed, and afterwards nothing of the stand-ins is left."""
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    for name in [one for one in sys.modules if one.partition(".")[0] in progress_bars.PACKAGES]:
        monkeypatch.delitem(sys.modules, name)
    sys.meta_path[:] = [progress_bars.FINDER, *sys.meta_path]
    yield
    for name in [one for one in sys.modules if one.partition(".")[0] in progress_bars.PACKAGES]:
        del sys.modules[name]


@pytest.mark.parametrize("use", USES)
def test_what_is_given_comes_out(use: str) -> None:
    names: dict[str, object] = {}

    exec(USES[use], names)

    assert names["seen"] == [1, 2, 3]


def test_what_is_written_beside_a_bar_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    exec("from tqdm import tqdm\ntqdm.write('loss 4')")

    assert capsys.readouterr().out == "loss 4\n"


def test_they_are_asked_after_all_that_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))

    progress_bars.install()

    assert sys.meta_path[-1] is progress_bars.FINDER
