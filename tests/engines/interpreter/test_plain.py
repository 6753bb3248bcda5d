"""What an engine gives becomes plain data, whatever it says of itself."""

from collections.abc import Callable, Iterator
from enum import IntEnum
from math import inf
from typing import Any, NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.engines.interpreter.plain import name_of, plain
from grader.engines.observation import ARRAY, NOTHING, NUMBER, OTHER, TRUTH, Answer, Array
from grader.engines.text import clean


class Disguised(float):
    """A float that lies wherever it is asked."""

    def __float__(self) -> float:
        return 42.0

    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return 0

    def __repr__(self) -> str:
        return "42.0"


class EqualToEverything:
    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return 0

    def __float__(self) -> float:
        return 1.0

    def __bool__(self) -> bool:
        return True


class SaysItIsAFloat:
    @property
    def __class__(self) -> Any:
        return float

    @__class__.setter
    def __class__(self, _: object) -> None: ...


def refuse(*_: object) -> NoReturn:
    raise RuntimeError("no")


COMPARED = ("__eq__", "__hash__", "__instancecheck__", "__subclasscheck__")
REFUSED = dict.fromkeys(COMPARED, refuse) | dict.fromkeys(("__mro__", "__name__"), property(refuse))
Unwilling = type("Refusing", (type,), REFUSED)("Unwilling", (), {})


class LyingText(str):
    """Text that is longer than it says, and other than it says."""

    __slots__ = ()

    def __len__(self) -> int:
        return 1

    def __getitem__(self, _: object) -> str:
        return "forged\n" * 1000

    def __iter__(self) -> Iterator[str]:
        return iter("forged\n")


class Colour(IntEnum):
    RED = 1


ANSWERS: dict[str, tuple[object, Answer]] = {
    "a float": (2.5, Answer(NUMBER, 2.5)),
    "infinity": (-inf, Answer(NUMBER, -inf)),
    "an int": (3, Answer(NUMBER, 3.0)),
    "a bool": (True, Answer(TRUTH, True)),
    "None": (None, Answer(NOTHING, None)),
    "a float's subclass": (Disguised(1.5), Answer(NUMBER, 1.5)),
    "an int's subclass": (Colour.RED, Answer(OTHER, "a Colour")),
    "equal to everything": (EqualToEverything(), Answer(OTHER, "an EqualToEverything")),
    "a lying __class__": (SaysItIsAFloat(), Answer(OTHER, "a SaysItIsAFloat")),
    "an unwilling metaclass": (Unwilling(), Answer(OTHER, "an Unwilling")),
    "a big int": (2**1000 - 1, Answer(NUMBER, float(2**1000 - 1))),
    "too big an int": (2**1000, Answer(OTHER, "an integer of more than 1000 bits")),
    "a huge int": (-(10**5000), Answer(OTHER, "an integer of more than 1000 bits")),
    "a string": ("3.5", Answer(OTHER, "the string '3.5'")),
    "control characters": ("\x1b[31m\n", Answer(OTHER, r"the string '\x1b[31m\n'")),
    "a long string": ("b" * 10**6, Answer(OTHER, f"the string '{'b' * 199}…")),
    "a string's subclass": (LyingText("3.5"), Answer(OTHER, "a LyingText")),
    "bytes": (b"abc", Answer(OTHER, "a bytes of 3")),
    "a list": ([1.0, 2.0], Answer(OTHER, "a list of 2")),
    "a tuple": ((), Answer(OTHER, "a tuple of 0")),
    "a dict": ({"a": 1}, Answer(OTHER, "a dict of 1")),
    "a set": ({1, 2}, Answer(OTHER, "a set of 2")),
    "a complex number": (1 + 2j, Answer(OTHER, "the complex number (1+2j)")),
    "NotImplemented": (NotImplemented, Answer(OTHER, "a NotImplementedType")),
    "a function": (len, Answer(OTHER, "a builtin_function_or_method")),
    "a class": (int, Answer(OTHER, "a type")),
    "a class name that controls": (
        type("Node\x1b]0;gone\x07\n\u202e", (), {})(),
        Answer(OTHER, r"a Node\x1b]0;gone\x07 \u202e"),
    ),
    "a long class name": (type("N" * 300, (), {})(), Answer(OTHER, f"a {'N' * 200}…")),
}


@pytest.mark.parametrize("what", ANSWERS)
def test_a_value_becomes_a_number_or_a_name_for_what_it_is(what: str) -> None:
    value, answer = ANSWERS[what]

    found = plain(value)

    assert found == answer
    assert type(found.value) is type(answer.value)


@given(st.floats())
def test_a_float_stays_what_it_is(number: float) -> None:
    assert repr(plain(number)) == repr(Answer(NUMBER, number))


@given(st.integers(-(2**1000) + 1, 2**1000 - 1))
def test_an_int_becomes_the_nearest_float(number: int) -> None:
    assert plain(number) == Answer(NUMBER, float(number))


