"""Two oracles that must agree: our reference engine, and torch, live or recorded.

engine     the textbook engine in `reference/`, as grader.engines.reference
pytorch    torch in float64, asked now; its arrays in torch_arrays   [the only torch users]
drawing    their `trace` and `draw_dot`
recorded   torch's answers to an exercise's own Programs, kept beside it
mutated    a mutant of a solution, as an engine that can be asked
"""
