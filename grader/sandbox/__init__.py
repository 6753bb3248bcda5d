"""Student code, elsewhere: a Program goes in, an Observation comes out."""
