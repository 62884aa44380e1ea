"""The server process: shared, found again when it has died, and what the user reads if it cannot.

What Wine cannot show: a class id whose process has died stays taken there, so a workbook that is
opened after the death, and has lost no connection itself, is refused (JX5) until a button is
pressed. By the DLL's source Windows frees the id at once and the DLL starts Python again.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from jixiao.building.host_messages import HOST_MESSAGES
from windows.client.wire import MISSING, Range
from windows.machine import Client, ClientError, Machine, Workbook

pytestmark = pytest.mark.windows

MANY_ROWS = Range(
    [["产出", None, None, f"第{n}项", "≥", 100.0, "家", 81.0, *[None] * 10] for n in range(3000)]
)


def test_the_code_page_is_that_of_a_chinese_windows(client: Client, machine: Machine) -> None:
    if not machine.chinese:
        pytest.skip("the code page of this Windows is not 936, and cannot be changed for one test")
    assert client.ask("system")["code_page"] == 936


def test_profile_and_workbook_lie_in_folders_with_chinese_and_a_space(
    client: Client, workbook: Workbook, machine: Machine
) -> None:
    """The settings, the DLL and Excel's current folder are all below them."""
    if not machine.chinese:
        pytest.skip("the ANSI code page of this Windows lacks Chinese; install says so")
    assert client.ask("system")["folder"] == str(client.folder)
    assert (client.profile.name, client.folder.name) == ("张 三", "自评 表格")
    assert workbook.call("JX_GRADE", 97.59) == "优"


def test_two_workbooks_share_one_server(client: Client, workbook: Workbook) -> None:
    second = client.open("另一本 2023.xlsm")
    assert second.call("JX_GRADE", 80.0) == "良"
    assert second.seconds < 1.0
    assert second.server == workbook.server


def test_nothing_is_imported_from_the_folder_of_a_workbook(other_client: Client) -> None:
    for name in ("xlwings.py", "jixiao.py", "json.py", "pywintypes.py", "sitecustomize.py"):
        path = str(other_client.folder / name)
        other_client.ask("write", path=path, text="raise SystemExit('from the workbook')")
    assert other_client.open("外来.xlsm").call("JX_GRADE", 97.59) == "优"


class TestServerThatDies:
    @pytest.fixture
    def pair(self, other_client: Client) -> tuple[Workbook, Workbook]:
        """Two workbooks on one server."""
        first, second = other_client.open("甲.xlsm"), other_client.open("乙.xlsm")
        for workbook in (first, second):
            assert workbook.call("JX_GRADE", 97.59) == "优"
        return first, second

    def test_the_next_formula_starts_another_and_both_workbooks_share_it(
        self, other_client: Client, pair: tuple[Workbook, Workbook]
    ) -> None:
        dead = pair[0].server
        other_client.ask("kill", process=dead)
        for workbook in pair:
            assert workbook.call("JX_GRADE", 60.0) == "中"
        assert pair[0].server == pair[1].server != dead

    def test_a_formula_under_way_is_calculated_again(
        self, other_client: Client, pair: tuple[Workbook, Workbook]
    ) -> None:
        workbook, _ = pair
        expected = workbook.call("JX_REASON", 1.0, rest=(MANY_ROWS,))
        dead = workbook.server
        other_client.ask("kill", process=dead, after=workbook.seconds / 2)
        assert workbook.call("JX_REASON", 1.0, rest=(MANY_ROWS,)) == expected
        assert workbook.server != dead

    def test_a_server_that_cannot_come_back_is_named_once_and_at_once(
        self, other_client: Client, pair: tuple[Workbook, Workbook], machine: Machine
    ) -> None:
        workbook, _ = pair
        other_client.ask("kill", process=workbook.server)
        gone = str(machine.users / "没有" if machine.chinese else machine.users / "gone")
        settings(other_client, interpreter=f"{gone}\\python.exe")
        assert workbook.call("JX_GRADE", 60.0) == f"{HOST_MESSAGES['JX2']}{gone}\\python.exe"
        assert workbook.seconds < 3.0


