"""Edits of a submission, defined beside it."""
