"""What goes wrong in softplus."""

from grader import Mutant

MUTANTS = [
    Mutant("S1", "the slope of exp", "1 / (1 + math.exp(-value.data))", "math.exp(value.data)",
           "The slope is that of exp.", "What is the slope of log?"),
    Mutant("S2", "a softmax of powers alone", "[one * power(total, -1) for one in powers]", "powers",
           "What softmax gives does not add up to 1.", "What is their sum?"),
    Mutant("S3", "the sign of the loss", "Value(-1.0) * log", "Value(1.0) * log",
           "The loss falls below 0.", "What is the logarithm of a probability?"),
]
