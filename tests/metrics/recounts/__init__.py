"""Naive recounts of the indicators, row by row in Python: the slow, obvious second implementation."""
