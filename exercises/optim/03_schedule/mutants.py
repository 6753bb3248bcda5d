"""What goes wrong in schedules."""

from grader import Mutant

MUTANTS = [
    Mutant(
        id="R1",
        written="a slope in place of stairs",
        replace="factor ** (made // every)",
        by="factor ** (made / every)",
        says=(
            "The rate falls a little with each step, where it should stay and then fall at once."
        ),
        asks="How large is the rate one step before the stair?",
    ),
    Mutant(
        id="R2",
        written="one step early",
        replace="factor ** (made // every)",
        by="factor ** ((made + 1) // every)",
        says="The stairs come one step early: the first step is number 0.",
        asks="After how many steps does the rate change first?",
    ),
    Mutant(
        id="R3",
        written="one stair alone",
        replace="factor ** (made // every)",
        by="(factor if made >= every else 1.0)",
        says="The rate changes once, and never again.",
        asks="How large is it after twice as many steps?",
    ),
    Mutant(
        id="R4",
        written="the factor taken off",
        replace="base * factor ** (made // every)",
        by="base - factor * (made // every)",
        says="The factor is taken off the rate, where it should multiply it.",
        asks="What is half of a rate?",
    ),
    Mutant(
        id="R5",
        written="the whole wave",
        replace="math.cos(math.pi * made / steps)",
        by="math.cos(2 * math.pi * made / steps)",
        says="The cosine goes through a whole wave, and the rate grows again.",
        asks="Where is the cosine -1?",
    ),
    Mutant(
        id="R6",
        written="a cosine below 0",
        replace="base * (1 + math.cos(math.pi * made / steps)) / 2",
        by="base * math.cos(math.pi * made / steps)",
        says="The rate follows the cosine itself, which falls below 0.",
        asks="What happens in a step with a rate below 0?",
    ),
    Mutant(
        id="R7",
        written="a straight line",
        replace="base * (1 + math.cos(math.pi * made / steps)) / 2",
        by="base * (1 - made / steps)",
        says="The rate falls along a straight line.",
        asks="How much does the cosine fall at the very beginning?",
    ),
    Mutant(
        id="R8",
        written="the rate of the beginning",
        replace="rate = in_stairs(0.1, made, 6, 0.5)",
        by="rate = in_stairs(0.1, 0, 6, 0.5)",
        says="The rate of the training never changes.",
        asks="Which number of the schedule grows from step to step?",
    ),
    Mutant(
        id="R9",
        written="epochs counted for steps",
        replace="rate = in_stairs(0.1, made, 6, 0.5)",
        by="rate = in_stairs(0.1, epoch, 6, 0.5)",
        says="Epochs are counted where steps are asked.",
        asks="How many steps are there in an epoch?",
    ),
    Mutant(
        id="R10",
        written="steps counted too early",
        replace="made += 1\n",
        by="made += 2\n",
        says="Each step is counted twice.",
        asks="How much larger is `made` after one step?",
    ),
    Mutant(
        id="R11",
        written="gradients that stay",
        replace="        w.grad = b.grad = 0.0\n",
        by="",
        says=("The gradients are not set to 0, so each pass adds to the one before."),
        asks="What is in .grad before the second backward()?",
    ),
]
