"""Judges trainings that step by a rule beyond plain descent, and says what they go by."""
