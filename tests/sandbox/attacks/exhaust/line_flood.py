"""Tries: to fill the grader's memory by way of the line.
Wall: a frame is bounded, and one that nobody asked for ends the submission.
Says: wrote a forged reply | wrote something that is not a reply
"""
import os, struct

body = b'{"id":"0","x":"' + b"x" * 900_000 + b'"}'
while True:
    for descriptor in range(3, 8):
        try:
            os.write(descriptor, struct.pack(">I", len(body)) + body)
        except OSError:
            pass
