"""Print what LibreOffice Calc shows in cell C1 of a macro workbook, and the formula there.

Run by a Python that has LibreOffice's `uno`, with the workbook and a new profile folder.
"""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

START_SECONDS = 60
ALWAYS_EXECUTE_MACROS = 4


def connected(pipe: str) -> Any:
    """Return the desktop of the office that listens on the pipe, once it answers."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            remote = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            services = remote.ServiceManager
            return services.createInstanceWithContext("com.sun.star.frame.Desktop", remote)


def main(workbook: Path, profile: Path) -> None:
    """Start an office of its own, read the cell, end the office."""
    pipe = f"jixiao{profile.stat().st_ino}"
    office = subprocess.Popen(
        [
            "soffice", "--headless", "--norestore", "--nologo", "--nodefault",
            f"-env:UserInstallation={profile.as_uri()}", f"--accept=pipe,name={pipe};urp;",
        ],
        start_new_session=True,
    )  # fmt: skip
    try:
        desktop = connected(pipe)
        options = {"Hidden": True, "MacroExecutionMode": ALWAYS_EXECUTE_MACROS}
        arguments = tuple(PropertyValue(Name=key, Value=value) for key, value in options.items())
        document = desktop.loadComponentFromURL(workbook.as_uri(), "_blank", 0, arguments)
        document.calculateAll()
        cell = document.Sheets.getByIndex(0).getCellRangeByName("C1")
        shown = {"formula": cell.Formula, "value": cell.Value, "error": cell.getError()}
        document.close(True)
        desktop.terminate()
        office.wait(timeout=20)
    finally:
        # `soffice` is a script: the office itself is another process of its group.
        with suppress(ProcessLookupError):
            os.killpg(office.pid, signal.SIGKILL)
    print(json.dumps(shown))


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve())
