"""Tries: to reach the driver's own encoder through the frames above, and to have it say 1.0.
Wall: whatever the driver is made to say is compared outside.
Says: square.data is 1.0, expected 1.524155677489 | wrote a forged reply | exit status
"""
import sys


def lying(encode):
    def lie(message):
        answers = [[step, kind, (1.0).hex(), ""] for step, kind, *_ in message.get("answers", [])]
        return encode({**message, "answers": answers} if answers else message)
    return lie


frame = sys._getframe()
while frame:
    pack = frame.f_globals.get("pack")
    if hasattr(pack, "__globals__") and "_encode_json" in pack.__globals__:
        pack.__globals__["_encode_json"] = lying(pack.__globals__["_encode_json"])
        break
    frame = frame.f_back
