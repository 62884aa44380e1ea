"""The one error that reading raises."""

from __future__ import annotations


class FormError(Exception):
    """A file in which no evaluation table can be read.

    The message is Chinese and names the file, the sheet where one is to blame, and what to do.
    """


class SheetError(Exception):
    """Why one sheet is passed over while the others are read, as a Chinese sentence."""
