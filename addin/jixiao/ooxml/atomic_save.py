"""Saving a file whole or not at all."""

import errno
import os
import stat
from pathlib import Path

from .errors import PackageError
from .system_errors import in_chinese

_DISK_FULL = {errno.ENOSPC, errno.EDQUOT}


def save_atomically(data: bytes, path: Path) -> None:
    """Write a file such that at every moment its path holds the old or the new content, whole.

    The new content goes to a temporary file in the same folder, which takes the place of the old
    file when it is safely on disk. An existing file passes on its permissions, and a symbolic link
    stays one. On any failure the old file is untouched and the temporary file is removed;
    PackageError says in Chinese what is wrong.
    """
    target = Path(os.path.realpath(path)) if os.path.islink(path) else path
    try:
        _replace(target, data, _mode_of_existing(target))
    except OSError as error:
        raise PackageError(f"“{path.name}”保存失败：{_reason(error, target)}") from error


def _mode_of_existing(target: Path) -> int | None:
    """Return the permission bits of the file to replace; PermissionError if it is read-only."""
    if not os.path.exists(target):
        return None
    # Elsewhere than on Windows a read-only file could be replaced; its owner does not want that.
    if not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    return stat.S_IMODE(target.stat().st_mode)


def _replace(target: Path, data: bytes, mode: int | None) -> None:
    """Put a file with this data, and these permissions if given, in the place of the target."""
    temporary = target.with_name(f".jixiao-{os.urandom(8).hex()}.tmp")
    file = temporary.open("xb")
    try:
        with file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        # Some network drives refuse any change of permissions, so change them only if needed.
        if mode is not None and mode != stat.S_IMODE(temporary.stat().st_mode):
            temporary.chmod(mode)
        os.replace(temporary, target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _reason(error: OSError, target: Path) -> str:
    if os.path.isdir(target):
        return "目标是文件夹，不是文件。"
    if isinstance(error, PermissionError):
        return "没有写入权限。请确认文件没有被 Excel、WPS 打开，也不是只读的，所在文件夹允许写入。"
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return f"文件夹“{target.parent}”不存在。"
    if error.errno in _DISK_FULL:
        return "磁盘空间不足。请清理磁盘后再试，原文件没有改动。"
    return f"{in_chinese(error)}。原文件没有改动。"
