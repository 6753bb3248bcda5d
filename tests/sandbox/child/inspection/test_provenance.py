"""Which forbidden package an object comes from, and when it is the student's own."""

import json
import math
from decimal import Decimal
from pathlib import Path
from types import ModuleType

from grader.sandbox.child.inspection.provenance import ForbiddenPackages, contents_of, module_of


def packages(*forbids: str, folder: str = "/nowhere") -> ForbiddenPackages:
    def student_file(file: str) -> str | None:
        return file.removeprefix(f"{folder}/") if file.startswith(folder) else None

    return ForbiddenPackages(forbids, folder, student_file)


def test_modules_functions_classes_and_objects_are_of_their_package() -> None:
    of = packages("json", "decimal", "math").of

    things = (json, json.decoder, json.dumps, json.JSONDecoder, json.JSONDecoder(), math.sqrt)
    assert [of(thing) for thing in things] == [*["json"] * 5, "math"]
    assert of(Decimal(1)) == "decimal"


def test_a_class_that_inherits_from_theirs_is_of_theirs() -> None:
    own = type("Value", (json.JSONDecoder,), {"__module__": "__main__"})

    assert packages("json").of(own) == "json"


def test_what_is_not_forbidden_comes_from_nowhere() -> None:
    of = packages("json").of

    assert [of(thing) for thing in (math, math.sqrt, Decimal(1), 1.0, "json")] == [""] * 5


def test_a_module_of_that_name_in_the_submission_s_folder_is_the_student_s(tmp_path: Path) -> None:
    (tmp_path / "a_forbidden_one.py").write_text("", encoding="utf-8")

    assert packages("a_forbidden_one").package("a_forbidden_one.sub") == "a_forbidden_one"
    assert packages("a_forbidden_one", folder=str(tmp_path)).package("a_forbidden_one") == ""


def test_a_module_is_known_by_itself_where_its_name_was_taken_off() -> None:
    forbidden = packages("json")
    name = json.__name__

    try:
        json.__name__ = "harmless"
        assert forbidden.of(json) == "json"
    finally:
        json.__name__ = name


def test_nothing_of_a_class_s_own_is_asked_for_its_module() -> None:
    class Meta(type):
        @property
        def __module__(cls) -> str:  # type: ignore[override]
            raise OSError

    kind = Meta("Value", (), {"__module__": "torch.nn"})

    assert module_of(kind) == "torch.nn"
    assert contents_of(kind)["__module__"] == "torch.nn"


def test_a_module_that_the_student_wrote_is_known_by_its_file() -> None:
    own, theirs = ModuleType("own"), ModuleType("theirs")
    own.__file__, theirs.__file__ = "/srv/student/own.py", "/usr/lib/theirs.py"
    forbidden = packages("json", folder="/srv/student")

    assert [forbidden.is_own_module(module) for module in (own, theirs, "own")] == [
        True,
        False,
        False,
    ]
