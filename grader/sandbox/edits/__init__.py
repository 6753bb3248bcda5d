"""Edits of a submission, asked in its own process."""
