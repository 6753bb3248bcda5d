"""The smallest Program that still fails."""
