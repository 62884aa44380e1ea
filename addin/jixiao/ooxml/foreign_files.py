"""Saying what a file is that is not an .xlsx workbook, so that the user knows what to do."""

from .zip_archive import ZipArchive

_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD = 4096
_SAVE_AS = "请用 Excel 或 WPS 打开，另存为“Excel 工作簿（.xlsx）”后再试。"


def describe_other_file(content: bytes) -> str | None:
    """Return why a file that is not a zip archive cannot be read; None if it looks like one."""
    head = content[:_HEAD]
    if not content:
        return "文件是空的（0 字节），可能没有下载或复制完。请重新获取。"
    if head.startswith(b"PK\3\4"):
        return None
    if head.startswith(_OLE2):
        return _describe_ole2(content)
    if b"\0" not in head or head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _describe_text(head.lower())
    return (
        "文件不是 Excel 工作簿，也可能被单位的文档加密软件加了密。"
        "请在能正常打开它的电脑上解密，或另存为 .xlsx 后再试。"
    )


def _describe_text(head: bytes) -> str:
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head:
        return f"文件是“XML 电子表格 2003”，只是扩展名像工作簿。{_SAVE_AS}"
    if any(mark in head for mark in (b"<html", b"<!doctype html", b"<table")):
        return f"文件其实是网页（HTML），只是扩展名像工作簿，多由业务系统导出。{_SAVE_AS}"
    return f"文件其实是文本（如 CSV），只是扩展名像工作簿。{_SAVE_AS}"


def _describe_ole2(content: bytes) -> str:
    # Names of streams in the container are UTF-16; the encrypted package is such a stream.
    if "EncryptedPackage".encode("utf-16-le") in content:
        return "文件已加密（设置了打开密码），无法读取。请在 Excel 或 WPS 中取消打开密码后再试。"
    if "Workbook".encode("utf-16-le") in content or "Book".encode("utf-16-le") in content:
        return f"文件是旧版 .xls（或 WPS 的 .et）格式。{_SAVE_AS}"
    return "文件是旧版 Office 文档，不是 Excel 工作簿。"


def describe_other_package(archive: ZipArchive) -> str:
    """Return why a zip archive without a workbook part that can be read is refused."""
    if "mimetype" in archive and b"opendocument" in archive["mimetype"]:
        return f"文件是 OpenDocument（.ods）格式。{_SAVE_AS}"
    if "xl/workbook.bin" in archive:
        return f"文件是二进制工作簿（.xlsb）。{_SAVE_AS}"
    if "word/document.xml" in archive:
        return "文件是 Word 文档，不是 Excel 工作簿。"
    if "ppt/presentation.xml" in archive:
        return "文件是 PowerPoint 演示文稿，不是 Excel 工作簿。"
    return "文件是压缩包，但里面不是 Excel 工作簿。请解压后选择其中的 .xlsx 文件。"
