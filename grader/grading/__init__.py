"""A submission in, a Report out; the same for each mutant proves an exercise."""
