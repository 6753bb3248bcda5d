"""The rules by which formulas beside an engine are edited: of optimizers, networks and rates."""
