"""A Report in the formats that other systems read."""
