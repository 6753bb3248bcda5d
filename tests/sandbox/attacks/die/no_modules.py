"""Tries: to leave the interpreter without its modules.
Wall: the driver holds what it needs from before.
Says: expected | exit status
"""
import sys

sys.modules.clear()
sys.path.clear()
sys.meta_path.clear()
