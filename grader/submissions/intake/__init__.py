"""What a course handed in: read out of what the LMS exported, whatever its shape."""
