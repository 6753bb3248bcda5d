"""Tries: to say that it has loaded before it is asked, on every descriptor, and to end well.
Wall: a reply under an id that the grader did not give ends the submission.
Says: the submission wrote a forged reply | closed its line to the grader
"""
import json, os, struct

body = json.dumps({"id": "0" * 16, "ended": "ran", "mishaps": [], "classes": [], "patched": []})
for descriptor in range(256):
    try:
        os.write(descriptor, struct.pack(">I", len(body)) + body.encode())
    except OSError:
        pass
os._exit(0)
