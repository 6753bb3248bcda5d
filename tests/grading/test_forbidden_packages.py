"""A graded class that borrows from a package that its exercise forbids, and those that do not."""

import textwrap
from importlib.util import find_spec
from pathlib import Path

import pytest

from grader.exercises import catalogue
from grader.grading.one_submission import grade_exercise, grade_submission
from grader.grading.request import GradeRequest
from grader.reports.report import Report
from grader.sandbox.protocol.limits import Tier
from grader.sandbox.survey import strongest_tier
from grader.submissions.submission import find
from tests.grading_fixtures import GradeCells, GradeSource
from tests.sandbox.engines import RIGHT, after, inside, instead, line_of, messages

THEIRS = """\
class Value:
    def __init__(self, data):
        self.data = data


def relu(x):
    return max(0.0, x)
"""
ELSEWHERE = "from engine import Value\n"  # nothing of what it does is in the text handed in
NAME = '"micro" + "grad.engine"'
SAYS = (
    "Value uses micrograd{}: this exercise asks for your own; "
    "outside of it you may compare with micrograd"
)

SEEN_IN_THE_TEXT = {
    "a name imported above": (
        "from micrograd.engine import relu\n" + inside("__pow__", "relu(n)"),
        "relu(n)",
    ),
    "under another name": (
        "from micrograd.engine import relu as r\n" + inside("__pow__", "r(n)"),
        "r(n)",
    ),
    "an alias": (
        "import micrograd.engine\n\nt = micrograd.engine\n" + inside("__pow__", "t.relu(n)"),
        "t.relu(n)",
    ),
    "imported in a method": (inside("__pow__", "import micrograd"), "import micrograd"),
    "imported where it never runs": (
        inside("__pow__", "if n > 1000:\n    from micrograd import engine"),
        "from micrograd import engine",
    ),
    "a base class": (
        "import micrograd.engine\n\n"
        + instead("class Value:", "class Value(micrograd.engine.Value):"),
        "class Value(micrograd.engine.Value):",
    ),
    "a function that a method calls": (
        "import micrograd.engine as e\n\n\ndef floor(n):\n    return e.relu(n)\n\n\n"
        + inside("__pow__", "floor(n)"),
        "return e.relu(n)",
    ),
    "a method put in from outside": (
        after(
            """
            import micrograd.engine as e
            def power(self, n): return e.relu(n)
            Value.power = power
            """
        ),
        "def power(self, n): return e.relu(n)",
    ),
}
SEEN_AS_IT_RUNS = {
    "importlib": (
        f"import importlib\n{inside('__pow__', f'importlib.import_module({NAME})')}",
        f"importlib.import_module({NAME})",
    ),
    "importlib, of what is loaded": (
        "import importlib, micrograd.engine\n"
        + inside("__pow__", f"importlib.import_module({NAME})"),
        f"importlib.import_module({NAME})",
    ),
    "__import__": (inside("__pow__", f"__import__({NAME})"), f"__import__({NAME})"),
    "exec": (inside("__pow__", 'exec("import micro" + "grad")'), 'exec("import micro" + "grad")'),
    "a default": (
        f"import importlib\nLIB = importlib.import_module({NAME})\n\n\n"
        + instead("def __pow__(self, n):", "def __pow__(self, n, lib=LIB):"),
        "def __pow__(self, n, lib=LIB):",
    ),
    "a global that no import binds": (
        f"import importlib\nLIB = importlib.import_module({NAME})\n\n\n"
        + inside("__pow__", "LIB.relu(n)"),
        "LIB.relu(n)",
    ),
    "a closure": (
        after(
            f"""
            import importlib
            def made(power, lib=None):
                lib = importlib.import_module({NAME})
                def relu(self, n):
                    return lib.relu(n) and power(self, n)
                return relu
            Value.__pow__ = made(Value.__pow__)
            """
        ),
        "def relu(self, n):",
    ),
}


