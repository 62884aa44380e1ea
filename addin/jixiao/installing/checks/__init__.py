"""What `jixiao doctor` looks at: one module for each thing that can be wrong.

Start at `all_checks`. A check is a function that looks at an `Inspection` and gives a `Finding`;
it may fail, and what it cannot look at it says.
"""
