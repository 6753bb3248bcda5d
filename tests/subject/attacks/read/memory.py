"""Tries: to find answers in its own memory, left there by the zygote.
Wall: the zygote knows neither oracles nor exercises.
Says: found []
"""
import gc

found = []
for held in gc.get_objects():
    if type(held) is dict and str(held.get("__name__", "")).startswith(("reference", "exercises")):
        found.append(held["__name__"])
    if type(held).__name__ in ("Exercise", "CheckResult", "Recorded", "Engine"):
        found.append(type(held).__name__)
if found:
    got_through()
raise RuntimeError(f"found {found}")
