"""What the overview shows: facts, key figures, the heat table."""
