"""What goes wrong in momentum."""

from grader import Mutant

MUTANTS = [
    Mutant(
        id="M1",
        written="a velocity that starts anew",
        replace=("self.velocities[at] = self.momentum * self.velocities[at] + parameter.grad"),
        by="self.velocities[at] = self.momentum * 0.0 + parameter.grad",
        says="The velocity starts anew at each step, so nothing of it is kept.",
        asks="What is the velocity in step 2, if the gradient of step 1 was large?",
    ),
    Mutant(
        id="M2",
        written="one velocity for all",
        replace=(
            "self.velocities[at] = self.momentum * self.velocities[at] + parameter.grad\n"
            "            parameter.data -= self.lr * self.velocities[at]"
        ),
        by=(
            "self.velocities[0] = self.momentum * self.velocities[0] + parameter.grad\n"
            "            parameter.data -= self.lr * self.velocities[0]"
        ),
        says="All numbers share one velocity, and each pushes the others.",
        asks="Whose velocity is it, if one number has a slope of 5 and another of -5?",
    ),
    Mutant(
        id="M3",
        written="an average in place of a sum",
        replace=("self.velocities[at] = self.momentum * self.velocities[at] + parameter.grad"),
        by=(
            "self.velocities[at] = self.momentum * self.velocities[at] + (1 - "
            "self.momentum) * parameter.grad"
        ),
        says=(
            "The gradient is multiplied by 1 - momentum, so the velocity is an average "
            "and every step is shorter."
        ),
        asks="What does the sheet add to the part of the velocity that is kept?",
    ),
    Mutant(
        id="M4",
        written="the velocity forgets to move",
        replace="parameter.data -= self.lr * self.velocities[at]",
        by="parameter.data -= self.lr * parameter.grad",
        says=("The step is the gradient alone: the velocity is worked out and never used."),
        asks="By what does a number go down, the gradient or the velocity?",
    ),
    Mutant(
        id="M5",
        written="uphill",
        replace="parameter.data -= self.lr",
        by="parameter.data += self.lr",
        says="The steps go up the slope, and the loss grows.",
        asks="In which direction does the loss fall?",
    ),
    Mutant(
        id="M6",
        written="the momentum as a constant",
        replace="self.momentum = momentum",
        by="self.momentum = 0.9",
        says="The momentum is always the same, whatever was asked for.",
        asks="Which momentum does SGD([w], lr=0.1) have?",
    ),
    Mutant(
        id="M7",
        written="gradients that stay",
        replace="            parameter.grad = 0.0\n\n    def step",
        by="            pass\n\n    def step",
        says=("The gradients are not set to 0, so each pass adds to the one before."),
        asks="What is in .grad before the second backward()?",
    ),
    Mutant(
        id="M8",
        written="no momentum in the training",
        replace="lr=0.02, momentum=0.9",
        by="lr=0.02",
        says="The training is made without momentum.",
        asks="What does the optimizer of your training get besides its rate?",
    ),
    Mutant(
        id="M9",
        written="another rate in the training",
        replace="lr=0.02, momentum",
        by="lr=0.2, momentum",
        says="The training goes by another rate than the one asked.",
        asks="By which number is the velocity multiplied?",
    ),
    Mutant(
        id="M10",
        written="only the weight learns",
        replace="SGD([w, b], lr=0.02",
        by="SGD([w], lr=0.02",
        says="The optimizer does not know b, which never moves.",
        asks="Which numbers does the line need?",
    ),
    Mutant(
        id="M11",
        written="all of the velocity kept",
        replace=("self.velocities[at] = self.momentum * self.velocities[at] + parameter.grad"),
        by="self.velocities[at] = self.velocities[at] + parameter.grad",
        says=(
            "Nothing of the velocity is lost from step to step: it is not multiplied by "
            "the momentum."
        ),
        asks="What happens to a ball that loses no speed?",
    ),
]
