"""The smallest change of a student's own source that makes everything right: the fault itself."""
