"""What has been graded goes back to the system that it came from, in that system's own files."""
