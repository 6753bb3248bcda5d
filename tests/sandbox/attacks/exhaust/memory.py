"""Tries: to take more memory than it may.
Wall: RLIMIT_DATA.
Says: raises MemoryError: used
"""
held = bytearray(512 << 20)
got_through()
