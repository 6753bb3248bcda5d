"""`grade doctor`: a table of walls, and what they come to, on whichever machine."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

import click
import pytest

from grader.cli.commands.doctor import ABOUT, SAYS, as_json, as_text
from grader.cli.commands.grade import check
from grader.cli.main import run
from grader.sandbox.survey import Findings, Silent, examine
from tests.places import ROOT
from tests.sandbox.apart import NOBODY, apart, everyones_path, needs, python_of_everyone

Captured = pytest.CaptureFixture[str]
linux = pytest.mark.skipif(sys.platform != "linux", reason="these walls are Linux's")
IS_ROOT = sys.platform == "linux" and os.geteuid() == 0
LAYERS = ["namespaces", "own root", "files", "system calls", "own user", "disk"]
FORBIDDEN = "[Errno 1] unshare: Operation not permitted"


def found(*missing: str) -> Findings:
    from grader.sandbox.walls.tiers import Layer, tier_of

    layers = [
        Layer(name, name not in missing, f"{name} is missing" * (name in missing), f"get {name}")
        for name in LAYERS
    ]
    return Findings("linux", tier_of(layers), tuple(layers))


def data(printed: str) -> Mapping[str, Any]:
    told: dict[str, Any] = json.loads(printed)
    return told


@linux
def test_a_wall_that_does_not_stand_says_why_and_how_to_get_it() -> None:
    assert as_text(found("namespaces", "own root"), 80).splitlines() == [
        "layer         for tier   stands  why not                how to get it",
        "namespaces    full       no      namespaces is missing  get namespaces",
        "own root      full       no      own root is missing    get own root",
        "files         container  yes",
        "system calls  both       yes",
        "own user      container  yes",
        "disk          container  yes",
        "",
        "Tier container: strangers' code can be graded here, with --walls container.",
    ]


@linux
@pytest.mark.parametrize(
    ("missing", "last"),
    [
        ((), "Tier full: strangers' code can be graded here, with --walls full."),
        (("system calls",), "Tier limits: grade your own code here, and no strangers'."),
    ],
)
def test_the_last_line_is_the_tier_and_what_it_means(missing: tuple[str, ...], last: str) -> None:
    assert as_text(found(*missing), 80).splitlines()[-2:] == ["", last]


@linux
@pytest.mark.parametrize("columns", [80, 100])
def test_a_long_reason_wraps_within_the_terminal(columns: int) -> None:
    known = found("own user")
    reason = f"uid 65534 cannot read /opt/{'folder/' * 30}: Permission denied"
    long = known.layers[4]._replace(why_not=reason, how="a Python that every user can read " * 3)

    lines = as_text(Findings("linux", "full", (long,)), columns).splitlines()

    assert columns - 10 < max(map(len, lines)) <= columns
    wrapped = [line[lines[0].index("why") :].partition("  ")[0] for line in lines[1:-2]]
    assert " ".join(wrapped).replace("/ ", "/") == reason


@linux
def test_the_data_hold_every_wall_its_tiers_and_what_is_to_be_done() -> None:
    told = data(as_json(found("namespaces", "own root")))

    assert [*told] == ["schema", "platform", "tier", "says", "layers"]
    assert (told["schema"], told["platform"]) == ("grade/doctor/1", "linux")
    assert told["tier"] == "container"
    assert told["layers"][0] == {
        "layer": "namespaces",
        "what_for": "no network, no other processes, no rights over the machine",
        "tiers": ["full"],
        "stands": False,
        "why_not": "namespaces is missing",
        "how": "get namespaces",
    }
    assert told["layers"][3] == {
        "layer": "system calls",
        "what_for": "seccomp lets a submission make few of them",
        "tiers": ["full", "container"],
        "stands": True,
        "why_not": "",
        "how": "",
    }


@pytest.mark.parametrize(
    ("platform", "says"),
    [
        (
            "darwin",
            "macOS builds no walls: they are Linux's. A submission runs the local way: in\n"
            "an interpreter of its own, as you, who may read your files and use your network,\n"
            "under limits on CPU time, output and the size of files, and none on memory.",
        ),
        (
            "win32",
            "Windows builds no walls: they are Linux's. A submission runs the local way: in\n"
            "an interpreter of its own, as you, who may read your files and use your network,\n"
            "under a deadline and a limit on output, and none on memory.",
        ),
    ],
)
def test_a_machine_without_linux_says_how_code_runs_there(platform: str, says: str) -> None:
    last = "\n\nTier limits: grade your own code here, and no strangers'."

    assert as_text(examine(platform), 80) == says + last


def test_a_machine_without_linux_has_data_without_walls() -> None:
    assert data(as_json(examine("win32"))) == {
        "schema": "grade/doctor/1",
        "platform": "win32",
        "tier": "limits",
        "says": "grade your own code here, and no strangers'",
        "layers": [],
    }


def test_what_only_linux_can_load_is_not_loaded_elsewhere() -> None:
    code = """
