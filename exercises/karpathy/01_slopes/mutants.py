"""What goes wrong in slopes along several axes."""

from grader import Mutant

MUTANTS = [
    Mutant(
        id="D1",
        written="not divided",
        replace="along_a = (surface(a + h, b, c) - here) / h",
        by="along_a = surface(a + h, b, c) - here",
        says="A change is not divided by the way along which it happened.",
        asks="Over which way does the surface change by that much?",
    ),
    Mutant(
        id="D2",
        written="the wrong way round",
        replace="along_b = (surface(a, b + h, c) - here) / h",
        by="along_b = (here - surface(a, b + h, c)) / h",
        says="A difference is taken the wrong way round.",
        asks="Is the surface higher here, or further on?",
    ),
    Mutant(
        id="D3",
        written="two variables moved",
        replace="along_c = (surface(a, b, c + h) - here) / h",
        by="along_c = (surface(a, b + h, c + h) - here) / h",
        says="Two variables move at once.",
        asks="Which of the three stays, and which moves?",
    ),
    Mutant(
        id="D4",
        written="half of the way",
        replace="along_c = (surface(a, b, c + h) - surface(a, b, c - h)) / (2 * h)",
        by="along_c = (surface(a, b, c + h) - surface(a, b, c - h)) / h",
        says="The change is divided by half of the way.",
        asks="How far is it from h before to h behind?",
    ),
    Mutant(
        id="D5",
        written="forward where central is asked",
        replace=(
            "along_b = (surface(a, b + h, c) - surface(a, b - h, c)) / (2 * h)\n"
            "    along_c = (surface(a, b, c + h) - surface(a, b, c - h)) / (2 * h)"
        ),
        by=(
            "along_b = (surface(a, b + h, c) - surface(a, b, c)) / h\n"
            "    along_c = (surface(a, b, c + h) - surface(a, b, c)) / h"
        ),
        says="The quotients begin here, where they should begin before.",
        asks="Where does a central quotient begin?",
    ),
    Mutant(
        id="D6",
        written="a constant that is none",
        replace='"b": 1.5 + 0.75**3',
        by='"b": 1.5 + 3 * 0.75**2',
        says=("Along b the power of c is a number like any other, and has no slope."),
        asks="Which of the variables moves in the slope along b?",
    ),
    Mutant(
        id="D7",
        written="the power kept",
        replace='"c": 3 * -2.5 * 0.75**2 - 1.5',
        by='"c": 3 * -2.5 * 0.75**3 - 1.5',
        says="The power of c stays, where it should become one less.",
        asks="What is the slope of a cube?",
    ),
    Mutant(
        id="D8",
        written="a term forgotten",
        replace='"a": -2.5 - 0.75',
        by='"a": -2.5',
        says="A term is missing from the slope along a.",
        asks="In which terms does a stand?",
    ),
    Mutant(
        id="D9",
        written="a step of its own",
        replace=(
            "def forward(a, b, c, h):\n"
            '    """Return the slopes along a, b and c, from here to a little further."""\n'
        ),
        by="def forward(a, b, c, h):\n    h = 1e-6\n",
        says="The step is not the one that was given.",
        asks="How far is it to the second place?",
    ),
]
