"""The rules of the field by which a source is edited, one kind of place after another."""