NUMPY: dict[str, tuple[Callable[[Any], object], Answer]] = {
    "float64": (lambda np: np.float64(2.5), Answer(NUMBER, 2.5)),
    "float32": (lambda np: np.float32(2.5), Answer(NUMBER, 2.5)),
    "int64": (lambda np: np.int64(-3), Answer(NUMBER, -3.0)),
    "bool": (lambda np: np.bool_(True), Answer(NUMBER, 1.0)),
    "complex128": (lambda np: np.complex128(1j), Answer(OTHER, "a complex")),
    "an array of no dimension": (lambda np: np.array(2.5), Answer(NUMBER, 2.5)),
    "an array of one": (lambda np: np.array([2.5]), Answer(ARRAY, Array((1,), (2.5,)))),
    "an empty array": (lambda np: np.ones((0, 3)), Answer(ARRAY, Array((0, 3), ()))),
    "a matrix turned round": (
        lambda np: np.array([[1, 2, 3], [4, 5, 6]]).T,
        Answer(ARRAY, Array((3, 2), (1.0, 4.0, 2.0, 5.0, 3.0, 6.0))),
    ),
    "an array of truths": (
        lambda np: np.array([True, False]),
        Answer(ARRAY, Array((2,), (1.0, 0.0))),
    ),
    "an array of complex numbers": (
        lambda np: np.array([1j]),
        Answer(OTHER, "an array of complex numbers"),
    ),
    "an array of objects": (
        lambda np: np.array([EqualToEverything(), 1.0], dtype=object),
        Answer(OTHER, "an array of objects"),
    ),
    "an array of texts": (
        lambda np: np.array(["1.0"]),
        Answer(OTHER, "an array of what is no number"),
    ),
    "an array of more entries than anyone reads": (
        lambda np: np.zeros((4097,)),
        Answer(OTHER, "an array of shape (4097,), too large to look at"),
    ),
    "an array of more axes than anyone needs": (
        lambda np: np.zeros((1,) * 9),
        Answer(OTHER, f"an array of shape {(1,) * 9}, too large to look at"),
    ),
    "an object in an array": (
        lambda np: np.array(EqualToEverything(), dtype=object),
        Answer(OTHER, "an EqualToEverything"),
    ),
    "a huge int in an array": (
        lambda np: np.array(10**400, dtype=object),
        Answer(OTHER, "an integer of more than 1000 bits"),
    ),
}


@pytest.mark.parametrize("what", NUMPY)
def test_numpy_s_numbers_are_numbers_and_its_arrays_are_arrays(what: str) -> None:
    np = pytest.importorskip("numpy", reason="numpy is not installed")
    make, answer = NUMPY[what]

    assert plain(make(np)) == answer


def test_a_tensor_of_no_dimension_is_a_number_and_others_are_arrays() -> None:
    torch = pytest.importorskip("torch", reason="torch is not installed")

    one, several = torch.tensor(2.5, requires_grad=True), torch.ones(2, 3)

    assert plain(one) == Answer(NUMBER, 2.5)
    assert plain(several) == Answer(ARRAY, Array((2, 3), (1.0,) * 6))
    assert plain(torch.tensor([1j])) == Answer(OTHER, "an array of what is no number")


def test_an_array_that_lies_about_itself_is_taken_for_what_it_is() -> None:
    np = pytest.importorskip("numpy", reason="numpy is not installed")
    lies = {
        "shape": property(lambda _: (1000, 1000)),
        "dtype": property(lambda _: np.dtype(object)),
        "tolist": lambda _: ["anything"],
        "item": lambda _: "anything",
        "__getitem__": lambda *_: 7.0,
        "__eq__": lambda *_: True,
    }
    liar = type("Liar", (np.ndarray,), lies)

    assert plain(np.array([1.0, 2.0]).view(liar)) == Answer(ARRAY, Array((2,), (1.0, 2.0)))
    assert plain(np.array(3.0).view(liar)) == Answer(NUMBER, 3.0)


def test_a_tensor_that_lies_about_its_shape_is_no_array() -> None:
    torch = pytest.importorskip("torch", reason="torch is not installed")

    class Liar(torch.Tensor):  # type: ignore[misc, name-defined]
        @classmethod
        def __torch_function__(cls, function: Any, *rest: Any) -> Any:
            return [[1.0] * 10] * 10 if "tolist" in str(function) else torch.Size((2, 2))

    lying = torch.ones(2, 2).as_subclass(Liar)

    assert plain(lying) == Answer(OTHER, "an array of what is no number")


def test_numpy_does_not_make_an_unwilling_class_answer() -> None:
    pytest.importorskip("numpy", reason="numpy is not installed")

    assert plain(Unwilling()) == Answer(OTHER, "an Unwilling")


def test_a_class_called_ndarray_is_not_numpy_s() -> None:
    pretender = type("ndarray", (), {"__module__": "numpy", "shape": (), "item": lambda _: 1.0})

    assert plain(pretender()) == Answer(OTHER, "a ndarray")


def test_text_is_cut_and_put_on_one_line() -> None:
    assert clean("a\nb\tc\x1b[0m\u2028d\u202e", 9) == "a b c [0m…"


def test_text_at_its_longest_is_not_cut() -> None:
    assert clean("abc", 3) == "abc"


@given(st.text(st.characters(), max_size=300), st.integers(0, 300))
def test_clean_text_is_printable_and_bounded(text: str, longest: int) -> None:
    cleaned = clean(text, longest)

    assert cleaned.isprintable()
    assert len(cleaned) <= longest + 1
    assert clean(cleaned, longest + 1) == cleaned


def test_text_that_lies_about_itself_is_read_as_it_is() -> None:
    cleaned = clean(LyingText("a\nb"))

    assert cleaned == "a b"
    assert type(cleaned) is str


def test_a_class_s_name_is_its_own_whatever_its_metaclass_says() -> None:
    assert name_of(Unwilling) == "Unwilling"
