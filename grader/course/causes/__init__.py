"""The causes in what a class handed in, found once its marks are there."""
