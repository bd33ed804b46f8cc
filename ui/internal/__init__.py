"""Pieces that only internal pages show: they read the internal database and may call the intake.

Public pages must not import from here, also not through other modules; a test reads the imports.
"""
