"""What goes wrong in Adam."""

from grader import Mutant

MUTANTS = [
    Mutant(
        id="A1",
        written="the second moment as it is",
        replace="square = self.second[at] / (1 - two**self.steps)",
        by="square = self.second[at]",
        says="The second moment is not corrected for its start at 0.",
        asks="How large is it after one step, and how large is the square of the gradient?",
    ),
    Mutant(
        id="A2",
        written="the first moment as it is",
        replace="mean = self.first[at] / (1 - one**self.steps)",
        by="mean = self.first[at]",
        says="The first moment is not corrected for its start at 0.",
        asks="How large is it after one step, and how large is the gradient?",
    ),
    Mutant(
        id="A3",
        written="neither moment corrected",
        replace=(
            "mean = self.first[at] / (1 - one**self.steps)\n"
            "            square = self.second[at] / (1 - two**self.steps)"
        ),
        by="mean = self.first[at]\n            square = self.second[at]",
        says="Neither moment is corrected for its start at 0.",
        asks="What are both after one step, if the gradient is 2?",
    ),
    Mutant(
        id="A4",
        written="the number of the step stays 1",
        replace="self.steps += 1",
        by="self.steps = 1",
        says="The number of the step stays 1, so both corrections do, too.",
        asks="What is 1 - 0.9**t in step 1, and in step 10?",
    ),
    Mutant(
        id="A5",
        written="the step counted for each number",
        replace=(
            "        self.steps += 1\n"
            "        one, two = self.betas\n"
            "        for at, parameter in enumerate(self.parameters):\n"
        ),
        by=(
            "        one, two = self.betas\n"
            "        for at, parameter in enumerate(self.parameters):\n"
            "            self.steps += 1\n"
        ),
        says="The number of the step grows with each number that is moved.",
        asks="How many steps has b made, when w has made one?",
    ),
    Mutant(
        id="A6",
        written="eps under the root",
        replace="(square**0.5 + self.eps)",
        by="(square + self.eps) ** 0.5",
        says="What keeps the divisor from 0 stands under the root.",
        asks="How large is the root of a small number?",
    ),
    Mutant(
        id="A7",
        written="no root",
        replace="(square**0.5 + self.eps)",
        by="(square + self.eps)",
        says="The step is divided by the second moment, and not by its root.",
        asks="In which unit is the square of a gradient?",
    ),
    Mutant(
        id="A8",
        written="no eps",
        replace="(square**0.5 + self.eps)",
        by="square**0.5",
        says="The step is divided by the root without eps.",
        asks="What is 0 / 0, where a number has no gradient at all?",
    ),
    Mutant(
        id="A9",
        written="betas the other way round",
        replace="one, two = self.betas",
        by="two, one = self.betas",
        says="The two betas stand in each other's place.",
        asks="Which of the moments forgets faster?",
    ),
    Mutant(
        id="A10",
        written="moments that start anew",
        replace=(
            "self.first[at] = one * self.first[at] + (1 - one) * parameter.grad\n"
            "            self.second[at] = two * self.second[at] + (1 - two) * parameter.grad**2"
        ),
        by=(
            "self.first[at] = (1 - one) * parameter.grad\n"
            "            self.second[at] = (1 - two) * parameter.grad**2"
        ),
        says="Both moments start anew at each step, so nothing is kept.",
        asks="What is left in the average of the gradient before?",
    ),
    Mutant(
        id="A11",
        written="gradients that stay",
        replace=("            parameter.grad = 0.0\n\n    def step(self):\n        self.steps"),
        by="            pass\n\n    def step(self):\n        self.steps",
        says=("The gradients are not set to 0, so each pass adds to the one before."),
        asks="What is in .grad before the second backward()?",
    ),
    Mutant(
        id="A12",
        written="another rate in the training",
        replace="optimizer = Adam([w, b], lr=0.1)",
        by="optimizer = Adam([w, b], lr=0.01)",
        says="The training goes by another rate than the one asked.",
        asks="How far does the first step go?",
    ),
    Mutant(
        id="A13",
        written="the rate as a constant",
        replace="self.lr = lr\n        self.betas",
        by="self.lr = 0.1\n        self.betas",
        says="The rate is always the same, whatever was asked for.",
        asks="Which rate does Adam([w], lr=0.05) use?",
    ),
    Mutant(
        id="A14",
        written="corrected moments kept",
        replace="mean = self.first[at] / (1 - one**self.steps)",
        by="mean = self.first[at] = self.first[at] / (1 - one**self.steps)",
        says=(
            "The corrected moment is kept in place of the moment, and corrected again "
            "in the next step."
        ),
        asks="What is kept from one step to the next?",
    ),
]
