"""Tries: to bring down the reader's JSON with brackets nested without end.
Wall: a RecursionError while decoding is a malformed reply.
Says: wrote something that is not a reply
"""
import os, struct

body = b'{"id":' + b"[" * 500_000
for descriptor in range(3, 10):
    try:
        os.write(descriptor, struct.pack(">I", len(body)))
        sent = 0
        while sent < len(body):
            sent += os.write(descriptor, body[sent:])
    except OSError:
        pass
