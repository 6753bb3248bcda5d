"""Tries: to run the source of an installed engine as its own.
Wall: an empty folder lies over it; in tier container landlock lets it not be read.
Says: raises FileNotFoundError: [Errno 2] | raises PermissionError: [Errno 13] | Errno 20
"""
exec(open(OUTSIDE["engine"]).read())
