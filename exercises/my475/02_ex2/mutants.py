"""What goes wrong when two objects are first added and multiplied."""

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
        id="A15",
        written="the left operand added to itself",
        replace="self.data + other.data",
        by="self.data + self.data",
        says="The right operand takes no part in the sum.",
        asks="Which two numbers should meet in a sum?",
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
        id="M14",
        written="a product without its sign",
        replace="self.data * other.data",
        by="abs(self.data * other.data)",
        says="The sign of the product is lost.",
        asks="Which sign has a product of a positive and a negative number?",
    ),
    Mutant(
        id="M15",
        written="a product put into its right operand",
        replace="return Value(self.data * other.data)",
        by="other.data = self.data * other.data\n        return other",
        says="The right operand is overwritten with the product, where a new Value is wanted.",
        asks="What should the right operand hold after the multiplication?",
    ),
    Mutant(
        id="M16",
        written="a product that is a plain number",
        replace="return Value(self.data * other.data)",
        by="return self.data * other.data",
        says="The product is a plain number, so a graph cannot go on from it.",
        asks="Of which type is the product of two Values?",
    ),
]
