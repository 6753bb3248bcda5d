"""Tries: to hide a wrong rule behind numbers that it says are held in few digits.
Wall: single precision allows for roundings of the graph that was asked, and for no more.
Says: expected 1.524155677489
"""
import numpy


def rough(self, n):
    out = Value(numpy.float32(self.data) ** n * 1.001)
    out._children = (self,)
    return out


Value.__pow__ = rough
