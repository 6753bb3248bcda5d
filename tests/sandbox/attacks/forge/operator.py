"""Tries: to have the steps of a Program computed by its own operator.sub and operator.pow.
Wall: the driver holds the operators from before; answers are compared outside.
Says: it replaces operator.add, operator.mul, operator.pow, operator.sub
"""
import operator


class Says:
    data = 1.524155677489
    grad = 1.0


operator.pow = operator.sub = operator.add = operator.mul = lambda *_: Says()
