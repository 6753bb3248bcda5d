"""The queue: submissions wait, workers grade them, and none is lost on the way."""
