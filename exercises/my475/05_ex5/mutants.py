"""What goes wrong when a Value should remember its operands."""

from grader import Mutant

MUTANTS = [
    Mutant(
        id="I6",
        written="children taken in and not kept",
        replace="self._children = tuple(_children)",
        by="self._children = ()",
        says="The children arrive when a Value is made, and are not kept.",
        asks="What does a result know about its operands once it has been made?",
    ),
    Mutant(
        id="A8",
        written="no children for a sum",
        replace="Value(self.data + other.data, (self, other))",
        by="Value(self.data + other.data)",
        says="A sum does not remember what it was made from.",
        asks="What is a Value told about its origin when it is made by an addition?",
    ),
    Mutant(
        id="A9",
        written="only the left operand as child of a sum",
        replace="Value(self.data + other.data, (self, other))",
        by="Value(self.data + other.data, (self,))",
        says="A sum remembers only its left operand.",
        asks="Which Values determine the sum?",
    ),
    Mutant(
        id="M8",
        written="no children for a product",
        replace="Value(self.data * other.data, (self, other))",
        by="Value(self.data * other.data)",
        says="A product does not remember what it was made from.",
        asks="What is a Value told about its origin when it is made by a multiplication?",
    ),
    Mutant(
        id="C1",
        written="numbers for children",
        replace="Value(self.data * other.data, (self, other))",
        by="Value(self.data * other.data, (self.data, other.data))",
        says="A product keeps the numbers of its operands, where the operands are wanted.",
        asks="Could you get from a number to the gradient of the Value that held it?",
    ),
    Mutant(
        id="C2",
        written="a leaf as its own child",
        replace="self._children = tuple(_children)",
        by="self._children = tuple(_children) or (self,)",
        says="A leaf counts as its own child, so that a walk over the graph would never end.",
        asks="From which Values was a leaf computed?",
    ),
    Mutant(
        id="C3",
        written="copies for children",
        replace="Value(self.data + other.data, (self, other))",
        by="Value(self.data + other.data, (Value(self.data), Value(other.data)))",
        says="A sum keeps copies of its operands, and a copy's gradient is not the operand's.",
        asks="If the gradient of a child changes, should the operand's change too?",
    ),
    Mutant(
        id="C4",
        written="children kept on the class",
        replace="self._children = tuple(_children)",
        by="Value._children = tuple(_children)",
        says="The children are kept in one place that all Values share.",
        asks="Does this line write to one object, or to the class of all of them?",
    ),
]
