"""A Report, for people and for machines; one file a format. They see results and nothing else."""
