"""Tries: to break the frames by replacing struct.
Wall: the driver holds its header from before.
Says: square.data is 7.0, expected
"""
import struct

struct.pack = struct.unpack = struct.Struct = lambda *_: None
