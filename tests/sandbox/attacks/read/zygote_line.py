"""Tries: to speak on the zygote's line, whose socket it finds in the frames above: its own good end.
Wall: that descriptor is closed in a child; what has its number by now is the child's own line.
Says: wrote something that is not a reply | wrote a forged reply
"""
import json, os, sys

frame = sys._getframe()
while frame:
    for value in [*frame.f_locals.values(), *vars(frame.f_locals.get("self", object)).values()]:
        if type(value).__name__ == "socket":
            for message in ({"ended": os.getpid(), "status": 0}, {"begun": 1}):
                try:
                    os.write(value.fileno(), json.dumps(message).encode())
                except OSError:
                    pass
    frame = frame.f_back
