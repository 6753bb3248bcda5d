"""The student's end of a recorded run: a thin class in the place of their engine."""
