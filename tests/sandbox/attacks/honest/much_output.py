"""Tries: nothing; it prints as much as it may, nearly.
Wall: none is to answer.
Engine: right
Says:
"""
for _ in range(600):
    print("x" * 99)
