"""The entries of a recorded run as they travel: a code and two fields each, in one flat list.

Those up to `OWN` make a node, and nodes are numbered from 1 in the order in which they are made. A
field is the number of a node, or a plain number where `RIGHT` or `LEFT` is added to the code.
"""

LEAF = 0  # its value; the place where it was made, 0 where that tells nothing
ADD, SUBTRACT, MULTIPLY, DIVIDE, POWER = 1, 2, 3, 4, 5
NEGATE, RELU, TANH, EXP, LOG, SIGMOID, ABSOLUTE = 6, 7, 8, 9, 10, 11, 12
OWN = 13  # its value; its name, its operands, and their slopes where these are known
RIGHT, LEFT = 16, 32  # the right, or the left, operand is a plain number

SET_DATA, SET_GRAD = 64, 65  # a node, a number
DATA, GRAD = 66, 67  # a node, whose value or gradient is asked
BACKWARD = 68  # the root; how to go back, where, and what is asked is the next rule of its own
DONE = 69  # a rule of its own is through, and the next one is asked
RULE = 70  # a node, whose gradient goes to its operands
BECOME = 71  # a leaf that has been given operands: its name, operands, slopes
FREE = 72  # nodes that the submission has lost, in a list
LOOK = 73  # nodes, whose values and gradients are asked, and which the submission does not read
STATEMENT = 74  # a statement or a cell has come to its end
UNFIT = 75  # why the run cannot be recorded

NAMES = {
    ADD: "+",
    SUBTRACT: "-",
    MULTIPLY: "*",
    DIVIDE: "/",
    POWER: "**",
    NEGATE: "neg",
    RELU: "relu",
    TANH: "tanh",
    EXP: "exp",
    LOG: "log",
    SIGMOID: "sigmoid",
    ABSOLUTE: "abs",
}
