"""The checks, by theme; each is a function from a case to what it came upon."""
