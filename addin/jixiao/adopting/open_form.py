"""A form of others that is open in a program: what a click would write, and writing it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from jixiao.adopting.adoption import Adoption, adopt
from jixiao.adopting.asked import SHEET
from jixiao.hosts.host import Host, HostError
from jixiao.ooxml import CellRange, save_atomically


class OpenForm:
    """The open workbook as it now stands, unsaved changes included."""

    def __init__(self, host: Host) -> None:
        """Raises as `adopt` does, and HostError where the workbook was never saved."""
        if not host.path.is_absolute():
            raise HostError("这不是本程序的表。要给它评分，请先把工作簿保存到本机。")
        self._host = host
        with TemporaryDirectory() as folder:
            copy = Path(folder) / host.path.name
            host.save_copy(copy)
            self._adoption: Adoption = adopt(copy)

    @property
    def told(self) -> tuple[str, ...]:
        """All that would be written, word by word, with the file it is for."""
        writes = tuple(write.sentence for write in self._adoption.writes)
        return (str(self._host.path), *writes, *(item.key for item in self._adoption.asked))

    def preview(self, listed: Callable[[Sequence[str]], str]) -> str:
        """What would be written and what would not, and how to go on."""
        adoption = self._adoption
        others = (*adoption.waiting, *adoption.kept)
        if not adoption.writes and not adoption.asked:
            return f"这不是本程序的表；没有要写的。\n{listed(others)}".rstrip()
        sheet = f"，并另存一份加上“{SHEET}”的，请在其中填数据" if adoption.asked else ""
        standard = "、".join(dict.fromkeys(adoption.rubrics))
        return (
            f"这不是本程序的表，按{standard}评分。还没有写入；再按一次“一键评分”就写入"
            f"{len(adoption.writes)}格{sheet}。\n"
            f"{listed([*(write.sentence for write in adoption.writes), *others])}"
        )

    def write(self, free: Callable[[Path], Path]) -> str:
        """Write the scores; where figures have to be asked for, into a copy with their sheet."""
        adoption, path = self._adoption, self._host.path
        if adoption.asked:
            copy = free(path.with_name(f"{path.stem}-含{SHEET}{path.suffix}"))
            save_atomically(adoption.written(), copy)
            self._host.open(copy)
            count = len(adoption.asked)
            return f"原表没有动。请在“{copy}”的“{SHEET}”里填{count}项数据，再按“一键评分”。"
        places = {write.place: write.new for write in adoption.writes}
        self._host.write(
            {
                CellRange(at.sheet, at.row, at.column, at.row, at.column): new
                for at, new in places.items()
            }
        )
        rest = adoption.waiting[-1] if adoption.waiting else "总分和等级也已写好"
        return f"已写入{len(places)}格，{rest}。"
