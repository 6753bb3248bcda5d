"""Commands of the service: serve it, run it, hand in to it."""
