"""Which misconceptions answer as the submission does."""
