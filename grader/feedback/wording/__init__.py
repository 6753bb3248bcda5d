"""Programs, answers and faults in a student's words."""
