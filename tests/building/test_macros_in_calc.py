"""LibreOffice Calc opens the workbook and runs its VBA, as a host that is not ours."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from jixiao.building.macro_file import with_ribbon

SYSTEM_PYTHON = Path("/usr/bin/python3")
READER = Path(__file__).with_name("read_cell_in_calc.py")
RIBBON = '<customUI xmlns="http://schemas.microsoft.com/office/2009/07/customui"/>'


def office_is_missing() -> str:
    """Return what is missing to drive LibreOffice, nothing if all is there."""
    if shutil.which("soffice") is None:
        return "LibreOffice (soffice) is not installed"
    if not SYSTEM_PYTHON.exists():
        return f"there is no {SYSTEM_PYTHON} to drive LibreOffice with"
    probe = subprocess.run([SYSTEM_PYTHON, "-c", "import uno"], capture_output=True, check=False)
    return f"{SYSTEM_PYTHON} has no uno module (python3-uno)" if probe.returncode else ""


@pytest.mark.calc
def test_a_formula_computes_with_a_vba_function(workbook: bytes, tmp_path: Path) -> None:
    if missing := office_is_missing():
        pytest.skip(missing)
    file, profile = tmp_path / "绩效.xlsm", tmp_path / "profile"
    file.write_bytes(with_ribbon(workbook, RIBBON))
    profile.mkdir()
    reader = subprocess.run(
        [SYSTEM_PYTHON, READER, file, profile],
        capture_output=True, text=True, timeout=180, check=False,
    )  # fmt: skip
    assert reader.returncode == 0, reader.stderr
    shown = json.loads(reader.stdout)
    assert shown["error"] == 0
    assert shown["formula"].upper() == "=JXCOMPLETION(A1;B1)"
    assert shown["value"] == 81 / 100
