"""What goes wrong in differences, products, quotients and powers of arrays."""

from grader import Mutant

MUTANTS = [
    Mutant(
        id="S1",
        written="+ for the right operand of Sub",
        replace=("self.t1.backward(upstream)\n        self.t2.backward(-upstream)"),
        by=("self.t1.backward(upstream)\n        self.t2.backward(upstream)"),
        says="Both operands of a difference receive the same sign.",
        asks="What happens to a - b when b grows?",
    ),
    Mutant(
        id="S2",
        written="the operands of Sub swapped",
        replace="out = Tensor(t1.data - t2.data, requires_grad=needs_grad)",
        by="out = Tensor(t2.data - t1.data, requires_grad=needs_grad)",
        says="The left operand is subtracted from the right one.",
        asks="What is 5 - 2, and what do you get?",
    ),
    Mutant(
        id="S3",
        written="the signs of Sub swapped",
        replace=("self.t1.backward(upstream)\n        self.t2.backward(-upstream)"),
        by=("self.t1.backward(-upstream)\n        self.t2.backward(upstream)"),
        says="The minus has gone to the left operand.",
        asks="Which of the two makes a - b smaller when it grows?",
    ),
    Mutant(
        id="S14",
        written="Sub without the incoming gradient",
        replace=("self.t1.backward(upstream)\n        self.t2.backward(-upstream)"),
        by=(
            "self.t1.backward(np.ones_like(upstream))\n"
            "        self.t2.backward(-np.ones_like(upstream))"
        ),
        says="The gradient that reaches the difference is left out.",
        asks="What should reach a if a - b is multiplied by 3 afterwards?",
    ),
    Mutant(
        id="S15",
        written="Sub that takes one operand's need for the result's",
        replace="out = Tensor(t1.data - t2.data, requires_grad=needs_grad)",
        by="out = Tensor(t1.data - t2.data, requires_grad=t1.requires_grad)",
        says="The difference asks its left operand alone whether a gradient is required.",
        asks="Does k - x change if x does, and k is a constant?",
    ),
    Mutant(
        id="S16",
        written="Sub that needs both operands to require a gradient",
        replace="out = Tensor(t1.data - t2.data, requires_grad=needs_grad)",
        by="out = Tensor(t1.data - t2.data, requires_grad=t1.requires_grad and t2.requires_grad)",
        says="The difference requires a gradient only if both operands do.",
        asks="Does x - k change if x does, and k is a constant?",
    ),
    Mutant(
        id="S17",
        written="uses not counted in Sub",
        replace=(
            '"""t1 - t2, entry by entry."""\n'
            "\n"
            "    def forward(self, t1, t2):\n"
            "        super().forward(t1, t2)\n"
            "        self.t1, self.t2 = t1, t2\n"
        ),
        by=(
            '"""t1 - t2, entry by entry."""\n'
            "\n"
            "    def forward(self, t1, t2):\n"
            "        self.t1, self.t2 = t1, t2\n"
        ),
        says="Sub does not count that it uses its operands, so they pass gradients on too early.",
        asks="Which line of Add tells its operands that one more share will come?",
    ),
    Mutant(
        id="S18",
        written="operands kept on the class Sub",
        replace=(
            '"""t1 - t2, entry by entry."""\n'
            "\n"
            "    def forward(self, t1, t2):\n"
            "        super().forward(t1, t2)\n"
            "        self.t1, self.t2 = t1, t2\n"
        ),
        by=(
            '"""t1 - t2, entry by entry."""\n'
            "\n"
            "    def forward(self, t1, t2):\n"
            "        super().forward(t1, t2)\n"
            "        Sub.t1, Sub.t2 = t1, t2\n"
        ),
        says="All differences share the operands of the latest one.",
        asks="Where does Add keep its operands: on itself, or on its class?",
    ),
    Mutant(
        id="S19",
        written="an operand changed in place by Sub",
        replace="out = Tensor(t1.data - t2.data, requires_grad=needs_grad)",
        by=("t1.data -= t2.data\n        out = Tensor(t1.data, requires_grad=needs_grad)"),
        says="The difference is written into the left operand, which should stay as it is.",
        asks="What should a hold after a - b has been computed?",
    ),
    Mutant(
        id="S20",
        written="a difference without its grad_fn",
        replace=(
            "out = Tensor(t1.data - t2.data, requires_grad=needs_grad)\n        out.grad_fn = self"
        ),
        by="out = Tensor(t1.data - t2.data, requires_grad=needs_grad)",
        says="The difference does not know the Function it came from, so the way back ends there.",
        asks="What does a tensor ask for the next step back?",
    ),
    Mutant(
        id="T8",
        written="own data in the rule of Mul",
        replace=(
            "self.t1.backward(upstream * self.t2.data)\n"
            "        self.t2.backward(upstream * self.t1.data)"
        ),
        by=(
            "self.t1.backward(upstream * self.t1.data)\n"
            "        self.t2.backward(upstream * self.t2.data)"
        ),
        says="Each operand receives its own numbers as its slope, and the other's are needed.",
        asks="If a moves a little, by what does a * b move?",
    ),
    Mutant(
        id="T9",
        written="Mul without the incoming gradient",
        replace=(
            "self.t1.backward(upstream * self.t2.data)\n"
            "        self.t2.backward(upstream * self.t1.data)"
        ),
        by=("self.t1.backward(self.t2.data)\n        self.t2.backward(self.t1.data)"),
        says=(
            "The gradient that reaches the product is left out, which does not show where it is 1."
        ),
        asks="What should reach a if a * b is multiplied by 3 afterwards?",
    ),
    Mutant(
        id="M5",
        written="Mul that reports to its left operand only",
        replace="        self.t2.backward(upstream * self.t1.data)\n",
        by="",
        says="Only the left operand of a product receives a gradient.",
        asks="Does a * b change if b does?",
    ),
    Mutant(
        id="M7",
        written="Mul that skips an operand that is the same",
        replace=(
            "self.t1.backward(upstream * self.t2.data)\n"
            "        self.t2.backward(upstream * self.t1.data)"
        ),
        by=(
            "self.t1.backward(upstream * self.t2.data)\n"
            "        if self.t2 is not self.t1:\n"
            "            self.t2.backward(upstream * self.t1.data)"
        ),
        says="A tensor that is both operands is served once, and each occurrence counts.",
        asks="What is the derivative of a * a?",
    ),
    Mutant(
        id="M9",
        written="a product that adds",
        replace="out = Tensor(t1.data * t2.data, requires_grad=needs_grad)",
        by="out = Tensor(t1.data + t2.data, requires_grad=needs_grad)",
        says="The product adds its operands.",
        asks="What is 2 times -3, and what do you get?",
    ),
    Mutant(
        id="M11",
        written="a matrix product for Mul",
        replace="out = Tensor(t1.data * t2.data, requires_grad=needs_grad)",
        by="out = Tensor(t1.data @ t2.data.T, requires_grad=needs_grad)",
        says="Rows are multiplied with columns, where each entry belongs to its own partner.",
        asks="Which shape has the product, entry by entry, of two matrices of shape (2, 3)?",
    ),
    Mutant(
        id="M12",
        written="Mul that takes one operand's need for the result's",
        replace="out = Tensor(t1.data * t2.data, requires_grad=needs_grad)",
        by="out = Tensor(t1.data * t2.data, requires_grad=t1.requires_grad)",
        says="The product asks its left operand alone whether a gradient is required.",
        asks="Does k * x change if x does, and k is a constant?",
    ),
    Mutant(
        id="M13",
        written="Mul that needs both operands to require a gradient",
        replace="out = Tensor(t1.data * t2.data, requires_grad=needs_grad)",
        by="out = Tensor(t1.data * t2.data, requires_grad=t1.requires_grad and t2.requires_grad)",
        says="The product requires a gradient only if both operands do.",
        asks="Does x * k change if x does, and k is a constant?",
    ),
    Mutant(
        id="M14",
        written="uses not counted in Mul",
        replace=(
            '"""t1 * t2, entry by entry."""\n'
            "\n"
            "    def forward(self, t1, t2):\n"
            "        super().forward(t1, t2)\n"
            "        self.t1, self.t2 = t1, t2\n"
        ),
        by=(
            '"""t1 * t2, entry by entry."""\n'
            "\n"
            "    def forward(self, t1, t2):\n"
            "        self.t1, self.t2 = t1, t2\n"
        ),
        says="Mul does not count that it uses its operands, so they pass gradients on too early.",
        asks="Which line of Add tells its operands that one more share will come?",
    ),
    Mutant(
        id="M15",
        written="operands kept on the class Mul",
        replace=(
            '"""t1 * t2, entry by entry."""\n'
            "\n"
            "    def forward(self, t1, t2):\n"
            "        super().forward(t1, t2)\n"
            "        self.t1, self.t2 = t1, t2\n"
        ),
        by=(
            '"""t1 * t2, entry by entry."""\n'
            "\n"
            "    def forward(self, t1, t2):\n"
            "        super().forward(t1, t2)\n"
            "        Mul.t1, Mul.t2 = t1, t2\n"
        ),
        says="All products share the operands of the latest one.",
        asks="Where does Add keep its operands: on itself, or on its class?",
    ),
    Mutant(
        id="M16",
        written="only one use counted in Mul",
        replace=(
            '"""t1 * t2, entry by entry."""\n'
            "\n"
            "    def forward(self, t1, t2):\n"
            "        super().forward(t1, t2)\n"
            "        self.t1, self.t2 = t1, t2\n"
        ),
        by=(
            '"""t1 * t2, entry by entry."""\n'
            "\n"
            "    def forward(self, t1, t2):\n"
            "        super().forward(t1)\n"
            "        self.t1, self.t2 = t1, t2\n"
        ),
        says=(
            "Mul counts the use of its left operand alone, so the right one passes gradients "
            "on too early."
        ),
        asks="How many operands does a product use?",
    ),
    Mutant(
        id="D1",
        written="the denominator's sign",
        replace="self.t2.backward(-upstream * self.t1.data / self.t2.data**2)",
        by="self.t2.backward(upstream * self.t1.data / self.t2.data**2)",
        says="The gradient of the denominator has the wrong sign.",
        asks="Does a / b grow or shrink when b grows?",
    ),
    Mutant(
        id="D2",
        written="the denominator not squared",
        replace="-upstream * self.t1.data / self.t2.data**2",
        by="-upstream * self.t1.data / self.t2.data",
        says="In the gradient of the denominator the square is missing.",
        asks="What is the derivative of 1 / b?",
    ),
    Mutant(
        id="D3",
        written="the operands of Div swapped",
        replace="out = Tensor(t1.data / t2.data, requires_grad=needs_grad)",
        by="out = Tensor(t2.data / t1.data, requires_grad=needs_grad)",
        says="The right operand is divided by the left one.",
        asks="Who stands above the line in a / b?",
    ),
    Mutant(
        id="D4",
        written="// for /",
        replace="out = Tensor(t1.data / t2.data, requires_grad=needs_grad)",
        by="out = Tensor(t1.data // t2.data, requires_grad=needs_grad)",
        says="The quotient is rounded down to whole numbers.",
        asks="What is 1 / 4, and what do you get?",
    ),
    Mutant(
        id="D9",
        written="the numerator's slope not divided",
        replace="self.t1.backward(upstream / self.t2.data)",
        by="self.t1.backward(upstream)",
        says="The numerator receives the gradient undivided.",
        asks="If a grows by 1, by how much does a / 4 grow?",
    ),
    Mutant(
        id="D10",
        written="the numerator left out of the denominator's gradient",
        replace="-upstream * self.t1.data / self.t2.data**2",
        by="-upstream / self.t2.data**2",
        says="The denominator's gradient is that of 1 / b, and the numerator is missing.",
        asks="By how much does 6 / b move if b does, compared with 1 / b?",
    ),
    Mutant(
        id="D11",
        written="Div that takes one operand's need for the result's",
        replace="out = Tensor(t1.data / t2.data, requires_grad=needs_grad)",
        by="out = Tensor(t1.data / t2.data, requires_grad=t1.requires_grad)",
        says="The quotient asks its left operand alone whether a gradient is required.",
        asks="Does k / x change if x does, and k is a constant?",
    ),
    Mutant(
        id="D12",
        written="uses not counted in Div",
        replace=(
            '"""t1 / t2, entry by entry."""\n'
            "\n"
            "    def forward(self, t1, t2):\n"
            "        super().forward(t1, t2)\n"
            "        self.t1, self.t2 = t1, t2\n"
        ),
        by=(
            '"""t1 / t2, entry by entry."""\n'
            "\n"
            "    def forward(self, t1, t2):\n"
            "        self.t1, self.t2 = t1, t2\n"
        ),
        says="Div does not count that it uses its operands, so they pass gradients on too early.",
        asks="Which line of Add tells its operands that one more share will come?",
    ),
    Mutant(
        id="P1",
        written="n * x ** n",
        replace="upstream * self.n * self.t.data ** (self.n - 1)",
        by="upstream * self.n * self.t.data**self.n",
        says="In the derivative of a power the exponent has to drop by one.",
        asks="What is the derivative of x ** 2 at 2?",
    ),
    Mutant(
        id="P2",
        written="the factor n dropped",
        replace="upstream * self.n * self.t.data ** (self.n - 1)",
        by="upstream * self.t.data ** (self.n - 1)",
        says="Half of the power rule is there: the exponent drops, and the factor is missing.",
        asks="What is the derivative of x ** 2 at 1?",
    ),
    Mutant(
        id="P3",
        written="Pow without the incoming gradient",
        replace="upstream * self.n * self.t.data ** (self.n - 1)",
        by="self.n * self.t.data ** (self.n - 1)",
        says="The gradient that reaches the power is left out, which does not show where it is 1.",
        asks="What should reach x if x ** 2 is multiplied by 3 afterwards?",
    ),
    Mutant(
        id="P5",
        written="2x for every exponent",
        replace="upstream * self.n * self.t.data ** (self.n - 1)",
        by="upstream * 2 * self.t.data",
        says="The rule is that of the square, whatever the exponent is.",
        asks="What is the derivative of x ** 3 at 1?",
    ),
    Mutant(
        id="P10",
        written="a power without its base's sign",
        replace="t.data**n",
        by="np.abs(t.data) ** n",
        says="The sign of a negative base is lost.",
        asks="What is -2 to the power of 3?",
    ),
    Mutant(
        id="P11",
        written="uses not counted in Pow",
        replace=(
            "def forward(self, t, n):\n        super().forward(t)\n        self.t, self.n = t, n\n"
        ),
        by=("def forward(self, t, n):\n        self.t, self.n = t, n\n"),
        says=(
            "Pow does not count that it uses its operand, so that passes its gradient on too early."
        ),
        asks="Which line of Add tells its operands that one more share will come?",
    ),
    Mutant(
        id="P12",
        written="the operand kept on the class Pow",
        replace=(
            "def forward(self, t, n):\n        super().forward(t)\n        self.t, self.n = t, n\n"
        ),
        by=("def forward(self, t, n):\n        super().forward(t)\n        Pow.t, Pow.n = t, n\n"),
        says="All powers share the operand and the exponent of the latest one.",
        asks="Where does Add keep its operands: on itself, or on its class?",
    ),
]
