"""What goes wrong where gradients start."""

from grader import Mutant

MUTANTS = [
    Mutant(
        id="I1",
        written="a gradient that starts at 1",
        replace="self.grad = 0.0",
        by="self.grad = 1.0",
        says="A fresh Value has influenced nothing yet, and its gradient says that it has.",
        asks="What is the gradient of a Value before anything is passed back?",
    ),
    Mutant(
        id="I2",
        written="a gradient that starts as None",
        replace="self.grad = 0.0",
        by="self.grad = None",
        says="The gradient starts as nothing at all, and nothing cannot be added to.",
        asks="Which number changes nothing when something is added to it?",
    ),
    Mutant(
        id="I12",
        written="a gradient that starts at the data",
        replace="self.grad = 0.0",
        by="self.grad = self.data",
        says="The gradient starts as a copy of the number, and the two are different things.",
        asks="Does a bigger number have more influence before anything is computed from it?",
    ),
    Mutant(
        id="I13",
        written="a sum that takes over its operand's gradient",
        replace="return Value(self.data + other.data)",
        by=(
            "out = Value(self.data + other.data)\n"
            "        out.grad = self.grad + other.grad\n"
            "        return out"
        ),
        says="The sum starts with the gradients of its operands.",
        asks="In which direction will gradients travel, and has that begun yet?",
    ),
    Mutant(
        id="I15",
        written="a product that clears its operands' gradients",
        replace="return Value(self.data * other.data)",
        by="self.grad = other.grad = 0.0\n        return Value(self.data * other.data)",
        says="Making a product sets the gradients of its operands back to 0.",
        asks="Whose gradient should be set when a new Value is made?",
    ),
]
