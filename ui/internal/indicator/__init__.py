"""The sections of the page of one indicator."""
