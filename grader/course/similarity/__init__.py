"""Finds submissions that are alike beyond what the starter and the crowd explain."""
