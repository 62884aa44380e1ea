"""The Pythons that a kit serves: 64-bit CPython on Windows."""

from __future__ import annotations

VERSIONS = ("3.11", "3.12", "3.13", "3.14")
"""Those for which everything we depend on has wheels; a kit serves whichever the PC has."""

PLATFORM = "win_amd64"
"""The platform in the names of wheels."""


def marker_environment(version: str) -> dict[str, str]:
    """What environment markers (``; sys_platform == "win32"``) see in such a Python.

    The patch number is not known beforehand and taken as 0.
    """
    return {
        "implementation_name": "cpython",
        "implementation_version": f"{version}.0",
        "os_name": "nt",
        "platform_machine": "AMD64",
        "platform_python_implementation": "CPython",
        "platform_release": "10",
        "platform_system": "Windows",
        "platform_version": "10.0.19045",
        "python_full_version": f"{version}.0",
        "python_version": version,
        "sys_platform": "win32",
    }
