"""What goes wrong at the corner of relu."""

from grader import Mutant

MUTANTS = [
    Mutant(
        id="R3",
        written="0 counted as open",
        replace="(self.data > 0) * out.grad",
        by="(self.data >= 0) * out.grad",
        says="At exactly 0 the gradient passes, and the course has it stop there.",
        asks="On which side of the corner does 0 itself belong?",
    ),
    Mutant(
        id="R3b",
        written="half a slope at 0",
        replace="(self.data > 0) * out.grad",
        by="(0.5 if self.data == 0 else self.data > 0) * out.grad",
        says="At exactly 0 half of the gradient passes, and the course has it stop there.",
        asks="Which of the slopes at the corner has the course chosen?",
    ),
    Mutant(
        id="R5",
        written="shut below 0.001",
        replace="(self.data > 0) * out.grad",
        by="(self.data > 0.001) * out.grad",
        says="Small numbers above 0 are treated as if they were 0.",
        asks="How small may a number be and still be above 0?",
    ),
    Mutant(
        id="R10",
        written="relu without a rule",
        replace="            self.grad += (self.data > 0) * out.grad\n",
        by="            pass\n",
        says="Nothing gets back through relu, open or shut.",
        asks="What is the slope of relu to the right of 0?",
    ),
    Mutant(
        id="R1",
        written="relu lets every gradient through",
        replace="(self.data > 0) * out.grad",
        by="out.grad",
        says="A relu that is shut lets the gradient through.",
        asks="On which side is relu flat?",
    ),
]
