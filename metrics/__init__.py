"""Indicators: their definitions, the cube they fill, and the estimates read from it."""
