"""The add-in and the templates as files: there, up to date, not marked as from the internet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from jixiao.installing.checks.finding import REINSTALL, Finding, Inspection, Topic
from jixiao.installing.shipped import ADDIN as SHIPPED_ADDIN
from jixiao.installing.shipped import shipped_file

ADDIN = Topic("addin", "Excel 加载项")
MARK = Topic("mark_of_the_web", "“来自互联网”标记")

_UNBLOCK = "请在文件上点右键→属性，勾选“解除锁定”，确定；再重新打开"


def addin(inspection: Inspection) -> Finding:
    """In the folder that Excel opens, and the one that is shipped with this version."""
    shipped = shipped_file(SHIPPED_ADDIN, inspection.top)
    path = inspection.places.addin
    if not path.is_file():
        return ADDIN.error(f"没有：{path}", REINSTALL)
    if path.read_bytes() != shipped.read_bytes():
        return ADDIN.error(
            f"与本程序的版本不一致：{path}", f"请关闭所有 Excel 窗口，{REINSTALL[1:]}"
        )
    return ADDIN.good(str(path))


def mark(inspection: Inspection) -> Finding:
    """Excel runs no macro of a marked file, whatever the user clicks."""
    files = list(dict.fromkeys(_files(inspection)))
    marked = [path for path in files if _from_internet(inspection.system.zone(path))]
    if marked:
        return MARK.error(f"Excel 会禁用其中的宏：{'、'.join(map(str, marked))}", _UNBLOCK)
    if not files:
        return MARK.unchecked("还没有安装加载项和模板")
    return MARK.good(f"{len(files)} 个文件都没有")


def _files(inspection: Inspection) -> Iterator[Path]:
    """What was installed, and whatever other macro files lie in the templates' folder."""
    folders = {path.parent for path in inspection.record.files if path.suffix == ".xlsm"}
    installed = [inspection.places.addin, *inspection.record.files]
    yield from (path for path in installed if path.suffix in {".xlam", ".xlsm"} and path.is_file())
    for folder in sorted({inspection.places.templates, *folders}):
        if folder.is_dir():
            yield from sorted(folder.glob("*.xlsm"))


def _from_internet(zone: str | None) -> bool:
    """Zones 3 and 4 are the internet and restricted sites."""
    lines = [line.strip().lower() for line in (zone or "").splitlines()]
    return "zoneid=3" in lines or "zoneid=4" in lines
