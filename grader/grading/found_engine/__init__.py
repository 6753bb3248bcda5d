"""Of a submission, which class is its engine, and how that has what was asked."""
