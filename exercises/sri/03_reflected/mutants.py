"""What goes wrong when plain numbers stand beside a Value."""

from grader import Mutant

RADD = '''\
    def __radd__(self, other):
        """Compute `other + self`, where `other` is a plain number."""
        return self + other

'''
RMUL = '''\
    def __rmul__(self, other):
        """Compute `other * self`, where `other` is a plain number."""
        return self * other

'''
RSUB = '''\
    def __rsub__(self, other):
        """Compute `other - self`, where `other` is a plain number."""
        return other + (-self)

'''
RTRUEDIV = '''\
    def __rtruediv__(self, other):
        """Compute `other / self`, where `other` is a plain number."""
        return other * self**-1

'''
ADD = """\
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))
"""
MUL = """\
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))
"""

MUTANTS = [
    Mutant(
        id="X1",
        written="no __radd__",
        replace=RADD,
        by="",
        says="With a number on the left of +, nobody answers: the right operand was not taught to.",
        asks="Whom does Python ask when the number in 2 + a does not know what a is?",
    ),
    Mutant(
        id="X3",
        written="__radd__ as other + self",
        replace="return self + other",
        by="return other + self",
        says="The sum calls itself by way of the number, without end.",
        asks="Which method does Python call when a number stands on the left once more?",
    ),
    Mutant(
        id="X11",
        written="2 + a built from plain numbers",
        replace="return self + other",
        by="return Value(other + self.data)",
        says="With a number on the left, the sum is a new input, and no gradient gets past it.",
        asks="Which operation keeps the link from 2 + a to a?",
    ),
    Mutant(
        id="X14",
        written="2 + a with an own rule that has = for +=",
        replace="return self + other",
        by="""\
out = Value(other + self.data, (self,))

        def _backward():
            self.grad = out.grad

        out._backward = _backward
        return out""",
        says="With a number on the left of +, a new share overwrites what arrived before.",
        asks="How many routes lead from a to (2 + a) * a?",
    ),
    Mutant(
        id="X2",
        written="no __rmul__",
        replace=RMUL,
        by="",
        says="With a number on the left of *, nobody answers: the right operand was not taught to.",
        asks="Whom does Python ask when the number in 2 * a does not know what a is?",
    ),
    Mutant(
        id="X9",
        written="__rmul__ as other * self",
        replace="return self * other\n",
        by="return other * self\n",
        says="The product calls itself by way of the number, without end.",
        asks="Which method does Python call when a number stands on the left once more?",
    ),
    Mutant(
        id="X10",
        written="2 * a built from plain numbers",
        replace="return self * other\n",
        by="return Value(other * self.data)\n",
        says="With a number on the left, the product is a new input, and no gradient gets past it.",
        asks="Which operation keeps the link from 2 * a to a?",
    ),
    Mutant(
        id="S7",
        written="2 - a computed as a - 2",
        replace="return other + (-self)",
        by="return self + (-other)",
        says="With a number on the left of -, the operands are swapped: the number is taken away.",
        asks="What is 2 - a if a is 1?",
    ),
    Mutant(
        id="S8",
        written="2 - a computed as a + 2",
        replace="return other + (-self)",
        by="return self + other",
        says="With a number on the left of -, the two are added.",
        asks="What happens to 2 - a when a grows?",
    ),
    Mutant(
        id="X4",
        written="no __rsub__",
        replace=RSUB,
        by="",
        says="With a number on the left of -, nobody answers: the right operand was not taught to.",
        asks="Whom does Python ask when the number in 2 - a does not know what a is?",
    ),
    Mutant(
        id="X12",
        written="__rsub__ as other - self",
        replace="return other + (-self)",
        by="return other - self",
        says="The difference calls itself by way of the number, without end.",
        asks="Which method does Python call when a number stands on the left once more?",
    ),
    Mutant(
        id="S14",
        written="2 - a built from plain numbers",
        replace="return other + (-self)",
        by="return Value(other - self.data)",
        says="With a number on the left, the difference is a new input that passes nothing on.",
        asks="Which operations keep the link from 2 - a to a?",
    ),
    Mutant(
        id="S15",
        written="2 - a with an own rule that has = for +=",
        replace="return other + (-self)",
        by="""\
out = Value(other - self.data, (self,))

        def _backward():
            self.grad = -out.grad

        out._backward = _backward
        return out""",
        says="With a number on the left of -, a new share overwrites what arrived before.",
        asks="How many routes lead from a to (2 - a) * a?",
    ),
    Mutant(
        id="D5",
        written="3 / a computed as a / 3",
        replace="return other * self**-1",
        by="return self * other**-1",
        says="With a number on the left of /, the two are swapped: the Value is divided by it.",
        asks="Who stands above the line in 3 / a?",
    ),
    Mutant(
        id="D11",
        written="1 / a for every numerator",
        replace="return other * self**-1",
        by="return self**-1",
        says="The number above the line is forgotten, as if it were always 1.",
        asks="How do 3 / a and 1 / a differ?",
    ),
    Mutant(
        id="X5",
        written="no __rtruediv__",
        replace=RTRUEDIV,
        by="",
        says="With a number on the left of /, nobody answers: the right operand was not taught to.",
        asks="Whom does Python ask when the number in 3 / a does not know what a is?",
    ),
    Mutant(
        id="X13",
        written="__rtruediv__ as other / self",
        replace="return other * self**-1",
        by="return other / self",
        says="The quotient calls itself by way of the number, without end.",
        asks="Which method does Python call when a number stands on the left once more?",
    ),
    Mutant(
        id="D12",
        written="3 / a built from plain numbers",
        replace="return other * self**-1",
        by="return Value(other / self.data)",
        says="With a number on the left, the quotient is a new input that passes nothing on.",
        asks="Which operations keep the link from 3 / a to a?",
    ),
    Mutant(
        id="D14",
        written="3 / a with an own rule that has = for +=",
        replace="return other * self**-1",
        by="""\
out = Value(other / self.data, (self,))

        def _backward():
            self.grad = -other / self.data**2 * out.grad

        out._backward = _backward
        return out""",
        says="With a number on the left of /, a new share overwrites what arrived before.",
        asks="How many routes lead from a to 3 / a + a?",
    ),
    Mutant(
        id="X6",
        written="numbers not made Values in +",
        replace=ADD,
        by="        out = Value(self.data + other.data, (self, other))\n",
        says="A plain number beside + has no data of its own, and is asked for it all the same.",
        asks="What has to happen to a number before it can be an operand?",
    ),
    Mutant(
        id="X7",
        written="numbers not made Values in *",
        replace=MUL,
        by="        out = Value(self.data * other.data, (self, other))\n",
        says="A plain number beside * has no data of its own, and is asked for it all the same.",
        asks="What has to happen to a number before it can be an operand?",
    ),
    Mutant(
        id="X8",
        written="only floats made Values in +",
        replace=ADD,
        by="""\
        other = Value(other) if isinstance(other, float) else other
        out = Value(self.data + other.data, (self, other))
""",
        says="Floats can be added and ints cannot: only one kind of plain number is let in.",
        asks="Of which types can a plain number be?",
    ),
    Mutant(
        id="D13",
        written="a / 2 rounded down",
        replace="return self * other**-1",
        by="""\
if isinstance(other, (int, float)):
            return self * (1 // other)
        return self * other**-1""",
        says="With a number below the line, the quotient is rounded to a whole number.",
        asks="What is 1 / 2, and what do you get?",
    ),
]
