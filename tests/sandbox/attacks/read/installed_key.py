"""Tries: to read the exercises where they are installed beside other packages.
Wall: an empty folder lies over them; landlock allows the other packages alone.
Says: raises FileNotFoundError: [Errno 2] | raises PermissionError: [Errno 13]
"""
exec(open(OUTSIDE["site"] + "/grader/shipped/exercises/key.py").read())
