"""What goes wrong in Adam."""

from grader import Mutant

MUTANTS = [
    Mutant(
        id="A1",
        written="the second moment as it is",
        replace="square = self.second[at] / (1 - two**self.steps)",
        by="square = self.second[at]",
        says="The second moment is not corrected for its start at 0.",
        asks="How large is it after one step, and how large is the square of the gradient?",
    ),
    Mutant(
        id="A2",
        written="eps under the root",
        replace="(math.sqrt(square) + self.eps)",
        by="(math.sqrt(square + 0.01))",
        says="What keeps the divisor from 0 stands under the root.",
        asks="How large is the root of a small number?",
    ),
    Mutant(
        id="A3",
        written="the rate as a constant",
        replace="self.lr = lr\n",
        by="self.lr = 0.001\n",
        says="The rate is always the same, whatever was asked for.",
        asks="Which rate does Adam([w], lr=0.1) use?",
    ),
]