@pytest.fixture(autouse=True)
def micrograd(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package `micrograd` where packages are installed."""
    site = tmp_path_factory.mktemp("installed")
    package = site / "micrograd"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "engine.py").write_text(THEIRS)
    monkeypatch.syspath_prepend(site)


def says(file: str, source: str, text: str) -> str:
    return SAYS.format(f" ({file}, line {line_of(source, text)}: `{text}`)")


@pytest.mark.parametrize(
    ("source", "text"),
    [*SEEN_IN_THE_TEXT.values(), *SEEN_AS_IT_RUNS.values()],
    ids=[*SEEN_IN_THE_TEXT, *SEEN_AS_IT_RUNS],
)
def test_a_class_that_borrows_scores_nothing_and_its_line_is_shown(
    grade_source: GradeSource, source: str, text: str
) -> None:
    report = grade_source(source)

    assert report.score == 0
    assert messages(report) == [says("value.py", source, text)]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        *(way for name, way in SEEN_IN_THE_TEXT.items() if name != "a base class"),
        *SEEN_AS_IT_RUNS.values(),
    ],
)
def test_a_class_from_a_file_beside_the_submission_is_found_as_it_runs(
    grade_source: GradeSource, tmp_path: Path, source: str, text: str
) -> None:
    (tmp_path / "engine.py").write_text(source)

    report = grade_source(ELSEWHERE)

    assert report.score == 0
    assert messages(report) == [says("engine.py", source, text)]


@pytest.mark.parametrize(
    "source",
    [
        SEEN_IN_THE_TEXT["a base class"][0],
        "from micrograd.engine import Value\n\n\ndef backward(self): ...\n",
        after("import micrograd\nsetattr(Value, 'lib', micrograd)"),
    ],
    ids=["a base class", "their class", "an attribute of the class"],
)
def test_what_no_line_uses_is_told_without_one(
    grade_source: GradeSource, tmp_path: Path, source: str
) -> None:
    (tmp_path / "engine.py").write_text(source)

    report = grade_source(ELSEWHERE)

    assert report.score == 0
    assert messages(report) == [SAYS.format("")]


def test_objects_that_hold_theirs_are_told_by_what_they_hold(grade_source: GradeSource) -> None:
    source = inside("__init__", "self.inner = [*kept()]") + textwrap.dedent(
        f"""
        import importlib
        _kept = [importlib.import_module({NAME}).Value(1.0)]
        kept = lambda: globals()["_ke" + "pt"]
        """
    )

    report = grade_source(source)

    assert report.score == 0
    assert messages(report) == [SAYS.format(" (its objects hold a Value)")]


def test_their_class_under_the_name_that_is_asked_is_no_engine(grade_source: GradeSource) -> None:
    source = "from micrograd.engine import Value\n"

    report = grade_source(source)

    assert messages(report) == [says("value.py", source, source.strip())]


HONEST = {
    "compared in the same file": after(
        """
        import micrograd.engine as e
        def compare(a):
            return e.Value(a.data).data == a.data
        assert compare(Value(2.0))
        held = e.Value(1.0)
        """
    ),
    "imported, and never used": "import micrograd\nfrom micrograd.engine import relu\n" + RIGHT,
    "methods have names of theirs": (
        "from micrograd.engine import relu as data, relu as backward, relu as _prev\n" + RIGHT
    ),
    "a local name is one of theirs": (
        "import micrograd as t\nfrom micrograd.engine import relu as n\n"
        + inside("__pow__", "for t in (1, 2):\n    t + n")
    ),
    "imported in one line with math": "import math, micrograd\n" + inside("__pow__", "math.exp(n)"),
    "a word in a docstring": inside("__pow__", '"""As import micrograd does, or torch."""'),
    "an annotation": (
        "import micrograd.engine as e\n"
        + instead("def __pow__(self, n):", "def __pow__(self, n: 'e.Value'):")
    ),
    "a name that is bound again": "from micrograd.engine import relu\nrelu = abs\n"
    + inside("__pow__", "relu(n)"),
}


@pytest.mark.parametrize("source", HONEST.values(), ids=list(HONEST))
def test_a_class_of_ones_own_is_graded_as_ever(grade_source: GradeSource, source: str) -> None:
    report = grade_source(source)

    assert report.score == 5
    assert not any("micrograd" in note for note in report.notes)


LIES = """\
class Anything:
    def __eq__(self, other): raise SystemExit
    def __hash__(self): raise SystemExit


class Meta(type):
    def __eq__(cls, other): raise SystemExit
    def __hash__(cls): raise SystemExit
    def __getattribute__(cls, name): raise SystemExit
    def __instancecheck__(cls, other): raise SystemExit


class Kept(metaclass=Meta):
    __module__ = Anything()
    def __getattribute__(self, name): raise SystemExit


"""


def test_looking_runs_none_of_the_student_s_code(grade_source: GradeSource) -> None:
    source = LIES + inside("__init__", "self.kept = [Kept(), Anything()]")

    report = grade_source(source + "\nValue.kinds = [Kept, Anything]\n")

    assert report.score == 5


def test_comparing_in_other_cells_costs_nothing(grade_cells: GradeCells) -> None:
    cells = [
        "%matplotlib inline\nimport micrograd.engine as e",
        RIGHT,
        "def compare(a):\n    return e.Value(a.data).data == a.data",
        "x = e.Value(3.0)\ncompare(Value(2.0))",
    ]

    report = grade_cells(cells)

    assert report.score == 5
    assert not any("micrograd" in note for note in report.notes)


@pytest.mark.parametrize("kernel", [False, True])
def test_a_cell_that_borrows_as_it_runs_is_named_with_a_kernel_and_without(
    grade_cells: GradeCells, *, kernel: bool
) -> None:
    text = f"importlib.import_module({NAME})"
    source = inside("__pow__", text)

    report = grade_cells(["import importlib", source], kernel=kernel)

    assert report.score == 0
    assert messages(report) == [says("cell 2", source, text)]


def test_a_cell_that_borrows_is_named(grade_cells: GradeCells) -> None:
    report = grade_cells(
        [
            "%time import micrograd.engine as e",
            "import micrograd.engine as e",
            inside("__pow__", "e.relu(n)"),
        ]
    )

    text = "e.relu(n)"
    assert report.score == 0
    assert messages(report) == [says("cell 3", inside("__pow__", text), text)]


def test_a_class_that_was_written_anew_is_judged_as_it_is_now(grade_cells: GradeCells) -> None:
    cells = ["import micrograd.engine as e", inside("__pow__", "e.relu(n)"), RIGHT]

    assert grade_cells(cells).score == 5


@pytest.mark.parametrize("name", ["micrograd", "tinygrad"])
def test_a_package_of_that_name_that_the_student_wrote_is_the_student_s(
    grade_source: GradeSource, tmp_path: Path, name: str
) -> None:
    (tmp_path / name).mkdir()
    (tmp_path / name / "engine.py").write_text(RIGHT)
    if name == "micrograd":  # of which there is one installed as well
        (tmp_path / name / "__init__.py").write_text("")

    report = grade_source(f"from {name}.engine import Value\n")

    assert report.score == 5


def test_a_folder_of_that_name_that_is_no_package_hides_none(
    grade_source: GradeSource, tmp_path: Path
) -> None:
    (tmp_path / "micrograd").mkdir()

    report = grade_source("from micrograd.engine import relu\n" + inside("__pow__", "relu(n)"))

    assert report.score == 0


def test_a_training_on_a_borrowed_engine_fails_as_well(grade_source: GradeSource) -> None:
    exercise = catalogue.find("ex10")
    source = "from micrograd.engine import relu\n" + inside("__pow__", "relu(n)")

    report = grade_source(source, exercise.path)

    assert report.score == 0
    assert says("value.py", source, "relu(n)") in messages(report)


def graded(tmp_path: Path, source: str, forbids: tuple[str, ...]) -> Report:
    (tmp_path / "value.py").write_text(source)
    choice = GradeRequest("ex9", str(tmp_path / "value.py"), examples_s=0.0)
    exercise = catalogue.load(catalogue.find("ex9"))._replace(forbids=forbids)
    return grade_submission([exercise], find(choice.path, "ex9"), choice)[0]


def test_what_an_author_does_not_forbid_may_be_used(tmp_path: Path) -> None:
    source = SEEN_IN_THE_TEXT["a name imported above"][0]

    assert graded(tmp_path, source, ("torch",)).score == 5
    assert graded(tmp_path, source, ()).score == 5


def test_what_an_author_forbids_may_not_be_used(tmp_path: Path) -> None:
    report = graded(tmp_path, "import cmath\n" + inside("__pow__", "cmath.exp(n)"), ("cmath",))

    assert messages(report)[0].startswith("Value uses cmath (value.py, line 36: `cmath.exp(n)`)")


@pytest.mark.skipif(find_spec("torch") is None, reason="torch is not installed")
@pytest.mark.parametrize(
    ("line", "score"),
    [("self.t = made(1.0)", 5), ("self.t = 2 * made(1.0, requires_grad=True)", 0)],
)
def test_torch_may_hold_numbers_and_no_gradients_in_a_module_beside_as_well(
    grade_source: GradeSource, tmp_path: Path, line: str, score: float
) -> None:
    wraps = "import torch\nmade = torch.tensor\n\n\n" + inside("__init__", line)
    (tmp_path / "engine.py").write_text(wraps)

    report = grade_source(ELSEWHERE)

    assert report.score == score
    told = [one for one in messages(report) if "uses torch" in one]
    assert bool(told) == (score == 0)


def test_a_result_of_torch_s_that_is_made_a_number_is_found(grade_source: GradeSource) -> None:
    pytest.importorskip("torch", reason="torch is not installed")
    uses = "t = torch.tensor(n, requires_grad=True); (t * t).backward(); _ = float(t.grad)"

    report = grade_source("import torch\n" + inside("__pow__", uses))

    assert report.score == 0
    assert "uses torch (value.py, line" in messages(report)[0]


DECOY = """\
import sys

_folder, _own = sys.path.pop(0), sys.modules.pop("micrograd")
from micrograd.engine import Value
{hides}
sys.path.insert(0, _folder)
sys.modules["micrograd"] = _own
"""
HIDES = {
    "nothing": "",
    "their module": 'del sys.modules["micrograd.engine"]',
    "their module behind one of ours": (
        "del sys.modules['micrograd.engine']; sys.path.insert(0, _folder); "
        "sys.modules['micrograd'] = _own; import micrograd.engine"
    ),
}


def handed_in_folder(folder: Path, **files: str) -> Path:
    for name, source in files.items():
        path = folder / f"{name.replace('__', '/', 1)}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source)
    return folder


TIERS = sorted({"limits", strongest_tier()})


@pytest.mark.parametrize("tier", TIERS)
def test_what_lies_in_the_submission_is_the_student_s_in_every_tier(
    tmp_path: Path, tier: Tier
) -> None:
    folder = handed_in_folder(
        tmp_path / "Bob", main="from micrograd.engine import Value\n", micrograd__engine=RIGHT
    )
    (folder / "micrograd" / "__init__.py").write_text("")

    report = grade_exercise(GradeRequest("ex9", str(folder), walls=tier), None).report

    assert report.score == 5


@pytest.mark.parametrize("hides", HIDES.values(), ids=list(HIDES))
@pytest.mark.parametrize("tier", TIERS)
def test_a_package_of_the_student_s_that_hands_on_the_installed_one_is_found_out(
    tmp_path: Path, tier: Tier, hides: str
) -> None:
    folder = handed_in_folder(
        tmp_path / "Eve", main="from micrograd import Value\n", micrograd__engine="x = 1\n"
    )
    (folder / "micrograd" / "__init__.py").write_text(DECOY.format(hides=hides))

    report = grade_exercise(GradeRequest("ex9", str(folder), walls=tier), None).report

    assert report.score == 0
    # behind walls there is nothing to be found
    found = "Value uses micrograd" if tier == "limits" else "no class named Value"
    assert messages(report)[0].startswith(found)


@pytest.mark.parametrize("tier", TIERS)
def test_the_installed_one_is_forbidden_in_a_folder_too(tmp_path: Path, tier: Tier) -> None:
    folder = handed_in_folder(tmp_path / "Eve", main=SEEN_IN_THE_TEXT["an alias"][0], other="")
    (folder / "micrograd").mkdir()

    report = grade_exercise(GradeRequest("ex9", str(folder), walls=tier), None).report

    assert report.score == 0
