"""Tries: to confuse whoever reads the line with bytes that are no frame.
Wall: a frame that is too large or no JSON object ends the submission.
Says: wrote something that is not a reply
"""
import os

for descriptor in range(3, 256):
    try:
        os.write(descriptor, b"\xff\xff\xff\xff" * 64)
    except OSError:
        pass
while True:
    pass
