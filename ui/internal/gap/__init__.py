"""What 地域差 shows: whether there is a gap beyond chance, by groups, over the years, and the gain."""
