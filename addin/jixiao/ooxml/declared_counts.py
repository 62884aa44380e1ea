"""Counts that a file declares and a reader may believe.

calamine reserves memory for as many shared texts as the file says it has; for four billion the
operating system refuses, and the whole process ends.
"""

import re

from .errors import PackageError
from .xml_source import MAX_TAGS
from .zip_archive import ZipArchive

_COUNT = re.compile(rb"uniqueCount\s*=\s*[\"']\s*\+?0*([0-9]+)")


def refuse_false_counts(archive: ZipArchive) -> None:
    """Refuse a part that declares more texts than a part may have tags; PackageError."""
    for name in archive.names:
        part = archive[name]
        for count in _COUNT.finditer(part) if b"uniqueCount" in part else ():
            if len(count[1]) > len(str(MAX_TAGS)) or int(count[1]) > MAX_TAGS:
                raise PackageError(
                    f"文件中的部件 {name} 声明有 {count[1].decode()[:20]} 个文本，与内容不符，"
                    "文件已损坏或被篡改，拒绝读取。"
                )
