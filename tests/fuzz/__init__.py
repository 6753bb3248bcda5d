"""Feeds what reads strangers' files with what no stranger has thought of yet."""
