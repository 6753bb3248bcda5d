"""Two oracles that must agree: our reference engine, and torch, live or recorded."""
