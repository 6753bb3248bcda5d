"""Holds the layout: who may import whom, who may import what, and what a run may load."""

import ast
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
OURS = ("grader", "reference", "exercises")

# The wings from the ground up, and what each may import besides itself: of those below it alone.
MAY_IMPORT = {
    "errors": "",
    "engines": "errors",
    "submissions": "errors engines",
    "reports": "errors engines",
    "sandbox": "errors engines submissions",
    "exercises": "errors engines submissions sandbox",
    "feedback": "errors engines reports",
    "grading": "errors engines submissions reports sandbox exercises feedback",
    "course": "errors engines submissions reports sandbox exercises grading",
    "integrations": "errors engines submissions reports sandbox exercises grading",
    "cli": "errors engines submissions reports sandbox exercises grading course integrations",
}
# Modules with a definition that belongs further down, until it is carried there.
STILL_UP = {
    *("grader.submissions.intake.take_in", "grader.submissions.intake.student_submission"),
    *("grader.feedback.examples", "grader.engines.probes"),
}
# What a room within a wing may import besides itself, where that is less.
NARROWER = {
    "engines.interpreter": "engines.observation engines.program engines.text",
    "sandbox.child": "engines sandbox.protocol",
    "sandbox.walls": "sandbox.child sandbox.protocol",
    "feedback.shrinking": "engines",
    "feedback": "errors engines reports.report",
    "grading": "errors engines submissions reports.report sandbox exercises feedback",
    "course.gradebook": "errors submissions.student course.marks",
    "reports.vendors": "errors reports.report reports.report_json reports.context reports.text",
}
ONLY_USERS = {
    "torch": {"grader.engines.oracles.pytorch", "grader.engines.oracles.torch_arrays"},
    "jinja2": {"grader.reports.page.html"},
    "nbclient": {"grader.sandbox.kernel"},
    "jupyter_client": {"grader.sandbox.kernel"},
    "nbformat": {"grader.submissions.submission"},
    "IPython": {"grader.sandbox.child.notebook", "grader.integrations.ipython_magic.extension"},
    "traitlets": {"grader.sandbox.child.notebook"},
    "watchfiles": {"grader.cli.file_watcher"},
    "httpx": {"grader.course.push.web"},
    "distributed": {"grader.course.batch.executors"},
    "pytest": {
        f"grader.integrations.pytest_plugin.{one}" for one in ("options", "collection", "selection")
    },
}


def modules(package: str) -> dict[str, Path]:
    files = (ROOT / package).rglob("*.py")
    return {
        ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): file
        for file in files
    }


@cache
def imports_of(file: Path) -> frozenset[str]:
    """Every module that a file imports, inside functions too; what only types need left out."""
    return frozenset(_imports(ast.parse(file.read_text(encoding="utf-8"))))


def _imports(node: ast.AST) -> Iterator[str]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test):
            continue
        if isinstance(child, ast.Import):
            yield from (alias.name for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            assert child.level == 0, "imports are absolute"
            yield str(child.module)
            yield from (f"{child.module}.{alias.name}" for alias in child.names)
        else:
            yield from _imports(child)


def room(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


GRADER = modules("grader")
MOST_LINES = 400
MOST_BODY_LINES = 25
ARRAYS = {"reference.tensor", "reference.graph"}


def test_every_module_of_the_grader_has_its_place_in_the_layers() -> None:
    rooms = {room(module) for module in GRADER} - {"", "__main__"}

    assert rooms == set(MAY_IMPORT)


@pytest.mark.parametrize(
    "module", [name for name in GRADER if room(name) in MAY_IMPORT and name not in STILL_UP]
)
def test_a_module_imports_from_its_own_layer_and_from_below(module: str) -> None:
    rooms = {room(name) for name in imports_of(GRADER[module]) if name.startswith("grader.")}

    assert rooms - {room(module), *MAY_IMPORT[room(module)].split()} <= {"__version__"}


def test_a_wing_imports_from_below_alone() -> None:
    wings = list(MAY_IMPORT)

    assert all(set(MAY_IMPORT[wing].split()) <= {*wings[:at]} for at, wing in enumerate(wings))


@pytest.mark.parametrize("narrow", NARROWER)
def test_a_room_imports_no_more_than_it_needs(narrow: str) -> None:
    allowed = tuple(f"grader.{one}." for one in (narrow, *NARROWER[narrow].split()))
    inside = {name: file for name, file in GRADER.items() if name.startswith(f"grader.{narrow}.")}

    for name, file in inside.items():
        if name in STILL_UP:
            continue
        known = {other for other in imports_of(file) if other in GRADER and not _is_face(other)}
        assert not [other for other in known if not f"{other}.".startswith(allowed)], name


def _is_face(module: str) -> bool:
    return GRADER[module].name == "__init__.py"


def test_nothing_imports_the_command_line() -> None:
    outside = {name for name in GRADER if room(name) not in ("cli", "__main__")}

    assert not [name for name in outside if _uses(GRADER[name], "grader.cli")]


def test_nothing_imports_the_notebook_s_door() -> None:
    outside = {name for name in GRADER if not name.startswith("grader.integrations.ipython_magic")}

    assert not [
        name for name in outside if _uses(GRADER[name], "grader.integrations.ipython_magic")
    ]


def test_loading_the_extension_loads_nothing_of_the_grader_yet() -> None:
    code = "from unittest.mock import Mock; from grader import load_ipython_extension as load"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}; load(Mock()); {ALL_LOADED}"],
        capture_output=True,
        text=True,
        check=True,
    )

    ours = {name for name in json.loads(done.stdout) if name.startswith("grader.")}
    magic = "grader.integrations.ipython_magic"
    assert ours == {"grader.integrations", magic, f"{magic}.extension"}


