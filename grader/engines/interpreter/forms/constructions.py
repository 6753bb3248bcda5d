"""Finds how a class is made of a number, by trying: confirmed where the number can be read again.

Runs in the student's process.
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import islice, product
from types import FunctionType
from typing import Any, NamedTuple

from grader.engines.interpreter.engine_state import LABEL, OPERATION, are_kin
from grader.engines.interpreter.forms.access import (
    CLOSE,
    Access,
    find_data,
    named_data,
    number_at,
)
from grader.engines.interpreter.forms.member_names import (
    CHILDREN,
    DATA,
    GRADIENT,
    NEEDS_GRADIENT,
    SIDE_EFFECTS,
)
from grader.engines.interpreter.forms.members import (
    Parameters,
    contents,
    own_functions,
    parameters,
)

MOST_ATTEMPTS = 240
MOST_FACTORIES = 40
MOST_LATE_ATTEMPTS = 40
NUMBERS = (1.5, -2.25)
WHOLE = 3
WHOLE_NUMBERS = (2.0, -5.0)

Fill = tuple[str, Callable[[], object]]
EMPTY: tuple[Fill, ...] = (
    ("()", tuple),
    ('""', str),
    ("None", lambda: None),
    ("[]", list),
    ("0.0", float),
    ("set()", set),
    ("False", lambda: False),
    ("True", lambda: True),
    ("{}", dict),
    ("1", lambda: 1),
)
_type, _float = type, float


def _array(shape: tuple[int, ...]) -> Callable[[object], object]:
    def convert(number: object) -> object:
        numpy: Any = sys.modules["numpy"]
        return numpy.array(number, dtype=float).reshape(shape)

    return convert


CONVERSIONS: Mapping[str, Callable[[Any], object]] = {
    "{}": lambda number: number,
    "float({})": _float,
    "numpy.array({})": _array(()),
    "numpy.array([{}])": _array((1,)),
    "[{}]": lambda number: [number],
}


class Construction(NamedTuple):
    """A way to make a node of a number.

    Attributes:
        maker: the class, or a function of the submission's.
        name: its name.
        number: the parameter that takes the number, "" for the first one.
        conversion: of CONVERSIONS, what the number is turned into.
        extra: what else is given: parameter → how it is written, and what makes it.
        label: the parameter that takes a label.
    """

    maker: Callable[..., Any]
    name: str
    number: str = ""
    conversion: str = "{}"
    extra: tuple[tuple[str, Fill], ...] = ()
    label: str = "label"

    @property
    def is_usual(self) -> bool:
        """Whether the class is called with the number alone."""
        plain = not self.number and self.conversion == "{}" and not self.extra
        return plain and self.label == "label" and _type(self.maker) is not FunctionType

    @property
    def how(self) -> str:
        """The code that makes a node of the number {}."""
        number = f"{self.number}={self.conversion}" if self.number else self.conversion
        extra = [f"{name}={written}" for name, (written, _) in self.extra]
        return f"{self.name}({', '.join([number, *extra])})"

    def __call__(self, number: object, **keywords: object) -> Any:
        """Return a node of `number`; what is given by name goes before what is filled in."""
        value = CONVERSIONS[self.conversion](number)
        given = {name: make() for name, (_, make) in self.extra}
        given |= {self.label if name == "label" else name: one for name, one in keywords.items()}
        if self.number:
            return self.maker(**{**given, self.number: value})
        return self.maker(value, **given)


class Constructed(NamedTuple):
    """A way to make nodes, and where they hold their numbers."""

    construction: Construction
    data: Access


def find_construction(kind: type, name: str, namespace: Mapping[str, Any]) -> Constructed | None:
    """Return how to make nodes of a class, None where no way was found.

    Args:
        kind: the class.
        name: the one under which the submission has it.
        namespace: all that the submission defines.
    """
    ways = islice(_ways(kind, name, namespace), MOST_ATTEMPTS)
    found = _first_confirmed(ways, kind, NUMBERS)
    if found is None:
        late = list(islice(_ways(kind, name, namespace), MOST_LATE_ATTEMPTS))
        found = _first_confirmed(late, kind, WHOLE_NUMBERS) or _first_by_name(late, kind)
    return found


def constructor(kind: type) -> Parameters:
    """Return the parameters of a class's constructor."""
    made = contents(kind, "__init__")
    if _type(made) is not FunctionType:
        new = contents(kind, "__new__")
        made = new.__func__ if _type(new) is staticmethod else new
    return parameters(made, bound=True)


def wants_gradient(takes: Parameters) -> str:
    """Return the parameter by which a constructor is told to keep a gradient, "" for none."""
    named = (name for name in takes.names if name.lower() in NEEDS_GRADIENT)
    return next((name for name in named if not takes.defaults.get(name)), "")


def takes_other_first(takes: Parameters) -> bool:
    """Return whether the first parameter of a constructor is by its name no number."""
    first = takes.names[0].lower().strip("_") if takes.names else ""
    others = (*LABEL, *OPERATION, *CHILDREN, *GRADIENT)
    return first in {name.strip("_") for name in others} - set(DATA)


