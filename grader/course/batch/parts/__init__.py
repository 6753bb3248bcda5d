"""The parts of a course: what was handed in at one time, for some of its exercises."""
