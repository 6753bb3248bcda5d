"""What goes wrong in functions of several nodes: random graphs alone find it."""

from grader import Mutant

MUTANTS = [
    Mutant("D1", "the first operand's slope for both", "b.data / out.data", "a.data / out.data",
           "The second operand has the slope of the first.", "What is the slope along b?"),
    Mutant("D2", "a total that is no node", "one * power(total, -1)",
           "one * Value(1 / total.data)",
           "The total is left out on the way back.", "What does the total depend on?"),
    Mutant("D3", "a surprise of one score", "log(shares(values)[label])",
           "log(exp(values[label]) * Value(1 / sum(math.exp(one.data) for one in values)))",
           "Only the score at the label has a gradient.", "What happens when another one grows?"),
]
