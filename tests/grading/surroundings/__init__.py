"""Tests of what surrounds a submission."""
