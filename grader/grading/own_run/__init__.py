"""Judges what a submission's own run did: variables, output, trainings."""
