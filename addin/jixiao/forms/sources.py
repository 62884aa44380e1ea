"""What kind of file it is, by its bytes, and its sheets or tables as grids."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from jixiao.forms.docx_source import DOCUMENT, docx_grids
from jixiao.forms.errors import SheetError
from jixiao.forms.grid import Grid
from jixiao.forms.ods_source import CONTENT, ods_grids
from jixiao.forms.xlsx_source import xlsx_grids
from jixiao.ooxml import PackageError, file_bytes
from jixiao.ooxml.foreign_files import describe_other_file
from jixiao.ooxml.zip_archive import ZipArchive

_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORKBOOK_STREAMS = tuple(name.encode("utf-16-le") for name in ("Workbook", "Book"))
_WORD_STREAM = "WordDocument".encode("utf-16-le")
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"

_EXTENSIONS = {
    "xlsx": (".xlsx", ".xlsm", ".xltx", ".xltm"),
    "xls": (".xls", ".xlt", ".et", ".ett"),
    "ods": (".ods", ".ots"),
    "docx": (".docx", ".docm", ".dotx"),
}


class Source(NamedTuple):
    """A file's grids, and what is to be said of the file as a whole."""

    grids: Iterator[Grid | SheetError]
    notes: tuple[str, ...]


def open_source(path: Path) -> Source:
    """Open a file by what it holds, whatever its name says; PackageError says why it cannot be."""
    content = file_bytes(path)
    kind, grids = _grids(content)
    suffix = path.suffix.lower()
    if suffix in _EXTENSIONS[kind]:
        return Source(grids, ())
    return Source(grids, (f"文件的扩展名是“{suffix or '空'}”，内容其实是 .{kind}，已按内容读取",))


def _grids(content: bytes) -> tuple[str, Iterator[Grid | SheetError]]:
    if content.startswith(_OLE2) and _ENCRYPTED_STREAM not in content:
        if any(stream in content for stream in _WORKBOOK_STREAMS):
            from jixiao.forms.xls_source import xls_grids  # noqa: PLC0415  # xlrd, seldom needed

            return "xls", xls_grids(content)
        if _WORD_STREAM in content:
            raise PackageError(
                "文件是旧版 Word 文档（.doc 或 WPS 的 .wps）。请用 Word 或 WPS 打开，"
                "另存为 .docx 后再试。"
            )
    other = describe_other_file(content)
    if other is not None:
        raise PackageError(other)
    archive = ZipArchive(content)
    if DOCUMENT in archive:
        return "docx", docx_grids(archive)
    if (
        CONTENT in archive
        and "mimetype" in archive
        and archive["mimetype"].startswith(_SPREADSHEET)
    ):
        return "ods", ods_grids(archive)
    return "xlsx", xlsx_grids(archive, content)
