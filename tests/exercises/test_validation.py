"""A contradiction in an exercise is its author's: its file, its line and the cure are named."""

from pathlib import Path

import pytest

from grader.errors import BrokenExercise, at, install_command
from grader.exercises import catalogue
from grader.exercises.check_recorder import record
from grader.exercises.validation import FILES, PAGE
from tests.authored import ABOUT, CHECKS, CONTENTS, MUTANTS, exercise

RUN = "run `python` on it"
CYCLE = """\
from grader import Check


def asks(Value):
    return {"a": Value(1.0).data}


ring = []
first = Check("first", "First", 1, asks, ring)
second = Check("second", "Second", 2, asks, (first,))
ring.append(second)
"""
TWINS = CHECKS.replace("def twice(", "def adds(").replace("after=adds, ", "")


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_missing_is_named(tmp_path: Path, name: str) -> None:
    entry = exercise(tmp_path)
    (entry.folder / name).unlink()

    with pytest.raises(BrokenExercise, match=rf"01_one: {name} is missing$") as e:
        catalogue.load(entry)

    assert e.value.hint == f"an exercise has {', '.join(FILES)}"


def test_a_file_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    entry = exercise(tmp_path)
    (entry.folder / "prompt.md").write_bytes(b"gr\xf6\xdfer")

    with pytest.raises(BrokenExercise, match=r"prompt\.md: cannot be read: 'utf-8' codec") as e:
        catalogue.prompt(entry)

    assert e.value.hint == "save it as UTF-8"


BROKEN_ABOUT = [
    ("\ntitle = ", "2: Invalid value", PAGE),
    ("\ntitle = \npoints = 3\n", "2: Invalid value", PAGE),
    ("points = 3", "1: title is missing", 'title = "…"'),
    ('title = "Sums"', "1: points is missing", "points = 3"),
    ("title = 3\npoints = 3", "1: title is 3, of the wrong type", 'title = "…"'),
    ('title = "Sums"\npoints = "three"', "2: points is 'three', a text", "points = 3"),
    (ABOUT.replace("given = 1", 'given = ""'), "3: given is '', a text", "given = 1"),
    (ABOUT.replace('["zero"]', '"zero"'), "4: after is 'zero', a text", 'after = ["…"]'),
    (ABOUT.replace('["zero"]', "[0]"), "4: after is not a list of names", 'after = ["…"]'),
    (
        ABOUT.replace('["add", "numbers"]', '"add"'),
        "5: taught is 'add', a text",
        'taught = ["…"]',
    ),
    (
        ABOUT.replace('["add", "numbers"]', "[1]"),
        "5: taught is not a list of names",
        'taught = ["…"]',
    ),
    (
        'title = "Sums"\npoints = 3\naccepts = ["power"]',
        r"3: accepts is \['power'\], a list",
        'accepts = { __pow__ = ["…"] }',
    ),
    (
        'title = "Sums"\npoints = 3\n[accepts]\n__pow__ = "power"',
        "4: accepts.__pow__ is not a list of names",
        '__pow__ = ["…"]',
    ),
    (
        ABOUT + "limits = 3\n",
        "7: limits is 3, of the wrong type",
        "limits = { time = 2.0, memory = 2048, output = 1024 }",
    ),
    (
        ABOUT + "[limits]\nspeed = 3\n",
        "8: no limit is called 'speed'",
        "there are time, memory, output",
    ),
    (
        ABOUT + "[limits]\ntime = 0\n",
        "8: limits.time is 0",
        "it counts seconds of CPU, more than 0",
    ),
    (
        ABOUT + "[limits]\nmemory = 0.5\n",
        "8: limits.memory is 0.5",
        "it counts megabytes, more than 0",
    ),
    (
        ABOUT + "[limits]\noutput = true\n",
        "8: limits.output is True",
        "it counts kilobytes, more than 0",
    ),
    (
        ABOUT + "late = 3\n",
        "7: late is 3, of the wrong type",
        "late = { due = 2026-10-10T23:59:00, grace = 10, per_day = 10, cap = 50 }",
    ),
    (
        ABOUT + "[late]\nfine = 3\n",
        "8: late has no 'fine'",
        "it has due, grace, per_day, cap",
    ),
    (
        ABOUT + "[late]\ndue = 2026-10-10\n",
        "8: late.due is 2026-10-10",
        "due is a date and time: 2026-10-10T23:59:00",
    ),
    (
        ABOUT + "[late]\nper_day = -1\n",
        "8: late.per_day is -1",
        "per_day counts per cent, 0 or more",
    ),
    (
        ABOUT + "[late]\ngrace = nan\n",
        "8: late.grace is nan",
        "grace counts minutes, 0 or more",
    ),
    (
        ABOUT + "[late]\nper_day = inf\n",
        "8: late.per_day is inf",
        "per_day counts per cent, 0 or more",
    ),
    (
        ABOUT + "[late]\ncap = 150\n",
        "8: late.cap is 150",
        "cap counts per cent, 0 to 100",
    ),
    (ABOUT + 'data = "value"\n', "7: data is 'value'", "it may be data or any"),
    (
        ABOUT + 'forbids = "torch"\n',
        "7: forbids is 'torch', a text",
        'forbids = ["usual", "…"]',
    ),
    (ABOUT + "forbids = [1]\n", "7: forbids is not a list of names", 'forbids = ["…"]'),
    (
        ABOUT + 'forbids = ["torch.nn"]\n',
        "7: forbids names 'torch.nn', which is no package's name",
        "name the package alone: torch",
    ),
    (ABOUT + "data = true\n", "7: data is True, a truth", 'data = "any"'),
    (ABOUT + 'titel = "Sums"\n', "7: no key is called 'titel'", "did you mean title?"),
    (
        ABOUT + "[x]\n",
        "7: no key is called 'x'",
        "it may say title, points, given, taught, after, by_name, data, limits, forbids, late, "
        "accepts",
    ),
]


