"""What goes wrong in activations, exp and log."""

from grader import Mutant

MUTANTS = [
    Mutant(
        id="R1",
        written="slope 1 everywhere in ReLU",
        replace="upstream * (self.t.data > 0)",
        by="upstream",
        says="The gradient passes where ReLU is flat.",
        asks="On which side does the result not move?",
    ),
    Mutant(
        id="R8",
        written="the mask of ReLU inverted",
        replace="upstream * (self.t.data > 0)",
        by="upstream * (self.t.data < 0)",
        says="The gradient passes where ReLU is flat, and not where it rises.",
        asks="On which side does the result not move?",
    ),
    Mutant(
        id="R6",
        written="abs for ReLU",
        replace="np.maximum(t.data, 0.0)",
        by="np.abs(t.data)",
        says="Negative entries are turned round, and they should become 0.",
        asks="What is ReLU of -2?",
    ),
    Mutant(
        id="T27",
        written="the mask of ReLU taken from the incoming gradient",
        replace="upstream * (self.t.data > 0)",
        by="upstream * (upstream > 0)",
        says=(
            "The mask asks for the sign of the incoming gradient, and it is the operand's "
            "that counts."
        ),
        asks="Whose sign decides whether ReLU is flat?",
    ),
    Mutant(
        id="T25",
        written="the operand changed in place by ReLU",
        replace=(
            '"""max(0, t), entry by entry."""\n'
            "\n"
            "    def forward(self, t):\n"
            "        super().forward(t)\n"
            "        self.t = t\n"
        ),
        by=(
            '"""max(0, t), entry by entry."""\n'
            "\n"
            "    def forward(self, t):\n"
            "        super().forward(t)\n"
            "        self.t = t\n"
            "        t.data[t.data < 0] = 0.0\n"
        ),
        says="Negative entries are set to 0 in the operand itself, which should stay as it is.",
        asks="What should the operand hold afterwards?",
    ),
    Mutant(
        id="R9",
        written="ReLU without the incoming gradient",
        replace="upstream * (self.t.data > 0)",
        by="1.0 * (self.t.data > 0)",
        says="The gradient that reaches ReLU is left out, which does not show where it is 1.",
        asks="What should reach x if the result is multiplied by 3 afterwards?",
    ),
    Mutant(
        id="R14",
        written="one slope for the whole array",
        replace="upstream * (self.t.data > 0)",
        by="upstream * (self.t.data.max() > 0)",
        says="One entry decides for the whole array, and each has a slope of its own.",
        asks="Which entries are positive, and which are not?",
    ),
    Mutant(
        id="G5",
        written="1 + for 1 - in the slope of Sigmoid",
        replace="upstream * self.out.data * (1 - self.out.data)",
        by="upstream * self.out.data * (1 + self.out.data)",
        says="The slope of the sigmoid has a wrong sign inside.",
        asks="What is the slope of the sigmoid far to the right, where it is flat?",
    ),
    Mutant(
        id="G6",
        written="the slope of Sigmoid taken at its operand",
        replace="upstream * self.out.data * (1 - self.out.data)",
        by="upstream * self.t.data * (1 - self.t.data)",
        says=(
            "The slope of the sigmoid is computed from its operand, and the formula wants "
            "its result."
        ),
        asks="Which of the two is between 0 and 1?",
    ),
    Mutant(
        id="G7",
        written="the sign in Sigmoid's exponent",
        replace="1 / (1 + np.exp(-t.data))",
        by="1 / (1 + np.exp(t.data))",
        says="The sign in the exponent is missing, so the curve falls.",
        asks="What is the sigmoid of a large positive number?",
    ),
    Mutant(
        id="G8",
        written="Sigmoid without the incoming gradient",
        replace="upstream * self.out.data * (1 - self.out.data)",
        by="self.out.data * (1 - self.out.data)",
        says=(
            "The gradient that reaches the sigmoid is left out, which does not show where it is 1."
        ),
        asks="What should reach x if the result is multiplied by 3 afterwards?",
    ),
    Mutant(
        id="G9",
        written="uses not counted in Sigmoid",
        replace=(
            '"""1 / (1 + exp(-t)), entry by entry."""\n'
            "\n"
            "    def forward(self, t):\n"
            "        super().forward(t)\n"
            "        self.t = t\n"
        ),
        by=(
            '"""1 / (1 + exp(-t)), entry by entry."""\n'
            "\n"
            "    def forward(self, t):\n"
            "        self.t = t\n"
        ),
        says=(
            "Sigmoid does not count that it uses its operand, so that passes its gradient on "
            "too early."
        ),
        asks="Which line of Add tells its operands that one more share will come?",
    ),
    Mutant(
        id="H1",
        written="1 - x ** 2 for the slope of Tanh",
        replace="upstream * (1 - self.out.data**2)",
        by="upstream * (1 - self.t.data**2)",
        says="The slope of tanh is computed from its operand, and the formula wants its result.",
        asks="Which of the two is squared in 1 - tanh(x) ** 2: x, or tanh(x)?",
    ),
    Mutant(
        id="H8",
        written="t * (1 - t) for the slope of Tanh",
        replace="upstream * (1 - self.out.data**2)",
        by="upstream * (self.out.data - self.out.data**2)",
        says="This is the slope of the sigmoid, another function of the same shape.",
        asks="What is the slope of tanh at 0, where the curve is steepest?",
    ),
    Mutant(
        id="H11",
        written="1 - t for the slope of Tanh",
        replace="upstream * (1 - self.out.data**2)",
        by="upstream * (1 - self.out.data)",
        says="In the slope of tanh the result is not squared.",
        asks="Is the curve of tanh as steep at -1 as it is at 1?",
    ),
    Mutant(
        id="H3",
        written="Tanh without the incoming gradient",
        replace="upstream * (1 - self.out.data**2)",
        by="1 - self.out.data**2",
        says="The gradient that reaches tanh is left out, which does not show where it is 1.",
        asks="What should reach x if the result is multiplied by 3 afterwards?",
    ),
    Mutant(
        id="E1",
        written="the operand for the slope of Exp",
        replace="self.t.backward(upstream * self.out.data)",
        by="self.t.backward(upstream * self.t.data)",
        says="The slope of exp is taken from its operand, and it is the result.",
        asks="Which function is its own derivative?",
    ),
    Mutant(
        id="E4",
        written="Exp without the incoming gradient",
        replace="self.t.backward(upstream * self.out.data)",
        by="self.t.backward(self.out.data)",
        says="The gradient that reaches exp is left out, which does not show where it is 1.",
        asks="What should reach x if the result is multiplied by 3 afterwards?",
    ),
    Mutant(
        id="E8",
        written="2 ** x for Exp",
        replace="Tensor(np.exp(t.data), requires",
        by="Tensor(2**t.data, requires",
        says="The base is 2, and it should be e.",
        asks="What is exp at 1?",
    ),
    Mutant(
        id="E9",
        written="uses not counted in Exp",
        replace=(
            '"""e to the power of each entry."""\n'
            "\n"
            "    def forward(self, t):\n"
            "        super().forward(t)\n"
            "        self.t = t\n"
        ),
        by=(
            '"""e to the power of each entry."""\n\n    def forward(self, t):\n        self.t = t\n'
        ),
        says=(
            "Exp does not count that it uses its operand, so that passes its gradient on too early."
        ),
        asks="Which line of Add tells its operands that one more share will come?",
    ),
    Mutant(
        id="E10",
        written="the result kept on the class Exp",
        replace="        self.out = Tensor(np.exp(t.data), requires",
        by="        Exp.out = Tensor(np.exp(t.data), requires",
        says="All exponentials share the result of the latest one.",
        asks="Where does Add keep its operands: on itself, or on its class?",
    ),
    Mutant(
        id="G2",
        written="log10 for Log",
        replace="np.log(t.data)",
        by="np.log10(t.data)",
        says="The base is 10, and it should be e.",
        asks="What is the natural logarithm of 2?",
    ),
    Mutant(
        id="G3",
        written="Log without the incoming gradient",
        replace="self.t.backward(upstream / self.t.data)",
        by="self.t.backward(1 / self.t.data)",
        says=(
            "The gradient that reaches the logarithm is left out, which does not show where "
            "it is 1."
        ),
        asks="What should reach x if the result is multiplied by 3 afterwards?",
    ),
    Mutant(
        id="G10",
        written="the result for the operand in the slope of Log",
        replace="self.t.backward(upstream / self.t.data)",
        by="self.t.backward(upstream / self.out.data)",
        says="The slope of the logarithm is taken from its result, and the operand is needed.",
        asks="What is the derivative of the logarithm of x?",
    ),
    Mutant(
        id="G11",
        written="the operand kept on the class Log",
        replace=(
            '"""The natural logarithm of each entry."""\n'
            "\n"
            "    def forward(self, t):\n"
            "        super().forward(t)\n"
            "        self.t = t\n"
        ),
        by=(
            '"""The natural logarithm of each entry."""\n'
            "\n"
            "    def forward(self, t):\n"
            "        super().forward(t)\n"
            "        Log.t = t\n"
        ),
        says="All logarithms share the operand of the latest one.",
        asks="Where does Add keep its operands: on itself, or on its class?",
    ),
]
