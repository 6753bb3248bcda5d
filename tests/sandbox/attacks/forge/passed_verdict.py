"""Tries: to send the verdict instead of answers: passed, with full score.
Wall: a child has no word for a verdict; a message with other fields is malformed.
Says: closed its line | replied | wrote a forged reply | wrote something that is not a reply
"""
import json, os, struct, sys


def request():
    frame = sys._getframe()
    while frame:
        for value in list(frame.f_locals.values()):
            if type(value) is dict and "programs" in value and "id" in value:
                return value
        frame = frame.f_back


def forge(self, power):
    message = {"id": request()["id"], "passed": True, "score": 5.0, "outcome": "passed"}
    body = json.dumps(message).encode()
    for descriptor in range(3, 10):
        try:
            os.write(descriptor, struct.pack(">I", len(body)) + body)
        except OSError:
            pass
    os._exit(0)


Value.__pow__ = forge
