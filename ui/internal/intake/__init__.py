"""The sections of the intake page, one module each. They hand files to the loader and show what it said."""
