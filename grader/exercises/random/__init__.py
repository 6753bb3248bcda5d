"""Random Programs, seeded."""
