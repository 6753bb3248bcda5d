# asks: my475/ex9
# kind: process ends
import ctypes

{right/eq_without_hash}

ctypes.string_at(0)
