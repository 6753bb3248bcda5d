"""Puts together what grading and proving need, for every door: the command line, a notebook.

sitting     an exercise, a submission, a world for it, the oracles
lineup      what an exercise's mutants answer
together    engines with two misconceptions
proving     what proving an exercise needs
examiner    grades one submission after another behind the same walls
examiners   several of them, one a process
crew        proves many exercises at once
"""
