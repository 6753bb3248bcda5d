"""A run recorded on an engine of the grader's, in the grader's process."""
