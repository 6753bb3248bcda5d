"""Tries: to go on as another program, of which no filter of Python's knows.
Wall: system calls: no program can be executed.
Says: raises PermissionError: [Errno 1] Operation not permitted
"""
import os

os.execv("/usr/bin/env", ["env", "true"])
