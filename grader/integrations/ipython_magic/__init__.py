"""`%grade` inside a notebook: the other door to the grader, beside the command line.

extension  registers the magic, for `%load_ext grader`
words      what was asked for, read off the magic's line
live       grades what the kernel holds
runs       leaves out what only a run from top to bottom can tell
fresh      grades the saved notebook, and finds it
grading    what the magic does with its line
shown      what stands in the cell
ours       keeps the grader's modules and the student's apart in one process
"""
