"""Stands in for the real package inside LibreOffice: a few functions that show what arrives."""
