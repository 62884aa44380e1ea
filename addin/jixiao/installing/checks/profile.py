"""The user's folders: names that Excel, VBA or COM cannot cope with, and COM's cache."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from jixiao.installing.checks.finding import Finding, Inspection, Topic

PATHS = Topic("profile_path", "用户文件夹的名称")
CACHE = Topic("com_cache", "COM 缓存（gen_py）")

_ASCII_TEMP = (
    "平常可用。若出现 gen_py、CLSIDToClassMap 之类的错误：在“编辑账户的环境变量”里把 TEMP 和 TMP"
    " 改到纯英文文件夹（如 C:\\Temp），注销后再试"
)


def paths(inspection: Inspection) -> Finding:
    """What VBA cannot spell it cannot find; what is not ASCII may break COM's cache."""
    system = inspection.system
    temporary = [system.environment.get(name) or "" for name in ("TEMP", "TMP")]
    spelled = [str(system.home), system.interpreter]
    for path in spelled:
        if not _is_spelled(path, system.ansi):
            return PATHS.error(
                f"有系统 ANSI 编码里没有的字：{path}",
                "请在“区域”→“管理”→“更改系统区域设置”里选中文（简体），重启后再安装",
            )
    for path in (*temporary, str(system.home)):
        if not path.isascii():
            return PATHS.note(f"不是纯英文：{path}", _ASCII_TEMP)
    return PATHS.good(str(system.home))


def cache(inspection: Inspection) -> Finding:
    """A generated package without its first module is what cleaning programs leave behind."""
    folders = [folder for folder in _cache_folders(inspection) if folder.is_dir()]
    stale = [package for folder in folders for package in _stale_packages(folder)]
    if stale:
        return CACHE.error(
            f"已损坏：{stale[0]}", f"请关闭 Excel，删除文件夹 {stale[0].parents[1]}，会自动重建"
        )
    return CACHE.good("；".join(map(str, folders)) if folders else "没有缓存")


def _cache_folders(inspection: Inspection) -> Iterator[Path]:
    """win32com's folder for this version of Python: in the temporary folder, or in the package."""
    environment = inspection.system.environment
    numbers = "{}.{}".format(*inspection.system.version)
    roots = [Path(environment[name]) for name in ("TEMP", "TMP") if environment.get(name)]
    if environment.get("LOCALAPPDATA"):
        roots.append(Path(environment["LOCALAPPDATA"]) / "Temp")
    roots += [path / "win32com" for path in inspection.system.package_paths]
    yield from dict.fromkeys(root / "gen_py" / numbers for root in roots)


def _stale_packages(folder: Path) -> Iterator[Path]:
    for item in sorted(folder.iterdir()):
        is_package = item.is_dir() and item.name != "__pycache__"
        is_index = item.name == "dicts.dat"
        if is_package and not (item / "__init__.py").is_file():
            yield item
        if is_index and item.stat().st_size == 0:
            yield item


def _is_spelled(path: str, encoding: str) -> bool:
    try:
        path.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
