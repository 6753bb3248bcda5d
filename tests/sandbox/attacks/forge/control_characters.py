"""Tries: to rewrite the report where it is shown, by control characters in an error.
Wall: control characters are shown as escapes.
Says: passed 5 of 5 \\r\\u202e
"""
raise RuntimeError("\x1b[2J passed 5 of 5 \r\u202e")
