"""xlwings, its DLLs, and our copies of them."""

from __future__ import annotations

from jixiao.installing.checks.finding import REINSTALL, Finding, Inspection, Topic
from jixiao.installing.connection import BITS, connection_dlls

XLWINGS = Topic("xlwings", "xlwings 和 pywin32")
SOURCES = Topic("dll_source", "xlwings 的连接库")
COPIES = Topic("dll_copy", "连接库的副本")

_PIP = "请运行 python -m pip install --force-reinstall xlwings pywin32"


def xlwings(inspection: Inspection) -> Finding:
    """Both as pip knows them."""
    found = {name: inspection.system.distribution(name) for name in ("xlwings", "pywin32")}
    missing = [name for name, distribution in found.items() if distribution is None]
    if missing:
        return XLWINGS.error(f"没有安装 {'、'.join(missing)}", _PIP)
    return XLWINGS.good("，".join(f"{name} {d.version}" for name, d in found.items() if d))


def sources(inspection: Inspection) -> Finding:
    """The DLLs that belong to the installed version."""
    dlls = connection_dlls(inspection.system)
    missing = [dll for dll in dlls if dll.source is None]
    if missing:
        return SOURCES.error("、".join(f"没有找到{dll.label}" for dll in missing), _PIP)
    return SOURCES.good("，".join(str(dll.source) for dll in dlls))


def copies(inspection: Inspection) -> Finding:
    """A copy of another version answers to an xlwings that is no longer there."""
    folder = inspection.places.folder
    missing, differing = [], []
    for dll in connection_dlls(inspection.system):
        copy = folder / dll.copy_name
        if not copy.is_file():
            missing.append(dll.copy_name)
        elif dll.source is not None and copy.read_bytes() != dll.source.read_bytes():
            differing.append(dll.copy_name)
    if missing:
        return COPIES.error(f"{folder} 里没有 {'、'.join(missing)}", REINSTALL)
    if differing:
        return COPIES.error(
            f"与现在的 xlwings 版本不一致：{'、'.join(differing)}", f"请关闭 Excel，{REINSTALL[1:]}"
        )
    return COPIES.good(f"{len(BITS)} 个，与 xlwings 一致")
