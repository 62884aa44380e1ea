"""The one error this package raises about files."""


class PackageError(Exception):
    """A workbook that cannot be read or written safely.

    The message is a Chinese sentence for the user: what is wrong and, where it helps, what to do.
    """
