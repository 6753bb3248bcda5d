"""The database: people, courses, submissions, gradings, and who did what."""