def test_no_import_goes_round_in_a_circle() -> None:
    inside = {
        name: {other for other in imports_of(file) if other in GRADER and other != name}
        for name, file in GRADER.items()
    }

    while free := {name for name, needed in inside.items() if not needed & inside.keys()}:
        inside = {name: needed for name, needed in inside.items() if name not in free}

    assert inside == {}


@pytest.mark.parametrize("package", ONLY_USERS)
def test_a_heavy_package_has_one_user(package: str) -> None:
    users = {name for name, file in GRADER.items() if _uses(file, package)}

    assert users == ONLY_USERS[package]


def test_click_is_used_by_the_command_line_alone() -> None:
    users = {room(name) for name, file in GRADER.items() if _uses(file, "click")}

    assert users == {"cli"}


def test_numpy_is_used_where_tensors_are_and_nowhere_else() -> None:
    everything = GRADER | modules("reference")

    users = {name for name, file in everything.items() if _uses(file, "numpy")}

    assert users == ARRAYS


def test_the_reference_imports_nothing_of_ours_but_itself() -> None:
    for name, file in modules("reference").items():
        outside = {other.partition(".")[0] for other in imports_of(file)} - {"reference"}
        allowed = {"numpy"} if name in ARRAYS else set()

        assert outside - allowed <= set(sys.stdlib_module_names), file


def test_an_exercise_imports_from_the_grader_s_front_door_alone() -> None:
    for file in (ROOT / "exercises").rglob("*.py"):
        ours = {name for name in imports_of(file) if name.partition(".")[0] in OURS}

        assert all(name.count(".") <= 1 for name in ours), file
        if file.name in ("starter.py", "solution.py"):
            assert ours == set(), file


def test_what_runs_beside_student_code_needs_the_standard_library_alone() -> None:
    rooms = ("grader.sandbox.child.", "grader.sandbox.protocol.", "grader.engines.interpreter.")
    beside = {name for name in GRADER if name.startswith(rooms)}

    for name in beside - {"grader.sandbox.child.notebook"}:  # IPython's shell runs the cells
        outside = {other.partition(".")[0] for other in imports_of(GRADER[name])}

        assert outside - {"grader"} <= set(sys.stdlib_module_names), name


def test_no_room_is_crowded() -> None:
    for file in [*GRADER.values(), *modules("reference").values()]:
        assert len(file.read_text(encoding="utf-8").splitlines()) <= 400, file


# What a run of `grade ex9` may load, beside what the interpreter and `json` load by themselves. A
# name here is a decision: each costs every student a millisecond or more, at every run.
GRADING_LOADS = {
    *("grader", "reference"),
    *("subprocess", "contextlib", "errno", "fcntl", "locale", "select", "selectors", "signal"),
    *("resource", "string", "struct", "threading", "typing", "warnings", "importlib", "gc"),
    *("pathlib", "fnmatch", "glob", "ipaddress", "ntpath", "urllib"),  # pathlib's
    *("tomllib", "datetime"),
    *("hashlib", "math"),
    *("random", "bisect"),  # random graphs
    "textwrap",
}
NEVER_IN_A_PLAIN_RUN = {
    *("click", "inspect", "dataclasses", "asyncio", "jinja2", "nbformat", "nbclient", "IPython"),
    *("torch", "numpy", "hypothesis", "pytest", "difflib", "logging", "socket", "ssl", "email"),
}
ALL_LOADED = "import json, sys; print(json.dumps(sorted(sys.modules)))"
LOADED = "import json, sys; print(json.dumps(sorted({m.partition('.')[0] for m in sys.modules})))"


def loaded_by(words: list[str]) -> set[str]:
    """The top-level modules that `grade WORDS` has loaded when it ends."""
    run = f"import sys; from grader.cli.main import run; run({words!r}); sys.stdout.write('\\n')"
    environment = {**os.environ, "COVERAGE_PROCESS_START": ""}
    done = subprocess.run(
        [sys.executable, "-c", f"{run}; {LOADED}"],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.fixture(scope="module")
def bare() -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", LOADED], capture_output=True, text=True, check=True
    )
    return set(json.loads(done.stdout))


def test_a_passing_run_loads_only_what_is_listed(bare: set[str]) -> None:
    loaded = loaded_by(["ex9", str(ROOT / "tests" / "submissions" / "right.py")]) - bare

    public = {name for name in loaded if not name.startswith("_")}
    assert public - GRADING_LOADS == set()
    assert not loaded & NEVER_IN_A_PLAIN_RUN


def test_help_loads_click_and_nothing_heavy(bare: set[str]) -> None:
    loaded = loaded_by(["--help"]) - bare

    assert "click" in loaded
    heavy = NEVER_IN_A_PLAIN_RUN - {"click", "inspect", "difflib", "dataclasses"}
    assert not loaded & heavy
    assert "reference" not in loaded


def _uses(file: Path, package: str) -> bool:
    return any(f"{name}.".startswith(f"{package}.") for name in imports_of(file))


@pytest.mark.parametrize("module", GRADER)
def test_a_room_is_small(module: str) -> None:
    text = GRADER[module].read_text(encoding="utf-8")
    long = [
        f"{node.name}: {lines}"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef) and (lines := _body_lines(node)) > MOST_BODY_LINES
    ]

    assert long == []
    assert text.count("\n") <= MOST_LINES


def _body_lines(function: ast.FunctionDef) -> int:
    """Return how many lines a body takes, without the docstring."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return 1 + int(body[-1].end_lineno or 0) - body[0].lineno if body else 0
