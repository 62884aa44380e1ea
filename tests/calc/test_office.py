"""The harness itself: it always ends what it started, and says why it cannot start."""

from __future__ import annotations

import subprocess
from pathlib import Path

import office as harness
import pytest
from office import Office, OfficeError, missing_reason


def running(profile: Path) -> str:
    """The command lines of LibreOffice processes of this profile."""
    listed = subprocess.run(
        ["ps", "-e", "-ww", "-o", "args"], capture_output=True, text=True, check=True
    )
    return "\n".join(line for line in listed.stdout.splitlines() if profile.as_uri() in line)


@pytest.mark.calc
def test_nothing_runs_on_after_the_end(tmp_path: Path) -> None:
    with Office(tmp_path):
        assert running(tmp_path)
    assert not running(tmp_path)


@pytest.mark.calc
def test_nothing_runs_on_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), Office(tmp_path):
        raise ZeroDivisionError
    assert not running(tmp_path)


@pytest.mark.calc
def test_an_extension_that_is_none_is_refused_and_nothing_runs_on(tmp_path: Path) -> None:
    broken = tmp_path / "broken.oxt"
    broken.write_bytes(b"no zip")
    with pytest.raises(OfficeError), Office(tmp_path / "profile", broken):
        pass
    assert not running(tmp_path / "profile")


@pytest.mark.calc
def test_a_command_that_does_not_come_back_ends_the_driver(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Office(tmp_path) as office:
        office.command("pause", seconds=0.0)
        monkeypatch.setattr(harness, "COMMAND_SECONDS", 0.5)
        with pytest.raises(OfficeError, match="no answer to pause"):
            office.command("pause", seconds=60.0)
        with pytest.raises(OfficeError, match="not running"):
            office.command("pause", seconds=0.0)
    assert not running(tmp_path)


def test_the_reason_names_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    missing_reason.cache_clear()
    monkeypatch.setenv("PATH", "")
    assert missing_reason() == "没有安装 LibreOffice（找不到命令 soffice）"
    missing_reason.cache_clear()
