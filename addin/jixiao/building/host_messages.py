"""What JxHost says in Chinese: the rows of the range jixiao_messages in every macro file.

The VBA source is ASCII, so its sentences stand in a (very hidden) sheet: code in the first
column, text in the second, without a heading. JxHost appends the detail: a path, or the text of
an error. Where the range is missing it falls back to the code and an English hint.
"""

from __future__ import annotations

from typing import Final

#: Code of JxHost → sentence. Those that end in a colon get a detail.
HOST_MESSAGES: Final[dict[str, str]] = {
    "JX1": "绩效插件还没有安装（找不到设置），请先运行安装。设置文件应在：",
    "JX2": "找不到 Python，请重新运行安装。设置里写的是：",
    "JX3": "找不到绩效插件的连接文件，请重新运行安装。应在：",
    "JX4": "绩效插件的连接文件不能载入（可能被安全软件拦截）：",
    "JX5": "Python 没有启动，请重新运行安装，再运行宏 JxRestart。原因：",
    "JX6": "与 Python 的连接断开，没有恢复，请运行宏 JxRestart 或重开 Excel。原因：",
    "JX7": "LibreOffice 里没有安装绩效扩展，请先运行安装。",
    "JX8": "出错：",
    "JX9": "没有打开的工作簿。",
}
