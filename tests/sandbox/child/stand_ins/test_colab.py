"""google.colab does nothing, and whoever asks whether this is Colab is told that it is not."""

import sys
from collections.abc import Iterator

import pytest

from grader.sandbox.child.stand_ins import colab


@pytest.fixture(autouse=True)
def _installed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    before = {*sys.modules}
    colab.install()
    yield
    for name in {*sys.modules} - before:
        del sys.modules[name]


def names_after(source: str) -> dict[str, object]:
    names: dict[str, object] = {}
    exec(source, names)
    return names


@pytest.mark.parametrize(
    "source",
    [
        "from google.colab import drive\ndrive.mount('/content/drive', force_remount=True)",
        "import google.colab\ngoogle.colab.files.download('a')",
        "from google.colab.patches import cv2_imshow\ncv2_imshow(None)",
        "import google.colab as c\nkey = c.userdata.get('KEY')",
        "def f():\n    from google.colab import files\n    return files.upload()\nf()",
    ],
)
def test_what_it_does_is_not_done(source: str) -> None:
    names_after(source)


ASKS = {
    "a try": (
        "try:\n    import google.colab\n    there = True\nexcept ImportError:\n    there = False"
    ),
    "a bare except": (
        "def f():\n    try:\n        from google.colab import drive\n        return True\n"
        "    except:\n        return False\nthere = f()"
    ),
    "find_spec": "from importlib.util import find_spec\nthere = bool(find_spec('google.colab'))",
    "the loaded modules": "import sys\nthere = 'google.colab' in sys.modules",
}


@pytest.mark.parametrize("how", ASKS)
def test_who_asks_is_told_that_it_is_not_there(how: str) -> None:
    assert names_after(ASKS[how])["there"] is False


def test_after_a_try_that_is_over_it_is_there_again() -> None:
    source = (
        "try:\n    import not_there\nexcept ImportError:\n    pass\nfrom google.colab import drive"
    )

    assert "drive" in names_after(source)
