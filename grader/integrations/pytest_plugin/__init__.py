"""Checks as items of pytest: for editors' panels, and whatever else reads pytest."""
