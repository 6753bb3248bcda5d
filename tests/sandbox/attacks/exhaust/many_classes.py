"""Tries: to define more classes than anybody wants to hear of.
Wall: the list of classes is bounded, in the child and outside.
Limits: load_s=6
Says: expected | replied | found | wrote something
"""
for number in range(3000):
    globals()[f"Value{number}"] = type(f"Value{number}", (), {"backward": lambda self: None})
