"""Tries: to import the grader, the reference engine and the exercises from every folder it knows.
Wall: they are refused wherever they lie, and not to be read.
Says: found []
"""
import importlib, sys

sys.meta_path[:] = [finder for finder in sys.meta_path if type(finder).__name__ != "_Refusal"]
sys.path += [OUTSIDE["root"], OUTSIDE["site"]]
found = []
for name in ("grader.shipped.exercises.key", "reference.scalar", "grader.grading.stages"):
    try:
        found.append(importlib.import_module(name))
    except (ImportError, OSError):
        pass
if found:
    got_through()
raise RuntimeError(f"found {found}")
