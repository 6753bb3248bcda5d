"""Tries: to fill the report: a class and an error with names and messages of a megabyte.
Wall: names and messages are cut in the child, and again by whoever reads them.
Says: value.py raises | replied with
"""
Long = type("L" * 1_000_000, (Exception,), {})
raise Long("x" * 1_000_000)
