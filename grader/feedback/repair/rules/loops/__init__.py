"""Edits of training loops."""