class TestWhatTheUserReads:
    """Where Python cannot be started. Every sentence must be there in less than 3 s."""

    @pytest.fixture
    def reads(self, other_client: Client) -> Iterator[Workbook]:
        """A workbook whose formula has not yet been calculated."""
        workbook = other_client.open("丙.xlsm")
        yield workbook
        assert workbook.seconds < 3.0

    def test_no_settings(self, other_client: Client, reads: Workbook) -> None:
        path = str(other_client.profile / ".jixiao" / "jixiao.conf")
        other_client.ask("write", path=path, text="")
        assert reads.call("JX_GRADE", 60.0) == f"{HOST_MESSAGES['JX1']}{path}"

    def test_no_interpreter_where_the_settings_say(
        self, other_client: Client, reads: Workbook, machine: Machine
    ) -> None:
        path = r"C:\没有 这个\python.exe" if machine.chinese else r"C:\not there\python.exe"
        settings(other_client, interpreter=path)
        assert reads.call("JX_GRADE", 60.0) == f"{HOST_MESSAGES['JX2']}{path}"

    def test_no_dll_where_the_settings_say(self, other_client: Client, reads: Workbook) -> None:
        settings(other_client, dll=r"C:\nowhere")
        path = r"C:\nowhere\jixiao-xlwings64.dll"
        assert reads.call("JX_GRADE", 60.0) == f"{HOST_MESSAGES['JX3']}{path}"

    def test_a_file_that_is_no_dll(self, other_client: Client, reads: Workbook) -> None:
        path = str(other_client.profile / ".jixiao" / "broken" / "jixiao-xlwings64.dll")
        other_client.ask("write", path=path, text="no DLL")
        settings(other_client, dll=path.rpartition("\\")[0])
        assert reads.call("JX_GRADE", 60.0) == f"{HOST_MESSAGES['JX4']}{path}"

    def test_a_program_that_is_no_python_and_asked_only_once(
        self, other_client: Client, reads: Workbook
    ) -> None:
        """A sheet has hundreds of formulas; the DLL is not asked again for each."""
        settings(other_client, interpreter=r"C:\Windows\System32\hostname.exe")
        said = reads.call("JX_GRADE", 60.0)
        assert said.startswith(HOST_MESSAGES["JX5"])
        assert "Python process exited" in said
        assert "\n" not in said
        assert reads.call("JX_GRADE", 60.0) == said
        assert reads.seconds < 0.1

    def test_without_the_table_of_messages_the_code_stands_in(self, other_client: Client) -> None:
        settings(other_client, dll=r"C:\nowhere")
        bare = other_client.open("没有消息表.xlsm", messages={})
        path = r"C:\nowhere\jixiao-xlwings64.dll"
        assert bare.call("JX_GRADE", 60.0) == f"#JX3 DLL not found {path}"


def test_calls_in_a_row_leak_neither_memory_nor_handles(client: Client, workbook: Workbook) -> None:
    """2,000 calls; a kilobyte for each would be 2 MB."""
    ranges = [Range([[20.0]] * 30), Range([[20.0]] * 30)]

    def calls(count: int) -> None:
        workbook.repeat("JX_COMPLETION_SCORE", 81.0, 100.0, 20.0, MISSING, count=count // 4)
        workbook.repeat("JX_COMPLETION_SCORE", "文字", 100.0, 20.0, MISSING, count=count // 4)
        workbook.repeat("JX_GRADE", Range([[97.59]]), count=count // 4)
        workbook.repeat("JX_TOTAL", *ranges, count=count // 4)

    calls(1000)
    before = client.ask("usage", process=workbook.server)
    calls(2000)
    after = client.ask("usage", process=workbook.server)
    assert after["handles"] - before["handles"] <= 8
    assert after["committed"] - before["committed"] <= 1_000_000


def settings(client: Client, interpreter: str = "", dll: str = "") -> None:
    """Write the settings with another interpreter or another folder of the DLL."""
    folder = str(client.profile / ".jixiao")
    lines = {"INTERPRETER_WIN": interpreter or client.ask("system")["python"], "DLL": dll or folder}
    text = "".join(f'"{key}","{value}"\r\n' for key, value in lines.items())
    client.ask("write", path=f"{folder}\\jixiao.conf", text=text)


def test_a_fault_of_the_client_is_told(client: Client) -> None:
    with pytest.raises(ClientError, match="no process"):
        client.ask("kill", process=0x7FFFFFF0)
