"""The rules of the field for engines of arrays, and for operations that are classes."""