def _ways(kind: type, name: str, namespace: Mapping[str, Any]) -> Iterator[Construction]:
    """Yield ways to make a node: what names tell, then functions of the submission's, then more."""
    takes = constructor(kind)
    numbers, label, conversions = _number_parameters(takes), _label(takes), _conversions()
    for number, conversion in product(numbers, conversions):
        likely = next(_fills(takes, number))
        if all(_is_known(parameter) for parameter, _ in likely):
            yield Construction(kind, name, number, conversion, likely, label)
    for called, function in islice(own_functions(namespace), MOST_FACTORIES):
        wants = parameters(function, bound=False)
        quiet = not any(part in called.lower() for part in SIDE_EFFECTS)
        if len(wants.required) == 1 and quiet:
            yield Construction(function, called, label=_label(wants))
    for number in numbers:
        for extra, conversion in product(_fills(takes, number), conversions[:2]):
            yield Construction(kind, name, number, conversion, extra, label)


def _number_parameters(takes: Parameters) -> list[str]:
    """Return the parameters that may take the number, the likely first; "" is the first one."""
    others = takes.names[1:]
    known = [name for name in others if name.lower().strip("_") in DATA]
    if takes_other_first(takes):
        return [*known, "", *[name for name in others if name not in known]][:4]
    by_name = [name for name in (*others, *takes.names[:1]) if name in takes.required]
    return list(dict.fromkeys(["", *known, *by_name]))[:5]


def _conversions() -> list[str]:
    has_numpy = "numpy" in sys.modules
    return [one for one in CONVERSIONS if has_numpy or not one.startswith("numpy")]


def _fills(takes: Parameters, number: str) -> Iterator[tuple[tuple[str, Fill], ...]]:
    """Yield what the parameters beside the number may be given, the likely first."""
    flag = wants_gradient(takes)
    flags: tuple[tuple[str, Fill], ...] = ((flag, ("True", lambda: True)),) if flag else ()
    taken = (number or takes.names[0] if takes.names else "", flag)
    names = [name for name in takes.required if name not in taken]
    yield (*flags, *((name, _likely(name)) for name in names))
    if names:
        for fill in EMPTY:
            yield (*flags, *((name, fill) for name in names))
    if len(names) > 1:
        for fills in product(EMPTY[:6], repeat=len(names)):
            yield (*flags, *zip(names, fills, strict=True))


def _is_known(parameter: str) -> bool:
    plain = parameter.lower().strip("_")
    known = (*LABEL, *OPERATION, *CHILDREN, *GRADIENT, *NEEDS_GRADIENT)
    return plain in {name.strip("_") for name in known}


def _likely(name: str) -> Fill:
    """Return what a parameter of this name is likely to take."""
    plain = name.lower().strip("_")
    if plain in NEEDS_GRADIENT:
        return "True", lambda: True
    if plain in (*(one.strip("_") for one in (*LABEL, *OPERATION)),):
        return '""', str
    if plain in GRADIENT:
        return "0.0", float
    return EMPTY[0]


def _label(takes: Parameters) -> str:
    if "label" in takes.names or takes.more:
        return "label"
    return next((name for name in takes.names if name in LABEL), "label")


def _first_confirmed(
    ways: Iterable[Construction], kind: type, numbers: tuple[float, float]
) -> Constructed | None:
    """Return the first way whose nodes hold these numbers; one that calculates goes before."""
    weak: Constructed | None = None
    for construction in ways:
        data = _confirmed(construction, kind, numbers)
        if data is not None and _calculates(construction, data, numbers):
            return Constructed(construction, data)
        if data is not None:
            weak = weak or Constructed(construction, data)
    return weak


def _first_by_name(ways: Iterable[Construction], kind: type) -> Constructed | None:
    """Return the first way whose nodes hold some number under a usual name.

    An engine that changes each number that it is given is wrong in that; what else it is asked, its
    gradients say, is still to be found where it has them.
    """
    for construction in ways:
        with suppress(Exception):  # whatever a submission raises
            nodes = [construction(number) for number in (*NUMBERS, WHOLE)]
            data = named_data(nodes) if all(are_kin(_type(node), kind) for node in nodes) else None
            if data is not None:
                return Constructed(construction, data)
    return None


def _confirmed(
    construction: Construction, kind: type, numbers: tuple[float, float]
) -> Access | None:
    try:
        nodes = [(construction(number), number) for number in numbers]
        if not all(are_kin(_type(node), kind) for node, _ in nodes):
            return None
        data = find_data([*nodes, (construction(WHOLE), _float(WHOLE))])
    except Exception:  # whatever a submission raises
        return None
    return data


def _calculates(construction: Construction, data: Access, numbers: tuple[float, float]) -> bool:
    """Return whether a sum or a product of nodes is right, or there is neither."""
    one, other = (construction(number) for number in numbers)
    kind = _type(one)
    operations = {"__add__": sum(numbers), "__mul__": numbers[0] * numbers[1]}
    known = {name: want for name, want in operations.items() if contents(kind, name) is not None}
    for name, want in known.items():
        with suppress(Exception):  # whatever a submission raises
            result = one + other if name == "__add__" else one * other
            number = number_at(data, result)
            if number is not None and abs(number - want) <= CLOSE:
                return True
    return not known
