"""Finding what is wrong in a filled table, in words that its unit can act on."""
