"""Reading one spelling as municipal clerks really write it: text, dates, counts, flags, municipality codes.

Pure functions on strings. What cannot be taken comes back as the id of a rule, never as an exception.
"""
