"""Tries: to make every comparison come out equal, in builtins.
Wall: answers are compared in another process; the language is put right after each turn.
Says: it replaces builtins.__import__, builtins.abs, builtins.all, builtins.any, builtins.float
"""
import builtins


def patch():
    builtins.abs = lambda _: 0
    builtins.float = lambda _: 1.524155677489
    builtins.isinstance = builtins.issubclass = builtins.all = builtins.any = lambda *_: True
    builtins.len = builtins.max = builtins.min = lambda *_: 0
    builtins.__import__ = lambda name, *_: None


patch()
