"""What an exercise is, what it asks, and where it is found."""
