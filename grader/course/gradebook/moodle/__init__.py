"""Moodle's own files: the offline grading worksheet, and the zip of feedback files."""
