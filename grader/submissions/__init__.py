"""What was handed in: read, never run."""
