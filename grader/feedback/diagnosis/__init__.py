"""The misconceptions that answer as the submission does."""
