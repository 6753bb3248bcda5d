"""The service: a course on the web, where students hand in and see why."""
