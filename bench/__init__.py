"""Measures with limits; see scripts/bench."""
