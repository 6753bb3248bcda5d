"""Classes are watched as they are made, and are afterwards as they were."""

import builtins
import textwrap
from typing import Any

from grader.sandbox.child.tracing.watched_classes import WatchedClasses
from tests.sandbox.child.tracing.scripts import ENGINE, FILE, LOOP, Seen


def test_a_class_is_afterwards_just_as_it_was_made() -> None:
    seen = Seen("methods = []\n" + ENGINE + "\n    methods.append(backward)\n" + LOOP)

    value = seen.names["Value"]
    assert vars(value)["backward"] is seen.names["methods"][0]
    assert builtins.__build_class__.__name__ == "__build_class__"
    assert len(seen.watch.trainings) == 1


def test_a_method_that_the_submission_replaced_stays_replaced() -> None:
    seen = Seen(ENGINE + "\n\ndef other(self):\n    return 7\n\n\nValue.backward = other\n")

    assert seen.names["Value"](1.0).backward() == 7
    assert vars(seen.names["Value"])["backward"] is seen.names["other"]


def test_a_wrapper_that_was_kept_goes_on_working_and_is_not_watched() -> None:
    seen = Seen(ENGINE + "\n\nkept = Value.backward\n" + LOOP)
    value = seen.names["Value"]
    a = value(3.0)

    seen.names["kept"](a * a)

    assert a.grad == 6.0
    assert [training.count for training in seen.watch.trainings] == [5]


def test_a_method_looks_like_the_student_s_while_it_is_watched() -> None:
    code = """
    told = [Value.backward.__name__, Value.backward.__qualname__, Value.backward.__doc__]
    try:
        Value(1.0).backward(1, 2)
    except TypeError as error:
        told.append(str(error))
    """
    documented = ENGINE.replace(
        "def backward(self):", 'def backward(self):\n        """Go back."""'
    )

    seen = Seen(documented + textwrap.dedent(code))

    assert seen.names["told"] == [
        "backward",
        "Value.backward",
        "Go back.",
        "Value.backward() takes 1 positional argument but 3 were given",
    ]


def test_classes_of_libraries_are_not_watched() -> None:
    source = ENGINE.replace("class Value", "class Theirs")
    library: dict[str, Any] = {"__name__": "library"}
    seen = Seen("import decimal\n\n\nclass Own(decimal.Decimal):\n    pass\n" + ENGINE)

    exec(compile(source, "library.py", "exec"), library)

    assert [kind.__name__ for kind in seen.watch.engines] == ["Own", "Value"]


def test_a_class_may_be_replaced_by_another_that_is_made_of_it() -> None:
    source = (
        "class Value:\n    def __add__(self, other):\n        return 7\n\n\nkept = Value() + 1\n"
    )
    other = {"Value": lambda kind: type("Other", (kind,), {"__add__": lambda *_: 9})}
    classes = WatchedClasses(lambda file: file if file == FILE else None, None, other)
    names: dict[str, Any] = {"__name__": "__main__"}

    classes.begin()
    exec(compile(source, FILE, "exec"), names)
    classes.end()

    assert names["kept"] == 9
    assert [kind.__name__ for kind in classes.engines] == ["Other"]
