"""Tries: to read the solution, by its path.
Wall: own root; landlock.
Says: raises FileNotFoundError: [Errno 2] | raises PermissionError: [Errno 13]
"""
exec(open(OUTSIDE["key"]).read())
