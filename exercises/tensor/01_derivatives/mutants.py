"""What goes wrong in derivatives by hand."""

from grader import Mutant

MUTANTS = [
    Mutant(
        id="Q1",
        written="one of two ways",
        replace="""\
    "dd/da": 2.0,
""",
        by="""\
    "dd/da": 1.0,
""",
        says="One of the two ways from a to d is counted, and both add up.",
        asks="How many ways lead from a to d?",
    ),
    Mutant(
        id="Q2",
        written="the value of d for its derivative",
        replace="""\
    "dd/dd": 1.0,
""",
        by="""\
    "dd/dd": 4.0,
""",
        says="The value of d stands where its derivative belongs.",
        asks="By how much does d change if d changes by 1?",
    ),
    Mutant(
        id="Q3",
        written="0 by itself",
        replace="""\
    "dd/dd": 1.0,
""",
        by="""\
    "dd/dd": 0.0,
""",
        says="Nothing is said to reach d from itself, and everything begins there.",
        asks="By how much does d change if d changes by 1?",
    ),
    Mutant(
        id="Q4",
        written="two ways from b",
        replace="""\
    "dd/db": 1.0,
""",
        by="""\
    "dd/db": 2.0,
""",
        says="Two ways are counted from b to d, and there is one.",
        asks="Which sums does b go into?",
    ),
    Mutant(
        id="Q5",
        written="two ways from c",
        replace="""\
    "dd/dc": 1.0,
""",
        by="""\
    "dd/dc": 2.0,
""",
        says="The derivative with respect to c counts c twice, and it goes into d once.",
        asks="How often does c stand in the second line?",
    ),
    Mutant(
        id="Q6",
        written="the product of both ways",
        replace="""\
    "dd/da": 2.0,
""",
        by="""\
    "dd/da": 0.0,
""",
        says="What comes by two ways is said to cancel, and it adds up.",
        asks="Do both ways make d grow when a grows?",
    ),
]
