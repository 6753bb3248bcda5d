"""In the student's process: loads a submission, and answers."""
