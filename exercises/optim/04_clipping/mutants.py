"""What goes wrong in clipping."""

from grader import Mutant

MUTANTS = [
    Mutant(
        id="C1",
        written="no lower bound",
        replace="max(-most, min(most, parameter.grad))",
        by="min(most, parameter.grad)",
        says="Gradients far below 0 are not cut.",
        asks="What is the size of -8?",
    ),
    Mutant(
        id="C2",
        written="the sign is lost",
        replace="max(-most, min(most, parameter.grad))",
        by="min(most, abs(parameter.grad))",
        says="The sign of the gradient is lost.",
        asks="In which direction does the step go after the cut?",
    ),
    Mutant(
        id="C3",
        written="no root",
        replace="** 0.5\n    if",
        by="\n    if",
        says="The length is taken without the root.",
        asks="How long is the arrow (6, -8)?",
    ),
    Mutant(
        id="C4",
        written="always to the length",
        replace="if length > most:",
        by="if True:",
        says="Short gradients are stretched to the length, too.",
        asks="What becomes of a gradient that is nearly 0?",
    ),
    Mutant(
        id="C5",
        written="each by itself",
        replace="parameter.grad *= most / length",
        by="parameter.grad = max(-most, min(most, parameter.grad))",
        says="Each gradient is cut by itself, so the direction changes.",
        asks="Which factor belongs to all of them?",
    ),
    Mutant(
        id="C6",
        written="the length after the cut",
        replace="    return length\n",
        by="    return min(length, most)\n",
        says="What is returned is the length after the cut.",
        asks="What would you like to know about a steep place?",
    ),
    Mutant(
        id="C7",
        written="nothing returned",
        replace="    return length\n",
        by="",
        says="The length is not returned.",
        asks="What does a function give back that has no return?",
    ),
    Mutant(
        id="C8",
        written="cut after the step",
        replace=(
            "        clip_length([w, b], 2.0)\n"
            "        w.data -= 0.1 * w.grad\n"
            "        b.data -= 0.1 * b.grad\n"
        ),
        by=(
            "        w.data -= 0.1 * w.grad\n"
            "        b.data -= 0.1 * b.grad\n"
            "        clip_length([w, b], 2.0)\n"
        ),
        says="The gradient is cut after the step, when it is too late.",
        asks="Which gradient has moved w?",
    ),
    Mutant(
        id="C9",
        written="one at a time",
        replace="clip_length([w, b], 2.0)",
        by="clip_length([w], 2.0), clip_length([b], 2.0)",
        says="Each gradient is cut alone, and not both together.",
        asks="How long are both together?",
    ),
    Mutant(
        id="C10",
        written="another length",
        replace="clip_length([w, b], 2.0)",
        by="clip_length([w, b], 1.0)",
        says="The gradients are cut to another length than the one asked.",
        asks="How long may a gradient be?",
    ),
    Mutant(
        id="C11",
        written="another rate",
        replace="        w.data -= 0.1 * w.grad\n        b.data -= 0.1 * b.grad\n",
        by="        w.data -= 0.01 * w.grad\n        b.data -= 0.01 * b.grad\n",
        says="The training goes by another rate than the one asked.",
        asks="By which number is the gradient multiplied?",
    ),
    Mutant(
        id="C12",
        written="gradients that stay",
        replace=(
            "        w.grad = b.grad = 0.0\n"
            "        loss = (w * x + b - y) ** 2\n"
            "        loss.backward()\n"
            "        clip"
        ),
        by=("        loss = (w * x + b - y) ** 2\n        loss.backward()\n        clip"),
        says=("The gradients are not set to 0, so each pass adds to the one before."),
        asks="What is in .grad before the second backward()?",
    ),
]
