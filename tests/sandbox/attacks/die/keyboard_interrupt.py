"""Tries: to raise what ends whoever does not expect it.
Wall: whatever a submission raises is an observation.
Says: raises KeyboardInterrupt
"""
raise KeyboardInterrupt
