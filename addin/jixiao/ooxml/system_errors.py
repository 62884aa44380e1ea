"""What the operating system says of a file, in Chinese."""

import errno

_WORDS = {
    errno.ENOENT: "找不到",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EEXIST: "已经存在",
    errno.ENOTDIR: "上一级不是文件夹",
    errno.EISDIR: "是文件夹",
    errno.ENAMETOOLONG: "文件名过长",
    errno.ENOSPC: "磁盘空间不足",
    errno.EDQUOT: "磁盘配额已满",
    errno.EROFS: "磁盘是只读的",
    errno.EIO: "磁盘读写出错",
    errno.EBUSY: "被其他程序占用",
    errno.EMFILE: "打开的文件过多",
    errno.EPIPE: "接收输出的程序已关闭",
}


def in_chinese(error: OSError) -> str:
    """The reason of an error in a few words; its code where we have no words for it."""
    number = error.errno or 0
    return _WORDS.get(number, f"系统错误 {errno.errorcode.get(number, number)}")
