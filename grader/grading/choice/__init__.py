"""Chooses what of a submission is graded: the file, the class, and the version of it."""
