"""Keeps what a submission's own run does: variables, and backward passes."""
