"""Runs a Program against any engine, in the student's process too: standard library alone."""
