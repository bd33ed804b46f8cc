"""Sections of the page 日常の連携."""
