"""Tries: to hand in what another one has handed in.
Wall: own root; landlock.
Says: raises FileNotFoundError: [Errno 2] | raises PermissionError: [Errno 13]
"""
exec(open(OUTSIDE["other"]).read())
