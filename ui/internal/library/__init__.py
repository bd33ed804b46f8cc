"""The sections of the case library, one module each."""