@pytest.mark.parametrize(("about", "says", "hint"), BROKEN_ABOUT)
def test_an_exercise_toml_of_another_form_is_refused_with_the_line(
    tmp_path: Path, about: str, says: str, hint: str
) -> None:
    entry = exercise(tmp_path, exercise=about)

    with pytest.raises(BrokenExercise, match=rf"/01_one/exercise\.toml:{says}") as e:
        catalogue.load(entry)

    assert e.value.hint == hint


BROKEN_CHECKS = [
    ("\n1 / 0\n", "2: does not run: ZeroDivisionError: division by zero", RUN),
    ("\n\ndef broken(:\n", "3: does not run: SyntaxError: invalid syntax", RUN),
    ("import nothing_of_this_name\n", "1: does not run: ModuleNotFoundError: ", RUN),
    (CHECKS.replace("@check(points=1)\n", ""), "12: does not run: TypeError: ", RUN),
    ("", "1: has no check", 'see "A first exercise" in the documentation'),
    (
        CHECKS.replace('"""A value can be added to itself"""', "pass"),
        "13: the check twice has no docstring",
        "its first line is what the student reads",
    ),
    (CHECKS + "\nagain = adds\n", "4: two checks are called adds", "rename one"),
    (
        CHECKS.replace("def direction(", "def adds(") + "\nsums = adds\n",
        "20: two checks are called adds",
        "rename one",
    ),
    (
        CHECKS + "\ndel adds\n",
        "13: the check twice comes after adds, which is not here",
        "name a check of this file",
    ),
    (
        CHECKS.replace("after=adds", "after=['adds']"),
        "13: the check twice comes after adds, which is not here",
        "without quotes: after=adds",
    ),
    (
        CHECKS.replace("after=adds", "after='adds'"),
        "13: the check twice comes after adds, which is not here",
        "without quotes: after=adds",
    ),
    (
        CHECKS.replace("from grader import advisory, check\n", ""),
        "3: does not run: NameError: name 'check' is not defined",
        "from grader import check",
    ),
    (
        CHECKS.replace("@check(points=1)", "@check"),
        "4: does not run: TypeError: check() takes 0 positional arguments but 1 was given",
        "write it as @check(points=1)",
    ),
    (
        "import numpyy\n",
        "1: does not run: ModuleNotFoundError: No module named 'numpyy'",
        RUN,
    ),
    (
        "raise ModuleNotFoundError('none', name='numpy')\n",
        "1: does not run: ModuleNotFoundError: none",
        install_command("numpy"),
    ),
    (
        CYCLE,
        "4: the check first comes after itself: first after second after first",
        "take one `after` out",
    ),
    (
        TWINS,
        "14: two functions are called adds, and the one on line 5 is lost",
        "rename one",
    ),
]


@pytest.mark.parametrize(("checks", "says", "hint"), BROKEN_CHECKS)
def test_checks_that_contradict_themselves_are_refused_with_the_line(
    tmp_path: Path, checks: str, says: str, hint: str
) -> None:
    entry = exercise(tmp_path, checks=checks)

    with pytest.raises(BrokenExercise) as e:
        catalogue.load(entry)

    assert e.value.message.startswith(f"{entry.folder / 'checks.py'}:{says}")
    assert e.value.hint == hint


