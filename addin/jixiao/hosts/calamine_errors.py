"""Whatever calamine raises, as the error of a file that cannot be read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from python_calamine import CalamineError

from jixiao.ooxml import PackageError

_UNREADABLE = "读不出单元格内容。请用 Excel 或 WPS 打开该文件，另存为 .xlsx 后再试。"


@contextmanager
def unreadable_is_an_error() -> Iterator[None]:
    """Turn whatever calamine raises into a PackageError."""
    try:
        yield
    except (CalamineError, ValueError) as error:
        raise PackageError(_UNREADABLE) from error
    except BaseException as error:
        # A panic of its Rust code is no Exception, and its class has no name to import.
        if type(error).__name__ == "PanicException":
            raise PackageError(_UNREADABLE) from error
        raise
