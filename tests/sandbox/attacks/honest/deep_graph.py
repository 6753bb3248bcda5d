"""Tries: nothing; its engine goes through a chain of 900 nodes.
Wall: none is to answer.
Engine: right
Says:
"""
x = total = Value(1.0)
for _ in range(400):
    total = total + x
total.backward()
assert x.grad == 401
