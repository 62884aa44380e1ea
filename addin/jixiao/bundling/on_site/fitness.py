"""Whether the Python that runs this can serve; the exit code says why not.

Written so that any Python can read it, even one that is far too old. The numbers are those of
``unfit-*.txt`` among the messages.
"""

import os
import platform
import sys
import sysconfig

FIT, VERSION, PLATFORM, STORE, KIND = 0, 10, 11, 12, 13


def verdict(folder):  # type: ignore[no-untyped-def]  # some Pythons know no annotations
    """The exit code; the kit in this folder has a list of packages for each version it serves."""
    places = [sys.executable or "", sys.prefix, getattr(sys, "base_prefix", sys.prefix)]
    if any("windowsapps" in place.lower() for place in places):
        return STORE
    packages = "requirements-{}.{}.txt".format(*sys.version_info)
    if not os.path.isfile(os.path.join(folder, packages)):
        return VERSION
    if sysconfig.get_platform() != "win-amd64":
        return PLATFORM
    if platform.python_implementation() != "CPython" or sysconfig.get_config_var("Py_GIL_DISABLED"):
        return KIND
    return FIT


if __name__ == "__main__":
    sys.exit(verdict(os.path.dirname(os.path.abspath(__file__))))  # type: ignore[no-untyped-call]
