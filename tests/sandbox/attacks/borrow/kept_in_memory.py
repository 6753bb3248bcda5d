"""Tries: to find an installed engine among the objects of the process, or in what is mapped.
Wall: the engine is not in the process, nor was it in the one that it was forked from.
Says: raises IndexError
"""
import gc, sys

theirs = [one for one in gc.get_objects() if getattr(one, "__module__", "") == "tinygrad"]
classes = [one for one in theirs if type(one) is type]
Value = classes[0]
