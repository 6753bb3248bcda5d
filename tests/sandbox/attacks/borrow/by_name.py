"""Tries: to wrap an engine that is installed, by importing it.
Wall: what is imported in the process that is asked holds no numbers, and says whose it is.
Says: Value uses tinygrad
"""
import tinygrad

class Value(tinygrad.Value):
    pass
