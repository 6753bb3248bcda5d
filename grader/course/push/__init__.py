"""Sends marks to an LMS over its REST API: read first, sent once, each change written down."""
