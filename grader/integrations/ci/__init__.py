"""Grades where nobody is at the terminal: finds out where that is, and what it wants."""
