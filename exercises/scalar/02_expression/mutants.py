"""What goes wrong when a Scalar remembers how it was made."""

from grader import Mutant

MUTANTS = [
    Mutant(
        id="A6",
        written="the sum a plain number",
        replace='        return Scalar(self.data + other.data, (self, other), "+")\n',
        by="        return self.data + other.data\n",
        says="A sum is a plain number, so the expression ends there.",
        asks="What can a plain number remember?",
    ),
    Mutant(
        id="A8",
        written="a sum without children",
        replace='(self, other), "+")',
        by='(), "+")',
        says="A sum does not know what it was made from.",
        asks="How would one get from e to d and c?",
    ),
    Mutant(
        id="M7",
        written="only the left factor kept",
        replace='(self, other), "*")',
        by='(self,), "*")',
        says="A product remembers its left factor and forgets the right one.",
        asks="How many numbers does a product depend on?",
    ),
    Mutant(
        id="I6",
        written="children handed over, and not kept",
        replace="self.prev = tuple(children)",
        by="self.prev = ()",
        says="The children are handed over, and not kept.",
        asks="What is left of them when the result has been made?",
    ),
    Mutant(
        id="M9",
        written="a product that adds",
        replace="Scalar(self.data * other.data,",
        by="Scalar(self.data + other.data,",
        says="The product holds a sum.",
        asks="What is 2 times -3?",
    ),
    Mutant(
        id="A12",
        written="the left operand changed",
        replace='        return Scalar(self.data + other.data, (self, other), "+")\n',
        by="        self.data += other.data\n        return self\n",
        says="A sum changes its left operand, and gives no new node.",
        asks="What should a hold after it was added to something?",
    ),
    Mutant(
        id="O1",
        written="one operation for both",
        replace='(self, other), "*")',
        by='(self, other), "+")',
        says="A product says that it is a sum.",
        asks="Which sign would a drawing show?",
    ),
    Mutant(
        id="O2",
        written="no operation kept",
        replace="        self.op = op\n",
        by='        self.op = ""\n',
        says="The operation is handed over, and not kept.",
        asks="What does a result remember of the sign that made it?",
    ),
    Mutant(
        id="O3",
        written="no label kept",
        replace="        self.label = label\n",
        by='        self.label = ""\n',
        says="A label given to a new Scalar is lost.",
        asks="Where does the label go when a Scalar is made?",
    ),
]
