"""Looks at what a submission defines and uses, without running it."""
