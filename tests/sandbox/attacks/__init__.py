"""Submissions that attack, one file each, and what holds them: see `suite` for what a file says."""
