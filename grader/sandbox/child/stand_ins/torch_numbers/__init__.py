"""Stands in for torch where it is forbidden: it holds numbers as torch does, and no gradients."""
