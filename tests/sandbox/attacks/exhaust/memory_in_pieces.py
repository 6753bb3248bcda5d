"""Tries: to take more memory than it may, in small pieces that it keeps.
Wall: RLIMIT_DATA.
Limits: load_s=8
Says: raises MemoryError: used
"""
held = []
while len(held) < 512:
    held.append(b"x" * (1 << 20))
got_through()
