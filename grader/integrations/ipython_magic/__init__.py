"""`%grade` inside a notebook: the other door to the grader, beside the command line."""
