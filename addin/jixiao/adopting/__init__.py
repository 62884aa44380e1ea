"""Scoring the bureau's own form: what goes into its cells, and what has to be asked for."""
