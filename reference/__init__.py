"""A textbook engine for automatic differentiation; it needs nothing but the standard library."""
