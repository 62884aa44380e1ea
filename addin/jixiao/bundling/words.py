"""What people read in a kit: what `install.cmd` says before any Python runs, and the first page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jixiao import __version__

FIRST_PAGE = "先看这里.txt"


def messages(versions: Sequence[str]) -> Mapping[str, str]:
    """The texts of the .cmd files by name; ``unfit-…`` go with the exit codes of fitness.py."""
    listed = "、".join(versions)
    return {
        "no-python": f"""\

没有装上：这台电脑上没有能用的 Python。

需要 64 位的 Python {listed}（任选一个），不要微软商店版。
请把这一段给信息部门看：
  安装程序在 https://www.python.org/downloads/windows/ ，选 Windows installer (64-bit)，
  文件名像 python-{versions[-1]}.x-amd64.exe。装到个人名下即可，不需要管理员权限。
  也可以把安装程序放进本文件夹的 program 文件夹里，再双击 install.cmd，会自动安装。
装好 Python 后，再双击 install.cmd。
""",
        "unfit-10": f"    不能用：版本不对，要 {listed}\n",
        "unfit-11": "    不能用：不是 64 位（x64）的\n",
        "unfit-12": "    不能用：是微软商店版，Excel 启动不了它\n",
        "unfit-13": "    不能用：不是 python.org 的标准版\n",
        "unfit-other": "    不能用：打不开\n",
        "installing-python": "正在安装随包附带的 Python（装到您个人名下），请稍候……\n",
        "failed-python": "Python 的安装没有完成。\n",
        "damaged-python": "随包附带的 Python 安装程序已损坏，没有运行它。请重新拷贝整个文件夹。\n",
        "not-installed": "没有装过（或已经卸载），没有什么可做。\n",
        "in-use": "程序还在使用，没有删干净。请关闭所有 Excel 窗口，再双击 uninstall.cmd。\n",
        "uninstalled": "卸载完成。\n",
    }


def first_page(versions: Sequence[str], packages: Sequence[str], python: str | None) -> str:
    """The text that stands beside `install.cmd`."""
    brought = (
        f"本包附带 Python（{python}），电脑上没有时会自动装到您个人名下。"
        if python
        else "本包不含 Python；没有的，请信息部门先装 python.org 的 64 位版（不要微软商店版）。"
    )
    return f"""\
绩效自评评分 jixiao {__version__}　离线安装包（Windows 10 或更高）

一、安装
  1. 把整个文件夹拷到电脑上（如桌面）。压缩包要先完整解压，不要在压缩包里直接双击。
  2. 关闭所有 Excel 窗口。
  3. 双击 install.cmd。不要“以管理员身份运行”，否则会装到管理员名下。
     弹出“Windows 已保护你的电脑”的，点“更多信息”→“仍要运行”；单位有规定的，先问信息部门。
  4. 等几分钟，看到“安装完成”。没有装上的，窗口里写着原因和办法。
  5. 打开 Excel，功能区上有“绩效自评”；自评表模板在“文档”里的“绩效自评”文件夹。
  安装不联网，不需要管理员权限。

二、需要什么
  64 位 Python {"、".join(versions)}，任选一个。
  {brought}
  用公式和按钮的，还要微软 Excel 2013 或更高（桌面版）。
  程序装在您自己的 %USERPROFILE%\\.jixiao\\venv 里，不改动电脑上的 Python。

三、更新、卸载
  更新：用新的离线安装包再双击一次 install.cmd。您填过的自评表不动。
  换了、删了 Python 的，也再双击一次。
  卸载：关闭 Excel，双击 uninstall.cmd。

四、命令行
  手册里的 python -m jixiao，在这里都写成 %USERPROFILE%\\.jixiao\\jixiao，例如：
    %USERPROFILE%\\.jixiao\\jixiao fill 自评表.xlsx
  提示要用 pip 重装的，再双击一次 install.cmd 即可。

五、里面有什么
  install.cmd、uninstall.cmd　安装、卸载
  docs\\使用手册.html　　　　　使用手册（双击用浏览器看，不用联网）
  workbook_templates　　　　　空白自评表（安装时已放好，这里是备用）
  addin　　　　　　　　　　　Excel 加载项（同上）
  program　　　　　　　　　　安装用的文件，不要改动
  SHA256SUMS　　　　　　　　 每个文件的校验值，安装前自动核对

六、出了问题
  安装记录在 %USERPROFILE%\\.jixiao\\install.log，发给管理员即可。

七、所含组件
{chr(10).join(f"  {package}" for package in packages)}

尚未验证：安装过程只在 Wine（模拟的 Windows）上试过，还没有在真实的 Windows 上运行过。
"""
