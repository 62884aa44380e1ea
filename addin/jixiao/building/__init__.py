"""Building the macro-enabled Excel files from text, byte for byte the same each time."""
