"""Sections of the page 相互紹介. Each keeps its finished small things (figure, sentences) by version and filters."""
