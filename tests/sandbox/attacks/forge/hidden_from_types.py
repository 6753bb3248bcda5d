"""Tries: to be taken for the exercise's own reference: its name, its module, its file.
Wall: nothing of the submission's has a name outside; numbers alone travel.
Says: no class named Value (or Scalar, or Tensor): no class is defined at all
"""
Value.__module__ = "reference.scalar"
Value.__qualname__ = "reference.scalar.Value"
Value.__name__ = "Value"
