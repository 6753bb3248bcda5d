"""Around the student's process, on Linux."""
