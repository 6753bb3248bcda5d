"""Tries: to end, to print without end and to ask for input from whatever a survey calls.
Wall: what may do so is not tried, or ends the survey and nothing else.
Says: expected 1.524155677489 | raises AttributeError
"""
import sys


class Value:
    def __init__(self, amount): self.amount, self.slope = amount, 0.0
    def __add__(self, other): return Value(self.amount + other.amount)
    def __mul__(self, other): return Value(self.amount * other.amount)
    __sub__ = __pow__ = __add__
    def __neg__(self): return self
    def leave(self): sys.exit(0)
    def gradient_flow(self): raise KeyboardInterrupt
    def back(self):
        while True: print("x" * 10_000)
