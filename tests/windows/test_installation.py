"""The installer on Windows' Python: what it writes is what the host module finds."""

from __future__ import annotations

from typing import Any

import pytest

from jixiao.building.host_messages import HOST_MESSAGES
from windows.machine import Client, Machine

pytestmark = pytest.mark.windows


def run(client: Client, *arguments: str) -> dict[str, Any]:
    ran: dict[str, Any] = client.ask("run_python", arguments=["-m", "jixiao", *arguments])
    return ran


def test_installed_checked_and_taken_away_again(machine: Machine) -> None:
    with Client(machine, user="孙 七") as client:
        client.install()
        checked = run(client, "doctor")
        assert "错误 0 项" in checked["out"]
        assert checked["code"] == 0
        assert client.open("甲.xlsm").call("JX_GRADE", 97.59) == "优"
        assert "请关闭所有 Excel 窗口" in run(client, "uninstall")["out"]
    with Client(machine, user="孙 七") as client:
        removed = run(client, "uninstall")
        assert removed["code"] == 0, removed["out"]
        assert client.open("甲.xlsm").call("JX_GRADE", 97.59).startswith(HOST_MESSAGES["JX1"])
