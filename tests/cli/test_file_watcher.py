"""The watcher tells of a save, of what an import brings, and of what it cannot watch."""

import subprocess
import sys
from pathlib import Path

import pytest

from grader.cli.file_watcher import FileWatcher, Unwatchable, version_of

LONGEST_S = 60.0


def test_a_folder_that_cannot_be_watched_is_an_error_with_a_cure(tmp_path: Path) -> None:
    saves = FileWatcher(tmp_path / "gone" / "value.py", lambda: None)

    with pytest.raises(Unwatchable, match=r"cannot watch .*gone") as caught:
        saves.wait(LONGEST_S)

    assert (
        caught.value.hint == "set WATCHFILES_FORCE_POLLING=1, and it looks again and again instead"
    )


def test_a_version_is_of_the_file_and_what_it_imports_from_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "value.py"
    file.write_text("import engine, math\n", encoding="utf-8")
    (tmp_path / "engine.py").write_text("from tools import add\n", encoding="utf-8")
    (tmp_path / "tools.py").write_text("import value\n", encoding="utf-8")
    (tmp_path / "other.py").write_text("", encoding="utf-8")

    version = version_of(file)

    assert {Path(name).name for name in version} == {"value.py", "engine.py", "tools.py"}
    assert version_of(tmp_path / "gone.py") == {}


def test_an_interrupt_that_wakes_nobody_ends_the_wait(tmp_path: Path) -> None:
    """As a signal does that comes just before the wait begins."""
    code = (
        "import _thread, signal, sys, threading; from pathlib import Path;"
        "from grader.cli.file_watcher import FileWatcher;"
        "signal.signal(signal.SIGINT, signal.default_int_handler);"
        "saves = FileWatcher(Path(sys.argv[1]), lambda: None); saves.wait();"
        "threading.Timer(0.2, _thread.interrupt_main).start(); saves.wait()"
    )

    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "value.py")],
        capture_output=True,
        text=True,
        timeout=LONGEST_S,
        check=False,
    )

    assert done.stderr.rstrip().endswith("KeyboardInterrupt")
