"""What goes wrong in matrix products."""

from grader import Mutant

MUTANTS = [
    Mutant(
        id="T10",
        written="the right matrix not transposed",
        replace="upstream @ self.t2.data.T",
        by="upstream @ self.t2.data",
        says="In the left gradient the right matrix is not transposed.",
        asks="Which shapes stand on both sides of the product, and which one should come out?",
    ),
    Mutant(
        id="T10b",
        written="the left matrix not transposed",
        replace="self.t1.data.T @ upstream",
        by="self.t1.data @ upstream",
        says="In the right gradient the left matrix is not transposed.",
        asks="Which shapes stand on both sides of the product, and which one should come out?",
    ),
    Mutant(
        id="T11",
        written="the order swapped in the right gradient",
        replace="self.t1.data.T @ upstream",
        by="upstream @ self.t1.data.T",
        says="The factors of the right gradient stand in the wrong order.",
        asks="On which side of the product did the left matrix stand?",
    ),
    Mutant(
        id="T11b",
        written="the order swapped in the left gradient",
        replace="upstream @ self.t2.data.T",
        by="self.t2.data.T @ upstream",
        says="The factors of the left gradient stand in the wrong order.",
        asks="On which side of the product did the right matrix stand?",
    ),
    Mutant(
        id="T12",
        written="* for @",
        replace="out = Tensor(t1.data @ t2.data, requires_grad=needs_grad)",
        by="out = Tensor(t1.data * t2.data, requires_grad=needs_grad)",
        says="The matrices are multiplied entry by entry.",
        asks="Which shape has the product of a (2, 3) and a (3, 4) matrix?",
    ),
    Mutant(
        id="T44",
        written="the gradients swapped",
        replace=(
            "        self.t1.backward(upstream @ self.t2.data.T)\n"
            "        self.t2.backward(self.t1.data.T @ upstream)\n"
        ),
        by=(
            "        self.t1.backward(self.t1.data.T @ upstream)\n"
            "        self.t2.backward(upstream @ self.t2.data.T)\n"
        ),
        says="Each matrix receives the gradient of the other.",
        asks="Which shape has each gradient, and which should it have?",
    ),
    Mutant(
        id="T45",
        written="the operands swapped in forward",
        replace="out = Tensor(t1.data @ t2.data, requires_grad=needs_grad)",
        by="out = Tensor(t2.data @ t1.data, requires_grad=needs_grad)",
        says="The matrices are multiplied in the wrong order.",
        asks="Is A times B the same as B times A?",
    ),
    Mutant(
        id="T46",
        written="MatMul without the incoming gradient",
        replace="upstream @ self.t2.data.T",
        by="np.ones_like(upstream) @ self.t2.data.T",
        says=(
            "The left gradient leaves out what reaches the product, which does not show "
            "where that is 1."
        ),
        asks="What should reach the left matrix if the product is multiplied by 3 afterwards?",
    ),
    Mutant(
        id="T46b",
        written="no incoming gradient on the right",
        replace="self.t1.data.T @ upstream",
        by="self.t1.data.T @ np.ones_like(upstream)",
        says=(
            "The right gradient leaves out what reaches the product, which does not show "
            "where that is 1."
        ),
        asks="What should reach the right matrix if the product is multiplied by 3 afterwards?",
    ),
    Mutant(
        id="T47",
        written="only the left matrix",
        replace="        self.t2.backward(self.t1.data.T @ upstream)\n",
        by="",
        says="Only the left matrix receives a gradient.",
        asks="Does the product change if the right matrix does?",
    ),
    Mutant(
        id="T48",
        written="only one need heard",
        replace="out = Tensor(t1.data @ t2.data, requires_grad=needs_grad)",
        by="out = Tensor(t1.data @ t2.data, requires_grad=t1.requires_grad)",
        says="The product asks its left operand alone whether a gradient is required.",
        asks="Is the data on the left, or are the weights, what a gradient is needed for?",
    ),
    Mutant(
        id="T49",
        written="both needs wanted",
        replace="out = Tensor(t1.data @ t2.data, requires_grad=needs_grad)",
        by="out = Tensor(t1.data @ t2.data, requires_grad=t1.requires_grad and t2.requires_grad)",
        says="The product requires a gradient only if both operands do.",
        asks="Do data and weights both require a gradient?",
    ),
    Mutant(
        id="T50",
        written="uses not counted in MatMul",
        replace=(
            '"""The matrix product of t1 and t2."""\n'
            "\n"
            "    def forward(self, t1, t2):\n"
            "        super().forward(t1, t2)\n"
            "        self.t1, self.t2 = t1, t2\n"
        ),
        by=(
            '"""The matrix product of t1 and t2."""\n'
            "\n"
            "    def forward(self, t1, t2):\n"
            "        self.t1, self.t2 = t1, t2\n"
        ),
        says=(
            "MatMul does not count that it uses its operands, so they pass gradients on too early."
        ),
        asks="Which line of Add tells its operands that one more share will come?",
    ),
    Mutant(
        id="T51",
        written="operands kept on the class MatMul",
        replace=(
            '"""The matrix product of t1 and t2."""\n'
            "\n"
            "    def forward(self, t1, t2):\n"
            "        super().forward(t1, t2)\n"
            "        self.t1, self.t2 = t1, t2\n"
        ),
        by=(
            '"""The matrix product of t1 and t2."""\n'
            "\n"
            "    def forward(self, t1, t2):\n"
            "        super().forward(t1, t2)\n"
            "        MatMul.t1, MatMul.t2 = t1, t2\n"
        ),
        says="All products share the operands of the latest one.",
        asks="Where does Add keep its operands: on itself, or on its class?",
    ),
    Mutant(
        id="T52",
        written="the whole result transposed",
        replace="out = Tensor(t1.data @ t2.data, requires_grad=needs_grad)",
        by="out = Tensor((t1.data @ t2.data).T, requires_grad=needs_grad)",
        says="The product is transposed.",
        asks="Which shape has the product of a (2, 3) and a (3, 4) matrix?",
    ),
]
