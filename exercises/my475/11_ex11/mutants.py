"""What goes wrong in a loop of gradient descent."""

from grader import Mutant

MUTANTS = [
    Mutant(
        id="K1",
        written="the gradients never set back to 0",
        replace="""\
    w.grad = 0.0
    b.grad = 0.0
    loss.backward()
    w.data -= rate * w.grad
    b.data -= rate * b.grad
""",
        by="""\
    loss.backward()
    w.data -= rate * w.grad
    b.data -= rate * b.grad
""",
        says="Yesterday's gradient still counts: it is added to today's.",
        asks="What is in the gradient before backward adds to it?",
    ),
    Mutant(
        id="K2",
        written="+ for -",
        replace="""\
    w.grad = 0.0
    b.grad = 0.0
    loss.backward()
    w.data -= rate * w.grad
    b.data -= rate * b.grad
""",
        by="""\
    w.grad = 0.0
    b.grad = 0.0
    loss.backward()
    w.data += rate * w.grad
    b.data += rate * b.grad
""",
        says="The parameters go the way the loss rises.",
        asks="Which way does a gradient point?",
    ),
    Mutant(
        id="K3",
        written="a rate of 0.01",
        replace="""\
    w.grad = 0.0
    b.grad = 0.0
    loss.backward()
    w.data -= rate * w.grad
    b.data -= rate * b.grad
""",
        by="""\
    w.grad = 0.0
    b.grad = 0.0
    loss.backward()
    w.data -= 0.01 * w.grad
    b.data -= 0.01 * b.grad
""",
        says="The steps are right in direction, and shorter than asked.",
        asks="By what is the gradient multiplied?",
    ),
    Mutant(
        id="K3b",
        written="a rate of 1",
        replace="""\
    w.grad = 0.0
    b.grad = 0.0
    loss.backward()
    w.data -= rate * w.grad
    b.data -= rate * b.grad
""",
        by="""\
    w.grad = 0.0
    b.grad = 0.0
    loss.backward()
    w.data -= w.grad
    b.data -= b.grad
""",
        says="The gradient is subtracted whole, without a learning rate.",
        asks="How far does one step go?",
    ),
    Mutant(
        id="K4",
        written="the gradients changed, not the values",
        replace="""\
    w.grad = 0.0
    b.grad = 0.0
    loss.backward()
    w.data -= rate * w.grad
    b.data -= rate * b.grad
""",
        by="""\
    w.grad = 0.0
    b.grad = 0.0
    loss.backward()
    w.grad -= rate * w.grad
    b.grad -= rate * b.grad
""",
        says="The gradients are changed, and the values that the model reads stay as they are.",
        asks="Which attribute does the prediction read?",
    ),
    Mutant(
        id="K9",
        written="the gradients set to 0 between backward and the step",
        replace="""\
    w.grad = 0.0
    b.grad = 0.0
    loss.backward()
    w.data -= rate * w.grad
    b.data -= rate * b.grad
""",
        by="""\
    loss.backward()
    w.grad = 0.0
    b.grad = 0.0
    w.data -= rate * w.grad
    b.data -= rate * b.grad
""",
        says="The gradients are set to 0 after they were found, and before they are used.",
        asks="What does the step use?",
    ),
    Mutant(
        id="K5",
        written="w = w - rate * gradient, as a Value",
        replace="""\
    w.grad = 0.0
    b.grad = 0.0
    loss.backward()
    w.data -= rate * w.grad
    b.data -= rate * b.grad
""",
        by="""\
    w.grad = 0.0
    b.grad = 0.0
    loss.backward()
    w = w - Value(rate * w.grad)
    b = b - Value(rate * b.grad)
""",
        says="The parameter has become the result of a subtraction, and the graph grows.",
        asks="What is below w after the first step?",
    ),
    Mutant(
        id="K12",
        written="=- for -=",
        replace="""\
    w.grad = 0.0
    b.grad = 0.0
    loss.backward()
    w.data -= rate * w.grad
    b.data -= rate * b.grad
""",
        by="""\
    w.grad = 0.0
    b.grad = 0.0
    loss.backward()
    w.data =- rate * w.grad
    b.data =- rate * b.grad
""",
        says="The parameters are overwritten by the step, when they should be reduced by it.",
        asks="What is left of the old value?",
    ),
    Mutant(
        id="K16",
        written="only the bias moves",
        replace="""\
    w.grad = 0.0
    b.grad = 0.0
    loss.backward()
    w.data -= rate * w.grad
    b.data -= rate * b.grad
""",
        by="""\
    w.grad = 0.0
    b.grad = 0.0
    loss.backward()
    b.data -= rate * b.grad
""",
        says="Only the bias is moved, and the weight keeps its first value.",
        asks="Which numbers does the loss depend on?",
    ),
    Mutant(
        id="K10",
        written="only the weight moves",
        replace="""\
    w.grad = 0.0
    b.grad = 0.0
    loss.backward()
    w.data -= rate * w.grad
    b.data -= rate * b.grad
""",
        by="""\
    w.grad = 0.0
    b.grad = 0.0
    loss.backward()
    w.data -= rate * w.grad
""",
        says="Only the weight is moved, and the bias keeps its first value.",
        asks="Which numbers does the loss depend on?",
    ),
    Mutant(
        id="K17",
        written="gradients zeroed by one parameter alone",
        replace="""\
    w.grad = 0.0
    b.grad = 0.0
    loss.backward()
    w.data -= rate * w.grad
    b.data -= rate * b.grad
""",
        by="""\
    w.grad = 0.0
    loss.backward()
    w.data -= rate * w.grad
    b.data -= rate * b.grad
""",
        says="The bias's old gradient still counts: it is added to today's.",
        asks="Which gradients have to be 0 before backward?",
    ),
    Mutant(
        id="K18",
        written="backward on the prediction",
        replace="""\
    w.grad = 0.0
    b.grad = 0.0
    loss.backward()
    w.data -= rate * w.grad
    b.data -= rate * b.grad
""",
        by="""\
    w.grad = 0.0
    b.grad = 0.0
    y_pred.backward()
    w.data -= rate * w.grad
    b.data -= rate * b.grad
""",
        says="These are the gradients of the prediction, and the loss is what should go down.",
        asks="Which number is to become small?",
    ),
    Mutant(
        id="K19",
        written="backward called twice",
        replace="""\
    w.grad = 0.0
    b.grad = 0.0
    loss.backward()
    w.data -= rate * w.grad
    b.data -= rate * b.grad
""",
        by="""\
    w.grad = 0.0
    b.grad = 0.0
    loss.backward()
    loss.backward()
    w.data -= rate * w.grad
    b.data -= rate * b.grad
""",
        says="The gradients were sent back twice, and have added up.",
        asks="How often does one loss send its gradients back?",
    ),
    Mutant(
        id="K6",
        written="the graph built once, before the loop",
        replace="""\
for _ in range(100):
    a = x * w
    y_pred = a + b
    err = y_pred - y
    loss = err**2
    w.grad = 0.0
""",
        by="""\
a = x * w
y_pred = a + b
err = y_pred - y
loss = err**2
for _ in range(100):
    w.grad = 0.0
""",
        says="The graph is built once, so the loss is never computed again from the new values.",
        asks="Which line computes the loss of the second step?",
    ),
    Mutant(
        id="K7",
        written="the loss made from plain numbers",
        replace="""\
    err = y_pred - y
    loss = err**2
    w.grad""",
        by="""\
    err = Value(y_pred.data - y.data)
    loss = err**2
    w.grad""",
        says="The graph is cut before the loss, so nothing gets back to its parameters.",
        asks="Which Values was the error made from?",
    ),
    Mutant(
        id="K8",
        written="the prediction made from w.data",
        replace="""\
    a = x * w
""",
        by="""\
    a = x * Value(w.data)
""",
        says="The prediction is made from a copy of the weight, to which the gradient goes.",
        asks="Which Value receives the gradient?",
    ),
    Mutant(
        id="K13",
        written="the error taken for the loss",
        replace="""\
    loss = err**2
""",
        by="""\
    loss = err
""",
        says="The error is not squared, so the loss has no least value.",
        asks="How small can the error become, and how small its square?",
    ),
    Mutant(
        id="K15",
        written="fifty steps",
        replace="for _ in range(100):",
        by="for _ in range(50):",
        says="Fewer steps were made than asked.",
        asks="How often does the loop run?",
    ),
    Mutant(
        id="K15b",
        written="a step too many",
        replace="for _ in range(100):",
        by="for _ in range(101):",
        says="One step was made too many.",
        asks="How often does the loop run?",
    ),
    Mutant(
        id="K21",
        written="the step by a formula of its own",
        replace="""\
    w.grad = 0.0
    b.grad = 0.0
    loss.backward()
    w.data -= rate * w.grad
    b.data -= rate * b.grad
""",
        by="""\
    slope = 2 * (x.data * w.data + b.data - y.data)
    w.data -= rate * slope * x.data
    b.data -= rate * slope
""",
        says="The numbers are right, and not the engine's: a formula for this one loss made them.",
        asks="What would the formula be for a network of a thousand parameters?",
    ),
    Mutant(
        id="K22",
        written="the square halved",
        replace="""\
    loss = err**2
""",
        by="""\
    loss = err**2 * 0.5
""",
        says="The loss is half of what was asked, and so is each gradient.",
        asks="What is the loss of the first step?",
    ),
]
