"""A Report as a page."""
