"""What goes wrong in a layer."""

from grader import Mutant

MUTANTS = [
    Mutant("L1", "no bias", "total = bias\n", "total = Value(0.0)\n",
           "The bias is left out.", "What comes out where all weights are 0?"),
]
