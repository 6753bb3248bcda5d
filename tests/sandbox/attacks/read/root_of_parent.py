"""Tries: to reach the key through the root folder of another process.
Wall: no /proc; landlock.
Says: found []
"""
found = []
for number in [*OUTSIDE["processes"], OUTSIDE["grader"], "self", 1]:
    try:
        found.append(open(f"/proc/{number}/root{OUTSIDE['key']}").read())
    except OSError:
        pass
if found:
    got_through()
raise RuntimeError(f"found {found}")