@pytest.mark.parametrize("taught", ["", '"numbers"'])
def test_random_graphs_of_nothing_are_refused(tmp_path: Path, taught: str) -> None:
    about = ABOUT.replace('"add", "numbers"', taught)
    checks = CHECKS.replace("points=1", "points=1,\n    random=8")
    entry = exercise(tmp_path, exercise=about, checks=checks)

    says = r"checks\.py:5: the check adds asks random graphs, and taught names no operation"
    with pytest.raises(BrokenExercise, match=says) as e:
        catalogue.load(entry)

    assert e.value.hint == 'name some in exercise.toml: taught = ["add", "mul"]'


def test_points_that_do_not_add_up_are_refused_where_they_are_said(tmp_path: Path) -> None:
    entry = exercise(tmp_path, checks=CHECKS.replace("points=2", "points=2.5"))

    says = r"exercise\.toml:2: points is 3, and the checks' points add up to 3\.5$"
    with pytest.raises(BrokenExercise, match=says) as e:
        catalogue.load(entry)

    assert e.value.hint == "change one of them"


def test_a_function_that_may_lack_its_decorator_is_named_where_points_are_missing(
    tmp_path: Path,
) -> None:
    decorator = '@check(points=2, after=adds, visibility="hidden")\n'
    entry = exercise(tmp_path, checks=CHECKS.replace(decorator, ""))

    with pytest.raises(BrokenExercise, match=r"the checks' points add up to 1$") as e:
        catalogue.load(entry)

    assert e.value.hint == "change one of them, or put @check(points=…) above twice, on line 13"


def test_points_may_be_fractions_that_add_up(tmp_path: Path) -> None:
    halves = CHECKS.replace("points=1", "points=0.1").replace("points=2", "points=0.2")
    entry = exercise(tmp_path, checks=halves, exercise='title = "Sums"\npoints = 0.3')

    assert catalogue.load(entry).points == 0.3


TWIN_MUTANTS = """\
from grader import Mutant

MUTANTS = [
    Mutant("A1", "minus", "+", "-", "The sum subtracts."),
    Mutant(id="A1", written="times", replace="+", by="*", says="The sum multiplies."),
]
"""
NO_MUTANTS = "1: defines no MUTANTS"
LIST = "MUTANTS = [Mutant(…), …]"
BROKEN_MUTANTS = [
    ("", NO_MUTANTS, LIST),
    ("MUTANTS = 3\n", NO_MUTANTS, LIST),
    ("MUTANTS = ['A1']\n", NO_MUTANTS, LIST),
    (TWIN_MUTANTS, "5: two mutants are called A1", "rename one"),
    (MUTANTS + "MUTANTS *= 2\n", "1: two mutants are called A1", "rename one"),
    ("MUTANTS = [1 / 0]\n", "1: does not run: ZeroDivisionError: ", RUN),
]


@pytest.mark.parametrize(("mutants", "says", "hint"), BROKEN_MUTANTS)
def test_mutants_that_contradict_themselves_are_refused_with_the_line(
    tmp_path: Path, mutants: str, says: str, hint: str
) -> None:
    entry = exercise(tmp_path, mutants=mutants)

    with pytest.raises(BrokenExercise) as e:
        catalogue.mutants(catalogue.load(entry))

    assert e.value.message.startswith(f"{entry.folder / 'mutants.py'}:{says}")
    assert e.value.hint == hint


def test_an_exercise_that_is_being_written_may_have_no_mutant_yet(tmp_path: Path) -> None:
    entry = exercise(tmp_path, mutants="MUTANTS = []\n")

    assert catalogue.mutants(catalogue.load(entry)) == ()


def test_two_exercises_of_one_name_in_a_track_are_refused(tmp_path: Path) -> None:
    for folder in ("demo/01_one", "demo/02_one"):
        (tmp_path / folder).mkdir(parents=True)

    with pytest.raises(BrokenExercise) as e:
        catalogue.entries((tmp_path,))

    first, second = (tmp_path / "demo" / name for name in ("01_one", "02_one"))
    assert e.value.message == f"{second}: demo/one is there twice, also as {first}"
    assert e.value.hint == "rename one of the two folders"


def test_a_place_is_told_from_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert at(tmp_path / "demo" / "checks.py", 14) == "demo/checks.py:14"
    assert at("/elsewhere/checks.py") == "/elsewhere/checks.py"


