"""The names of the plugin's options in pytest's settings."""

EXERCISES, SUBMISSION, HINTS = "grade_exercises", "grade_submission", "grade_hints"
SELECTED = "grade_selected"
