"""What goes wrong in a cross-entropy."""

from grader import Mutant

MUTANTS = [
    Mutant("N1", "a sum for a mean", "[rows, labels]).mean()", "[rows, labels]).sum()",
           "The loss adds the rows up.", "What is the loss of the same row twice?"),
    Mutant("N2", "no share of the row", "slope / len(labels)", "slope",
           "The gradient is that of the sum.", "How much does one row of two move the mean?"),
]
