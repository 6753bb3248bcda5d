"""Why it is wrong: the smallest counterexample, the first wrong node, the misconception."""
