"""What goes wrong in them."""

from grader import Mutant

MUTANTS = [
    Mutant("I1", "what is detached is the same", "return Value(value.data)", "return value",
           "The graph goes on behind what is detached.", "Which node is it?"),
    Mutant("I2", "a product with a graph", "return Value(a.data * b.data)", "return a * b",
           "The product has children.", "What gets past it?"),
    Mutant("I3", "what is kept is not scaled", "kept / (1 - p)", "float(kept)",
           "The mean of what is kept falls.", "How many of ten are kept?"),
    Mutant("I4", "the first slope", "6 * x", "3 * x**2",
           "It is the first derivative.", "What is the slope of 3x²?"),
]
