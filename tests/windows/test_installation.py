"""The installer on Windows' Python: what it writes is what the host module finds."""

from __future__ import annotations

from typing import Any

import pytest

from windows.machine import Client

pytestmark = pytest.mark.windows


def run(client: Client, *arguments: str) -> dict[str, Any]:
    ran: dict[str, Any] = client.ask("run_python", arguments=["-m", "jixiao", *arguments])
    return ran


def test_installed_checked_and_taken_away_again(other_client: Client) -> None:
    checked = run(other_client, "doctor")
    assert "错误 0 项" in checked["out"]
    assert checked["code"] == 0
    assert other_client.open("甲.xlsm").call("JX_GRADE", 97.59) == "优"
    removed = run(other_client, "uninstall")
    assert removed["code"] == 0, removed["out"]
    said = other_client.open("乙.xlsm").call("JX_GRADE", 97.59)
    assert said.startswith("绩效插件还没有安装")
