"""Slides: how the blocks of a pack are laid out, measured and drawn as shapes, tables and charts that can be edited."""