from grader.cli.commands.doctor import as_json, as_text, examine
as_text(examine("darwin"), 80), as_json(examine("win32"))
linux_s = ("linux_calls", "tiers", "zygote", "jail", "landlock")
loaded = [name for name in linux_s if f"grader.sandbox.walls.{name}" in sys.modules]
tell(loaded + [name for name in sys.modules if name == "grader.sandbox.zygote_client"])
"""

    assert apart(code) == []


@linux
def test_the_command_tells_the_same_in_words_and_as_data(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")

    statuses = [run(["doctor", "-f", "json"]), run(["doctor"])]

    printed = capsys.readouterr()
    as_data, end, as_words = printed.out.partition("\n}\n")
    told = data(as_data + end)
    assert (statuses, printed.err) == ([0, 0], "")
    assert [layer["layer"] for layer in told["layers"]] == LAYERS
    layers = tuple(layer_of(layer) for layer in told["layers"])
    assert as_words == as_text(Findings("linux", told["tier"], layers), 80) + "\n"


def layer_of(told: Mapping[str, Any]) -> Any:
    from grader.sandbox.walls.tiers import Layer

    return Layer(told["layer"], told["stands"], told["why_not"], told["how"])


@linux
def test_a_machine_that_refuses_namespaces_and_mounts_is_told_so() -> None:
    code = """
from tests.sandbox import docker_like
docker_like.install()
from grader.cli.main import run
run(["doctor", "-f", "json"])
"""

    told = apart(code)

    layers = {layer["layer"]: layer for layer in told["layers"]}
    assert [layers[name]["why_not"] for name in ("namespaces", "own root")] == [FORBIDDEN] * 2
    assert layers["namespaces"]["how"] != ""
    rest = all(layers[name]["stands"] for name in ("files", "system calls", "own user", "disk"))
    assert told["tier"] == ("container" if rest else "limits")


@linux
def test_a_root_that_cannot_be_mounted_says_which_call_was_refused() -> None:
    needs("own root")
    code = """
import pyseccomp
from grader.cli.main import run
from grader.sandbox.walls import linux_calls
linux_calls.gain_nothing()
made = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
made.add_rule(pyseccomp.ERRNO(errno.EPERM), "mount")
made.load()
run(["doctor", "-f", "json"])
"""

    namespaces, root = apart(code)["layers"][:2]

    assert (namespaces["stands"], root["stands"]) == (True, False)
    assert root["why_not"] == "[Errno 1] mount: Operation not permitted"


@linux
@pytest.mark.skipif(not IS_ROOT, reason="only root can become another user")
def test_a_user_without_rights_needs_no_other_user() -> None:
    done = subprocess.run(
        [python_of_everyone(), "-m", "grader", "doctor", "-f", "json"],
        cwd="/",
        user=NOBODY,
        group=NOBODY,
        extra_groups=[],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(everyones_path())},
        capture_output=True,
        text=True,
        check=True,
    )

    layers = {layer["layer"]: layer for layer in data(done.stdout)["layers"]}
    assert list(layers) == LAYERS
    assert layers["own user"]["stands"]
    assert "not tried" not in layers["disk"]["why_not"]


@linux
def test_where_nothing_can_be_tried_the_grader_is_at_fault(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.executable", "/bin/false")

    with pytest.raises(Silent, match=r"^the process that tries the walls has not started$"):
        examine("linux")

    assert run(["doctor"]) == 3
    assert capsys.readouterr().err.endswith(
        "Hint: `GRADE_TRACEBACK=1 grade doctor` shows what it says\n"
    )


def test_the_help_says_what_each_wall_is_for(capsys: Captured) -> None:
    assert run(["doctor", "--help"]) == 0

    out = capsys.readouterr().out
    for name, about in ABOUT.items():
        assert f"  {name:<14}{about}\n" in out
    assert list(ABOUT) == LAYERS


def test_the_walls_that_it_names_can_be_asked_for() -> None:
    (walls,) = (option for option in check.params if option.name == "walls")

    assert isinstance(walls.type, click.Choice)
    for tier in ("full", "container"):
        assert f"--walls {tier}" in SAYS[tier]
        assert tier in walls.type.choices


def test_the_command_is_run_from_the_grader_s_folder_or_any_other() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "grader", "doctor", "-f", "text"],
        cwd="/",
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1].startswith("Tier ")
