"""Tries: to find answers in its own memory, left there by the zygote: all that can be reached.
Wall: the zygote knows neither oracles nor exercises.
Limits: load_s=8
Says: found []
"""
import gc, sys

ANSWERS = ("Exercise", "CheckResult", "Recorded", "Engine", "Question", "Nursery")
found, seen, left = [], set(), gc.get_objects() + [vars(one) for one in sys.modules.values()]
frame = sys._getframe().f_back
while frame:
    left += [frame.f_locals, frame.f_globals]
    frame = frame.f_back
seen.update(map(id, (found, seen, left, globals(), ANSWERS)))
while left:
    held = left.pop()
    if id(held) in seen:
        continue
    seen.add(id(held))
    if type(held) is dict:
        name = held.get("__name__", "")
        if type(name) is str and name.startswith(("reference.", "exercises.", "grader.engines.oracles")):
            found.append(name)
    if isinstance(held, type) and held.__name__ in ANSWERS:
        found.append(held)
    left += gc.get_referents(held)
if len(seen) < 10_000 or found:
    got_through()
raise RuntimeError(f"found {found}")
