"""Tries: to answer under the right id, which it finds in the frames above it.
Wall: what is answered is compared outside; a right id does not make a wrong number right.
Says: square.data is 7.0, expected
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
    asked = request()
    for number, (steps, *_) in enumerate(asked["programs"]):
        answers = [[step, "number", (7.0).hex(), ""] for step in range(len(steps))]
        send({"id": asked["id"], "number": number, "ended": "answered", "answers": answers,
              "step": None, "fault": None, "detail": ""})
    send({"id": asked["id"], "number": -1})
    os._exit(0)


def send(message):
    body = json.dumps(message).encode()
    for descriptor in range(3, 10):
        try:
            os.write(descriptor, struct.pack(">I", len(body)) + body)
        except OSError:
            pass


Value.__pow__ = forge
