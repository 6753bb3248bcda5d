"""Tries: to exchange the code of every function of the driver that gc finds.
Wall: a child that no longer answers has no points.
Says: ended by itself | closed its line | did not come to an end | square.data | exit status
"""
import gc, types

mine = {got_through.__globals__["__name__"]}
nothing = (lambda *_, **__: None).__code__
for held in gc.get_objects():
    if type(held) is types.FunctionType and (held.__module__ or "").startswith("grader."):
        try:
            held.__code__ = nothing
        except ValueError:
            pass
