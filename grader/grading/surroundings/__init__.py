"""What surrounds a submission here, and it may have wanted otherwise: packages, walls, Python."""
