"""Removing a person from the grading folder, and showing that nothing is left."""
