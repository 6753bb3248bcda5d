"""The first wrong node of a graph, and the lines at fault."""
