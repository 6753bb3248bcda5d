"""Proves an exercise by grading what it brings along."""
