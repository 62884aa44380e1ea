"""The Python that runs this, and that Excel will run."""

from __future__ import annotations

from jixiao.installing.checks.finding import Finding, Inspection, Topic

PYTHON_ORG = "请到 python.org 下载 64 位 Python（3.11 或更高）安装，再装一次 jixiao"
OLDEST = (3, 11)

VERSION = Topic("python_version", "Python 版本")
BITS = Topic("python_bits", "Python 位数")
STORE = Topic("python_store", "微软商店版 Python")
PACKAGE = Topic("package", "jixiao 装进了 Python")
LIBRARIES = Topic("libraries", "要用的库")
PANDAS = Topic("pandas", "pandas")

_LIBRARIES = ("xlwings", "xlsxwriter", "python_calamine", "rich", "jixiao.udfs")


def version(inspection: Inspection) -> Finding:
    """At least the oldest that the program is written for."""
    found = ".".join(map(str, inspection.system.version))
    if inspection.system.version[:2] < OLDEST:
        return VERSION.error(found, PYTHON_ORG)
    return VERSION.good(f"{found}（{inspection.system.interpreter}）")


def bits(inspection: Inspection) -> Finding:
    """A 64-bit Python serves a 32-bit Excel too; for a 32-bit Python there is no DLL."""
    found = f"{inspection.system.bits} 位"
    if inspection.system.bits != 64:
        return BITS.error(f"{found}，xlwings 不支持", PYTHON_ORG)
    return BITS.good(found)


def store(inspection: Inspection) -> Finding:
    """Microsoft Store's Python cannot start a COM server, and its writes to AppData go astray."""
    system = inspection.system
    paths = [system.interpreter, *map(str, system.prefixes)]
    found = next((path for path in paths if "windowsapps" in path.lower()), None)
    if found is not None:
        return STORE.error(f"是商店版，Excel 用不了：{found}", f"请卸载商店版 Python，{PYTHON_ORG}")
    return STORE.good("不是")


def package(inspection: Inspection) -> Finding:
    """Excel starts Python without PYTHONPATH, so a checkout that is not installed is not found."""
    found = inspection.system.distribution("jixiao")
    if found is None:
        return PACKAGE.error(
            "没有安装，Excel 启动的 Python 找不到它",
            "请在源码所在的文件夹运行 python -m pip install .",
        )
    return PACKAGE.good(found.version)


def libraries(inspection: Inspection) -> Finding:
    """Everything else that is imported when Excel calls."""
    faults = {name: inspection.system.import_fault(name) for name in _LIBRARIES}
    broken = [f"{name}（{fault}）" for name, fault in faults.items() if fault]
    if broken:
        return LIBRARIES.error(
            "载入失败：" + "；".join(broken),
            "请重新安装：在源码所在的文件夹运行 python -m pip install --force-reinstall .",
        )
    return LIBRARIES.good("都能载入")


def pandas(inspection: Inspection) -> Finding:
    """For whole companion tables at once."""
    fault = inspection.system.import_fault("pandas")
    if fault:
        return PANDAS.error(
            f"载入失败：{fault}", "请运行 python -m pip install --force-reinstall pandas"
        )
    return PANDAS.good("能载入")