@pytest.mark.parametrize("key", ["time", "memory", "output"])
@pytest.mark.parametrize("most", ["inf", "1e308", "9999999999999"])
def test_a_limit_that_nobody_can_mean_is_refused_with_the_line(
    tmp_path: Path, key: str, most: str
) -> None:
    entry = exercise(tmp_path, exercise=f"{ABOUT}[limits]\n{key} = {most}\n")

    with pytest.raises(BrokenExercise, match=rf"exercise\.toml:8: limits\.{key} is ") as refusal:
        catalogue.load(entry)

    assert refusal.value.hint.startswith("it counts ")


def test_a_date_at_the_end_of_the_calendar_is_refused_with_the_line(tmp_path: Path) -> None:
    entry = exercise(tmp_path, exercise=ABOUT + "[late]\ndue = 0001-01-01T00:00:00+14:00\n")

    with pytest.raises(BrokenExercise, match=r"exercise\.toml:8: late\.due is 0001-01-01"):
        catalogue.load(entry)


def test_an_order_in_which_many_ways_lead_to_one_check_is_looked_at_once(tmp_path: Path) -> None:
    lines = ["from grader import check\n"]
    for level in range(60):
        after = f", after=[a{level - 1}, b{level - 1}]" if level else ""
        for name in (f"a{level}", f"b{level}"):
            lines.append(
                f"@check(points=1{after})\ndef {name}(Value):\n"
                f'    """Check."""\n    return {{"x": Value({level}.0).data}}\n'
            )
    about = ABOUT.replace("points = 3", "points = 120")
    entry = exercise(tmp_path, exercise=about, checks="\n".join(lines))

    assert len(catalogue.load(entry).checks) == 120


FILE_OF = {"checks": "checks.py", "exercise": "exercise.toml", "mutants": "mutants.py"}
SLIPS = [
    ("checks", ("points=1", "points='1'"), "checks.py:4: the check adds is worth '1'"),
    ("checks", ("points=1", "points=True"), "checks.py:4: the check adds is worth True"),
    ("checks", ("points=1", "points=-1"), "checks.py:4: the check adds is worth -1"),
    ("checks", ("points=1", "points=1e308"), "checks.py:4: the check adds is worth 1e+308"),
    ("checks", ('"hidden"', '"hiden"'), "checks.py:13: the check twice has visibility 'hiden'"),
    ("checks", ("after=adds", "random=-1"), "checks.py:13: the check twice has random -1"),
    ("checks", ("after=adds", "layouts=2.5"), "checks.py:13: the check twice has layouts 2.5"),
    ("checks", ('when="differs"', 'when="x"'), "checks.py:20: the advisory direction says"),
    ("checks", ('says="addition starts at the right"', "says=3"), "the advisory direction says 3"),
    ("exercise", ("points = 3", "points = -3"), "exercise.toml:2: points is -3"),
    ("exercise", ("points = 3", "points = true"), "exercise.toml:2: points is True"),
    ("exercise", ("points = 3", "points = nan"), "exercise.toml:2: points is nan"),
    ("exercise", ("given = 1", "given = 9"), "exercise.toml:3: given is 9"),
    ("exercise", ("given = 1", "given = nan"), "exercise.toml:3: given is nan"),
    ("mutants", ('"minus"', "2"), "mutants.py:3: written of the mutant 1 is 2"),
    ("mutants", ('"A1"', "None"), "mutants.py:3: id of the mutant 1 is None"),
]


@pytest.mark.parametrize(("file", "slip", "says"), SLIPS)
def test_a_slip_is_told_with_the_file_and_the_line(
    tmp_path: Path, file: str, slip: tuple[str, str], says: str
) -> None:
    entry = exercise(tmp_path, **{file: CONTENTS[FILE_OF[file]].replace(*slip)})

    with pytest.raises(BrokenExercise) as refusal:
        catalogue.mutants(catalogue.load(entry))

    assert says in refusal.value.message
    assert refusal.value.hint


@pytest.mark.parametrize(
    ("number", "says"),
    [("float('inf')", "uses inf"), ("float('nan')", "uses nan"), ("10**400", "of many digits")],
)
def test_a_number_that_is_none_is_told_with_the_line(
    tmp_path: Path, number: str, says: str
) -> None:
    entry = exercise(tmp_path, checks=CHECKS.replace("Value(1.0)", f"Value({number})", 1))

    with pytest.raises(BrokenExercise, match=rf"checks\.py:10: the check adds .*{says}"):
        record(catalogue.load(entry).checks[0].function)
