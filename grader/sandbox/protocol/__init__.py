"""What both ends of the line to a student's process agree on."""
