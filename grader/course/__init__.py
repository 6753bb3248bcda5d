"""A whole class: graded, marked, compared, given back."""
