"""Finds how a submission's engine has what checks ask for: by trying, confirmed by value."""
