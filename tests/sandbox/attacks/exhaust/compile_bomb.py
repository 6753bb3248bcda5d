"""Tries: to have a short source compile to a constant of gigabytes.
Wall: what is compiled is compiled in the child, which has limits.
Says: raises MemoryError | did not come to an end: stopped after | raises RecursionError
"""
compile("(1,) * 9999 * 9999 * 9999\n" + "((((" * 40 + "))))" * 40, "bomb", "exec")
exec("x = " + "-" * 90_000 + "1")
exec("x = " + "[" * 150 + "9**9**9" + "]" * 150)
