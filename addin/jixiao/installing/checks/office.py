"""Excel itself, and what policies let it do, as far as the registry tells.

UNPROVEN: the keys are those of Microsoft's documentation; no registry of a real Excel was read.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PureWindowsPath

from jixiao.installing.checks.finding import Finding, Inspection, Topic
from jixiao.installing.system import System

EXCEL = Topic("excel", "Excel")
MACROS = Topic("macros", "宏的设置")
INTERNET = Topic("internet_macros", "来自互联网的宏")
TRUSTED = Topic("trusted_locations", "受信任位置")

_VERSIONS = ("16.0", "15.0", "14.0")
_POLICY = r"HKCU\Software\Policies\Microsoft\Office"
_CLOUD_POLICY = r"HKCU\Software\Policies\Microsoft\Cloud\Office"
_OWN = r"HKCU\Software\Microsoft\Office"
_MACHINE_POLICY = r"HKLM\Software\Policies\Microsoft\Office"
_APP_PATH = r"Software\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"
_LOCATIONS = 30  # Location0 … Location29; people seldom have more than ten

_ONLY_SIGNED, _NONE, _ALL = 3, 4, 1
_ASK_IT = "这是单位的组策略，请信息部门放行"
_TRUST_CENTRE = "Excel →文件→选项→信任中心→信任中心设置→宏设置，选“禁用所有宏，并发出通知”"


def excel(inspection: Inspection) -> Finding:
    """Which program answers to Excel's name; WPS and Store Office do not serve."""
    path = _excel_path(inspection.system)
    if path is None:
        return EXCEL.note("注册表里没有找到", "需要微软 Excel 2013 或更高（桌面版，不是商店版）")
    lowered = path.lower()
    if "windowsapps" in lowered:
        return EXCEL.error(
            f"是微软商店版：{path}", "请卸载，从 office.com 或单位的安装源装桌面版 Office"
        )
    if any(word in lowered for word in ("kingsoft", "wps office", "\\et.exe")):
        return EXCEL.error(
            f"由 WPS 顶替：{path}",
            "WPS 不支持。请在“WPS 配置工具”→“兼容设置”里取消与微软 Office 的关联，或改用命令行评分",
        )
    return EXCEL.good(path)


def macros(inspection: Inspection) -> Finding:
    """The policy first, because it overrides what the user chose."""
    system = inspection.system
    off = _first(system, (rf"{root}\{{}}\Common" for root in _policies()), "VBAOff")
    if off == 1:
        return MACROS.error("整个 Office 的 VBA 被禁用（VBAOff）", _ASK_IT)
    policy = _security(system, _policies(), "VBAWarnings")
    chosen = policy if policy is not None else _security(system, (_OWN,), "VBAWarnings")
    mend = _ASK_IT if policy is not None else _TRUST_CENTRE
    if chosen == _NONE:
        return MACROS.error("所有宏都被禁用，不提示（VBAWarnings=4）", mend)
    if chosen == _ONLY_SIGNED:
        return MACROS.error("只许运行签过名的宏（VBAWarnings=3），本程序没有签名", mend)
    if chosen == _ALL:
        return MACROS.note("所有宏都直接运行（VBAWarnings=1），不安全", mend)
    return MACROS.good("打开时会询问，请点“启用内容”")


def internet(inspection: Inspection) -> Finding:
    """Matters for a workbook that came by mail; what was installed has no mark."""
    value = _security(inspection.system, (*_policies(), _OWN), "blockcontentexecutionfrominternet")
    if value == 1:
        return INTERNET.note(
            "组策略禁止运行（blockcontentexecutionfrominternet=1）",
            "邮件、微信收到的自评表要先解除锁定（右键→属性→解除锁定），或放进受信任位置",
        )
    return INTERNET.good("没有组策略；新版 Excel 仍会拦下带标记的文件")


def trusted(inspection: Inspection) -> Finding:
    """A hint: in a trusted location Excel does not ask; without any, XLSTART is not trusted."""
    system, folder = inspection.system, str(inspection.places.templates)
    key = r"Trusted Locations"
    if _security(system, (*_policies(), _OWN), "AllLocationsDisabled", key) == 1:
        return TRUSTED.note("受信任位置全部停用，加载项可能被拦", _ASK_IT)
    paths = [
        value.rstrip("\\/").lower()
        for number in range(_LOCATIONS)
        if isinstance(value := _location(system, rf"{key}\Location{number}"), str)
    ]
    lowered = folder.lower()
    if any(lowered == path or lowered.startswith((path + "\\", path + "/")) for path in paths):
        return TRUSTED.good(f"模板文件夹在其中：{folder}")
    return TRUSTED.good(
        f"模板文件夹不在其中：{folder}",
        "不想每次点“启用内容”，可在信任中心→受信任位置里添加它（别人的文件不要放进去）",
    )


def _excel_path(system: System) -> str | None:
    """Where Excel is: what starts as excel.exe, else what COM starts for Excel.Application."""
    class_id = system.registry(r"HKCR\Excel.Application\CLSID", "")
    server = system.registry(rf"HKCR\CLSID\{class_id}\LocalServer32", "") if class_id else None
    started = (system.registry(rf"{hive}\{_APP_PATH}", "") for hive in ("HKCU", "HKLM"))
    for value in (server, *started):
        if isinstance(value, str) and value:
            return str(PureWindowsPath(value.partition(" /")[0].strip('"')))
    return None


def _policies() -> tuple[str, ...]:
    return (_POLICY, _CLOUD_POLICY, _MACHINE_POLICY)


def _security(
    system: System, roots: tuple[str, ...], name: str, below: str = ""
) -> str | int | None:
    """A value of Excel's security settings, of the newest version that has it."""
    tail = rf"\{below}" if below else ""
    return _first(system, (rf"{root}\{{}}\Excel\Security{tail}" for root in roots), name)


def _location(system: System, below: str) -> str | int | None:
    return _security(system, (*_policies(), _OWN), "Path", below)


def _first(system: System, keys: Iterator[str], name: str) -> str | int | None:
    values = (system.registry(key.format(version), name) for key in keys for version in _VERSIONS)
    return next((value for value in values if value is not None), None)
