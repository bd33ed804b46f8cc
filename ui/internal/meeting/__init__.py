"""Sections of the page 会議体. Each keeps its finished small things (figure, sentences) by version and filters."""
