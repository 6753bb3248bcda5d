"""Misconceptions made executable, asked as a submission is."""
