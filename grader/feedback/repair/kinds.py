"""The kinds of faults that an edit mends: what each is called, and a question that leads to it."""

from typing import NamedTuple


class FaultKind(NamedTuple):
    """A kind of fault: what is wrong in words, and the question to ask of it."""

    says: str
    asks: str


OF_A_WHOLE = frozenset({"the walk", "whole method"})
"""The kinds that say which function is wrong as a whole, and no line of it."""
KINDS = {
    "overwritten": FaultKind(
        "A new share overwrites what arrived before, where they should add up.",
        "What is in this gradient already when a second share arrives?",
    ),
    "added instead of set": FaultKind(
        "Something is added to what was there before, where it should be set anew.",
        "What is left here from the time before?",
    ),
    "sign of a share": FaultKind(
        "A share is sent with the wrong sign.",
        "Does the result grow or shrink when this operand grows?",
    ),
    "sign": FaultKind(
        "A sign is wrong.",
        "What is the sign of this for a small example, worked out by hand?",
    ),
    "operand": FaultKind(
        "One operand stands where another one belongs.",
        "Whose number, or whose gradient, is needed here?",
    ),
    "data or gradient": FaultKind(
        "A node's number and its gradient are confused, or the node itself stands there.",
        "Is it the number that is needed here, the gradient, or the node?",
    ),
    "upstream missing": FaultKind(
        "The gradient that arrives at the result is left out.",
        "What should arrive here if the result is multiplied by 3 afterwards?",
    ),
    "factor missing": FaultKind(
        "A factor is missing.",
        "Which factor of the formula on paper is not in this line?",
    ),
    "part left out": FaultKind(
        "A part of a list is left out.",
        "Which elements does this take, and which should it take?",
    ),
    "factor too much": FaultKind(
        "A factor or a term stands there that does not belong.",
        "Which part of this is not in the formula on paper?",
    ),
    "operands swapped": FaultKind(
        "The two sides are the wrong way round.",
        "What is 5 - 2, 6 / 3 or 2 ** 3, and what does this line make of it?",
    ),
    "operator": FaultKind(
        "Another operator belongs here.",
        "What does this line give for 2 and 3, by hand?",
    ),
    "constant": FaultKind(
        "A constant number is wrong.",
        "Which number belongs here, and why?",
    ),
    "exponent": FaultKind(
        "An exponent is off.",
        "What is left of the exponent after the power rule?",
    ),
    "formula": FaultKind(
        "The formula is not that of this operation.",
        "What is the derivative of this operation, on paper?",
    ),
    "value": FaultKind(
        "The number that is worked out is not that of this operation.",
        "What does this operation make of 2 and 3, by hand?",
    ),
    "call too much": FaultKind(
        "A function is applied that changes the result.",
        "What does this call do to -2.5?",
    ),
    "condition": FaultKind(
        "A condition is wrong, or one is too much.",
        "For which nodes should this happen, and for which not?",
    ),
    "no result": FaultKind(
        "The result is made, and not returned.",
        "What does a function give that does not return anything?",
    ),
    "another result": FaultKind(
        "Something else is returned than the result that was made.",
        "Which node should the caller get?",
    ),
    "rule not attached": FaultKind(
        "The rule is defined, and never given to the result.",
        "How does backward() find the rule of this node?",
    ),
    "rule called": FaultKind(
        "The rule is called at once, where the function itself should be kept.",
        "When should this rule run: now, or when backward() comes by?",
    ),
    "not called": FaultKind(
        "A function is named, and not called.",
        "What happens in a line that only names a function?",
    ),
    "detached": FaultKind(
        "The result is made from plain numbers, so it does not know its operands.",
        "How does a gradient get from this result to the operands?",
    ),
    "children": FaultKind(
        "The result does not remember all that it was made from, or not in its own place.",
        "What does the walk back read to find the next node?",
    ),
    "number not wrapped": FaultKind(
        "An operand may be a plain number, and is taken for a node.",
        "What has a plain number instead of .data and .grad?",
    ),
    "reflected operator": FaultKind(
        "An operation with a plain number on the left is missing, or the wrong way round.",
        "Which method does Python look for in 2 * a, and in 2 - a?",
    ),
    "missing method": FaultKind(
        "An operation is missing.",
        "Which method does Python look for here?",
    ),
    "first value": FaultKind(
        "A new node begins with the wrong thing here.",
        "What should this be for a node that nothing has happened to yet?",
    ),
    "plain number": FaultKind(
        "The result is a plain number, where it should be a node.",
        "What has the result of this that a number has not?",
    ),
    "name": FaultKind(
        "A name here is not the one that is meant.",
        "Where is this name defined, and under which name is it looked for?",
    ),
    "self missing": FaultKind(
        "The node itself is missing: self, or self and a dot.",
        "How does a method get to the node that it is called on?",
    ),
    "kept on the class": FaultKind(
        "What is kept here belongs to the class, so that all its objects share it.",
        "What does the first result hold when the same operation is used again?",
    ),
    "text": FaultKind(
        "The text of a node is not made as it should be.",
        "What does a method that gives a text return?",
    ),
    "printed": FaultKind(
        "The result is printed, and not returned.",
        "What does a function give that prints?",
    ),
    "seed": FaultKind(
        "The gradient that a pass starts with is not set, or not to the right number.",
        "What is the slope of the result with respect to itself?",
    ),
    "order of lines": FaultKind(
        "A line stands in the wrong place.",
        "What must have happened before this line runs?",
    ),
    "depth of a line": FaultKind(
        "A line stands at the wrong depth: it runs too often, or not often enough.",
        "How many times should this line run?",
    ),
    "line too much": FaultKind(
        "A line does something that should not happen here.",
        "What would be missing without this line?",
    ),
    "line missing": FaultKind(
        "A step is missing here.",
        "What should happen here for each node, and does not?",
    ),
    "share missing": FaultKind(
        "An operand gets no share.",
        "Which operands does this operation have, and what does each get?",
    ),
    "direction of the walk": FaultKind(
        "The nodes are gone through in the wrong direction.",
        "Which node has to be first: the result, or a leaf?",
    ),
    "visited": FaultKind(
        "What was visited before is not kept track of, or not by the node itself.",
        "How often is a node met that is used twice?",
    ),
    "visit": FaultKind(
        "Not every node is met once, after all that it was made from.",
        "Which is met first here: a node, or what it was made from? And how often?",
    ),
    "not met again": FaultKind(
        "What lies below the next nodes is never met.",
        "Who meets the operands of an operand?",
    ),
    "the walk": FaultKind(
        "The walk back over the graph does not reach every node once, each after all its users.",
        "When may a node pass its gradient on: what must have arrived before?",
    ),
    "transpose": FaultKind(
        "A matrix is transposed that should not be, or the other way round, or the order is wrong.",
        "Which shape has each factor here, and which shape should the result have?",
    ),
    "axis": FaultKind(
        "This goes along another axis than it should, or loses an axis that should stay.",
        "Which shape goes in here, which comes out, and which should come out?",
    ),
    "shape": FaultKind(
        "The share has another shape than its operand.",
        "Which shape has this operand, and which shape has what it is sent?",
    ),
    "function": FaultKind(
        "Another function belongs here.",
        "What does this function make of 1, 2 and 3, by hand?",
    ),
    "precision": FaultKind(
        "The numbers are kept in another type than they need.",
        "Which type do the entries of this array have?",
    ),
    "shared array": FaultKind(
        "Two names hold the same array, so that a change of one is a change of the other.",
        "Who else holds this array when it is changed here?",
    ),
    "changed in place": FaultKind(
        "An operand is changed, where a new array should be made.",
        "What does the operand hold afterwards?",
    ),
    "line of its siblings": FaultKind(
        "A step is missing that the operations beside this one have.",
        "What do your other operations do in this method, and this one does not?",
    ),
    "option": FaultKind(
        "An option is given the wrong thing here.",
        "For which operands should this hold: one of them, each of them, or any?",
    ),
    "endless": FaultKind(
        "It calls itself, by itself or through another operation, and never comes to an end.",
        "Which operation does this line need, and which one does that one need in turn?",
    ),
    "zeroing": FaultKind(
        "The gradients are not set back to 0 before each pass, or not all of them.",
        "What is in each gradient when backward() begins to add to it?",
    ),
    "order in the loop": FaultKind(
        "A line of the loop runs at the wrong time.",
        "In which order do these come: the loss, zeros, the pass back, the step?",
    ),
    "step uphill": FaultKind(
        "The step goes along the gradient, and so uphill, or does not start where it is.",
        "Which way does a gradient point: to more loss, or to less?",
    ),
    "step of a parameter": FaultKind(
        "The step changes something else than a parameter's number, or by another's gradient.",
        "Whose number does this line change, and by whose gradient?",
    ),
    "rate": FaultKind(
        "The steps are longer or shorter than the rate that was asked makes them.",
        "By which number is the gradient multiplied before it is subtracted?",
    ),
    "parameter forgotten": FaultKind(
        "A parameter is never moved.",
        "Which parameters does the prediction read, and which of them move?",
    ),
    "number of passes": FaultKind(
        "The loop does not run as often as was asked.",
        "How many steps does this loop make?",
    ),
    "pass from elsewhere": FaultKind(
        "The pass back begins at another node than the loss.",
        "Which number should become smaller, and which node holds it?",
    ),
    "pass too much": FaultKind(
        "There is one pass back too much.",
        "What does a second pass add to the gradients?",
    ),
    "quantity": FaultKind(
        "One quantity stands where another one belongs.",
        "Which of the formula's quantities belongs here?",
    ),
    "term missing": FaultKind(
        "A term is missing.",
        "Which term of the formula on paper is not in this line?",
    ),
    "power": FaultKind(
        "A square or a root is missing, or one too many.",
        "What is squared in the formula on paper, and of what is the root taken?",
    ),
    "parentheses": FaultKind(
        "The parts of the formula are put together in another order.",
        "Where would the parentheses stand on paper?",
    ),
    "not kept": FaultKind(
        "What was there before is lost, where a part of it should stay.",
        "What does this hold before the line runs, and how much of it is left afterwards?",
    ),
    "kept too much": FaultKind(
        "Something is kept for the next time that is meant for this time alone.",
        "What should the next step find here?",
    ),
    "not used": FaultKind(
        "Something is worked out here, and nothing is done with it.",
        "What becomes of the result of this line?",
    ),
    "not counted": FaultKind(
        "The steps are not counted.",
        "What is this number in the first step, in the second, and in the third?",
    ),
    "bias correction": FaultKind(
        "A moving average that begins at 0 is used as it is, without its correction.",
        "How large is this average after the first step, and how large is the gradient?",
    ),
    "one bound": FaultKind(
        "The number is not bounded on both of its sides.",
        "What does this line make of a large number, and of one far below 0?",
    ),
    "one scale for all": FaultKind(
        "Each is changed by itself, where all are multiplied by one number.",
        "By which number is each of them multiplied so that they keep their direction?",
    ),
    "quotient": FaultKind(
        "The quotient takes other points than it should, or does not divide by their distance.",
        "Which two points does this quotient look at, and how far are they apart?",
    ),
    "curve": FaultKind(
        "The number goes along another curve than it should.",
        "What should this be at the beginning, in the middle, and at the end?",
    ),
    "once alone": FaultKind(
        "A change happens once, where it should happen again and again.",
        "What should this be after twice as many steps?",
    ),
    "not gathered": FaultKind(
        "Something that the object keeps is not in this list.",
        "What does this object keep, and what of it does the list hold?",
    ),
    "order of elements": FaultKind(
        "The elements stand in another order than they should.",
        "Which comes first, and which last?",
    ),
    "list of lists": FaultKind(
        "The list holds lists where it should hold their elements, or the other way round.",
        "What is the first element of this list: an object, or a list of them?",
    ),
    "shared element": FaultKind(
        "One object stands in the list many times, where each should be an object of its own.",
        "How many objects are made in this line?",
    ),
    "all for one": FaultKind(
        "All are counted, where one of them is asked for.",
        "Which one of them is asked for, and where does this line take it?",
    ),
    "function missing": FaultKind(
        "A function is not applied.",
        "Which function stands here in the formula on paper?",
    ),
    "decision": FaultKind(
        "A condition is wrong, missing or too much.",
        "When should this happen, and when not?",
    ),
    "result": FaultKind(
        "Something else is returned than should be.",
        "What should the caller get?",
    ),
    "whole method": FaultKind(
        "This method as a whole does something else than it should.",
        "What should this method do, step by step, on paper?",
    ),
}
"""The id of a kind → what it is called, and asked."""
