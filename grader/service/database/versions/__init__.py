"""The versions of the database, each a step forward from the one before."""
