"""Stands in for Excel: loads xlwings' DLL and does what the host module JxHost does there.

Runs in a Python on Windows, native or under Wine, started by the tests on the other side, which
speak JSON lines with it (``python -m windows.client``).
"""
