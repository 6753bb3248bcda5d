"""The first wrong node of a graph, and the lines to blame."""
