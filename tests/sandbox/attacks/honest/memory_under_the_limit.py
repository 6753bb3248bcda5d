"""Tries: nothing; it uses 200 MB where it may use 256.
Wall: none is to answer.
Engine: right
Says:
Limits: load_s=8 program_s=2
"""
held = bytearray(200 << 20)
held[:: 1 << 12] = b"x" * (200 << 8)
