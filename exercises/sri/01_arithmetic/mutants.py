"""What goes wrong when numbers become objects that calculate."""

from grader import Mutant

MUTANTS = [
    Mutant(
        id="A6",
        written="a sum that is a plain number",
        replace="return Value(self.data + other.data)",
        by="return self.data + other.data",
        says="The sum is a plain number, so a graph cannot go on from it.",
        asks="Of which type is the sum of two Values?",
    ),
    Mutant(
        id="A13",
        written="a sum that is not returned",
        replace="return Value(self.data + other.data)",
        by="Value(self.data + other.data)",
        says="The sum is made and then dropped, because nothing is handed back.",
        asks="What does a method without a return give to its caller?",
    ),
    Mutant(
        id="A14",
        written="a sum put into its left operand",
        replace="return Value(self.data + other.data)",
        by="self.data = self.data + other.data\n        return self",
        says="The left operand is overwritten with the sum, where a new Value is wanted.",
        asks="What should the left operand hold after the addition?",
    ),
    Mutant(
        id="M9",
        written="a product that adds",
        replace="self.data * other.data",
        by="self.data + other.data",
        says="The product adds its operands.",
        asks="What is 2 times -3, and what do you get?",
    ),
    Mutant(
        id="S2",
        written="the operands of a - b swapped",
        replace="self.data - other.data",
        by="other.data - self.data",
        says="The left operand is subtracted from the right one.",
        asks="What is 5 - 2, and what do you get?",
    ),
    Mutant(
        id="S12",
        written="-a that is always negative",
        replace="Value(-self.data)",
        by="Value(-abs(self.data))",
        says="The result of the minus sign is always negative, and it should turn the sign round.",
        asks="What is the negative of -1?",
    ),
    Mutant(
        id="S13",
        written="-a put into its operand",
        replace="return Value(-self.data)",
        by="self.data = -self.data\n        return self",
        says="The operand itself is negated, where a new Value is wanted.",
        asks="What should a hold after -a has been computed?",
    ),
    Mutant(
        id="D3",
        written="the operands of a / b swapped",
        replace="self.data / other.data",
        by="other.data / self.data",
        says="The right operand is divided by the left one.",
        asks="Who stands above the line in a / b?",
    ),
    Mutant(
        id="D4",
        written="// for /",
        replace="self.data / other.data",
        by="self.data // other.data",
        says="The quotient is rounded down to a whole number.",
        asks="What is 2 / 4, and what do you get?",
    ),
    Mutant(
        id="D8",
        written="__div__ for __truediv__",
        replace="def __truediv__(",
        by="def __div__(",
        says="The division is written under a name that the operator does not look for.",
        asks="Which method does Python call for a / b?",
    ),
    Mutant(
        id="P8",
        written="__power__ for __pow__",
        replace="def __pow__(",
        by="def __power__(",
        says="The power is written under a name that the operator does not look for.",
        asks="Which method does Python call for a ** 2?",
    ),
    Mutant(
        id="P9",
        written="n * x for x ** n",
        replace="self.data**exponent",
        by="self.data * exponent",
        says="The number is multiplied by the exponent, where it should be raised to it.",
        asks="What is 4 to the power of -1, and what do you get?",
    ),
    Mutant(
        id="P10",
        written="a power without its base's sign",
        replace="self.data**exponent",
        by="abs(self.data) ** exponent",
        says="The sign of a negative base is lost.",
        asks="What is -2 to the power of 3?",
    ),
    Mutant(
        id="P16",
        written="the exponent made a whole number",
        replace="self.data**exponent",
        by="self.data ** int(exponent)",
        says="The exponent loses its fraction before it is used.",
        asks="What is 2.25 to the power of 0.5, and what do you get?",
    ),
    Mutant(
        id="P17",
        written="a power by repeated multiplication",
        replace="        return Value(self.data**exponent)\n",
        by=(
            "        product = 1\n"
            "        for _ in range(exponent):\n"
            "            product *= self.data\n"
            "        return Value(product)\n"
        ),
        says="The base is multiplied by itself n times, which has a meaning for n = 1, 2, 3… only.",
        asks="How would a loop multiply half a time, or minus one times?",
    ),
    Mutant(
        id="I3",
        written="the number made whole when it is stored",
        replace="self.data = data",
        by="self.data = int(data)",
        says="The fraction of a number is lost when the Value is made.",
        asks="What does int do to 1.7?",
    ),
]
