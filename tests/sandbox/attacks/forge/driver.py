"""Tries: to replace the driver's functions, found by name in every frame above.
Wall: what the driver can be made to say is still compared outside.
Says: closed its line | ended by itself | square.data is 7.0 | replied | did not come to an end
"""
import sys

frame = sys._getframe()
while frame:
    for name in ("execute", "answer", "serve", "observation_to", "fault_of", "pack"):
        if name in frame.f_globals:
            frame.f_globals[name] = lambda *_, **__: {"passed": True, "score": 5}
    frame = frame.f_back
