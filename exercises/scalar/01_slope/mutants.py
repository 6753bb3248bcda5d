"""What goes wrong in difference quotients."""

from grader import Mutant

MUTANTS = [
    Mutant(
        id="Q1",
        written="not divided by h",
        replace="print((f(x + h) - f(x)) / h)",
        by="print(f(x + h) - f(x))",
        says="What is printed is not the change of f from x to x + h, divided by h.",
        asks="By how much does f change, and by how much does x?",
    ),
    Mutant(
        id="Q2",
        written="h too large",
        replace="h = 0.000001",
        by="h = 0.1",
        says="The step is so large that the function bends on the way.",
        asks="How does the quotient change when h becomes smaller?",
    ),
    Mutant(
        id="Q3",
        written="the difference the wrong way round",
        replace="print((f(x + h) - f(x)) / h)",
        by="print((f(x) - f(x + h)) / h)",
        says="The difference is taken the wrong way round, so every slope has the wrong sign.",
        asks="Does f rise or fall to the right of 3?",
    ),
    Mutant(
        id="Q4",
        written="values, not slopes",
        replace="print((f(x + h) - f(x)) / h)",
        by="print(f(x))",
        says="What is printed are values of the function, and asked are its slopes.",
        asks="How much does f change when x changes by a little?",
    ),
    Mutant(
        id="Q5",
        written="2 * x for the term 4 * x",
        replace="- 4 * x + 5",
        by="- 2 * x + 5",
        says="The function is another one: its middle term is not that of the task.",
        asks="What is f(1)?",
    ),
    Mutant(
        id="Q6",
        written="b moved in place of c",
        replace="c += h\n",
        by="b += h\n",
        says="What is printed is not the change of d divided by the change of c.",
        asks="Which of the three variables moves, and by how much?",
    ),
    Mutant(
        id="Q7",
        written="the last quotient not divided",
        replace="print((after - before) / h)",
        by="print(after - before)",
        says="The change along c was not divided by h.",
        asks="How much would d change if c changed by 1?",
    ),
    Mutant(
        id="Q8",
        written="two points only",
        replace="(3.0, -3.0, 2 / 3)",
        by="(3.0, 2 / 3)",
        says="The slope at -3 is missing.",
        asks="At which three points is the slope asked?",
    ),
]
