"""The causes of what is wrong, found in a submission's own source."""
