"""A workbook file: opened with suspicion, changed in a few cells, everything else kept."""

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Self

from .added_sheet import add_sheet
from .calculation import recalculated_on_load, without_formulas
from .cells import CellAddress, CellContent, CellRange, CellValue, Formula
from .comments import IsOwn, comments_of, set_own_comments
from .declared_counts import refuse_false_counts
from .draft import Draft
from .errors import PackageError
from .foreign_files import describe_other_file
from .shared_strings import SharedStrings
from .sheet_part import SheetPart
from .system_errors import in_chinese
from .workbook_part import NameMap, Relationship, SheetInfo, read_workbook, relationships_part
from .xml_source import read_elements, spliced
from .zip_archive import ZipArchive

MAX_FILE_BYTES = 64 * 2**20
"""Workbooks with many photographs reach some 20 MB; the file is held in memory."""

CONTENT_TYPES = "[Content_Types].xml"

_FORMULA = re.compile(rb"<(?:[^<>\s/:]+:)?f[\s/>]")


class Package:
    """A workbook file in memory.

    Everything is read from one copy of the file's bytes, so a file that changes meanwhile cannot
    give half of each state. All sizes are checked before anything else reads the bytes.
    """

    __slots__ = ("_archive", "_sheet_parts", "_workbook", "content")

    content: bytes
    """The file's bytes, as read: for a reader that takes a file object."""

    def __init__(self, content: bytes) -> None:
        """Take the bytes of a workbook file; PackageError if it cannot be read safely."""
        if len(content) > MAX_FILE_BYTES:
            raise PackageError(_too_large(len(content)))
        other = describe_other_file(content)
        if other is not None:
            raise PackageError(other)
        self.content = content
        self._archive = ZipArchive(content)
        refuse_false_counts(self._archive)
        self._workbook = read_workbook(self._archive)
        self._sheet_parts: dict[str, SheetPart] = {}

    @classmethod
    def open(cls, path: Path) -> Self:
        """Read a workbook file; PackageError, naming the file, says why it cannot be read."""
        try:
            return cls(file_bytes(path))
        except PackageError as error:
            raise PackageError(f"“{path.name}”：{error}") from error

    @property
    def sheets(self) -> dict[str, SheetInfo]:
        """The worksheets by name, in the order of their tabs; without chart sheets."""
        return self._workbook.sheets

    @property
    def defined_names(self) -> NameMap[CellRange]:
        """The names of the whole workbook that stand for one plain area; case is ignored."""
        return self._workbook.defined_names

    @property
    def broken_names(self) -> NameMap[str]:
        """The names of the whole workbook whose cells or sheet are gone, with their text."""
        return self._workbook.broken_names

    @property
    def date1904(self) -> bool:
        """Whether day 0 of the workbook's dates is 1904-01-01."""
        return self._workbook.date1904

    def part(self, name: str) -> bytes:
        """Return the inflated bytes of a part; PackageError if there is none."""
        return self._archive[name]

    def sheet(self, name: str) -> SheetPart:
        """Return a parsed worksheet; PackageError if there is none or it is damaged."""
        if name not in self._sheet_parts:
            if name not in self.sheets:
                raise PackageError(f"工作簿里没有名为“{name}”的工作表。")
            self._sheet_parts[name] = SheetPart(self._archive[self.sheets[name].part], name)
        return self._sheet_parts[name]

    def rewritten(self, changes: Mapping[str, Mapping[CellAddress, CellContent]]) -> bytes:
        """Return the bytes of the file with new values in some cells.

        changes: sheet name → (row, column) → value or formula; None or "" empties a cell, which
        keeps its style. A new formula has no result before something calculates it, and no entry
        in the calculation chain, which programs add. If every cell holds its value already, the
        very same bytes come back, so writing twice is the same as writing once. Otherwise only
        these parts differ: the changed sheets; the calculation chain, where a formula gave way to
        a value (with the list of types and relationships if it becomes empty); and the workbook
        part, which asks for the formulas of the file to be worked out on loading, if there are any
        and it does not do so already.
        Until then the results of formulas that depend on the changed cells are the old ones.

        Raises PackageError if a sheet does not exist, and as SheetPart.rewrite does.
        """
        replaced: dict[str, bytes] = {}
        removed: set[tuple[int, CellAddress]] = set()
        strings = self._shared_strings()
        for name, cells in changes.items():
            part = self.sheet(name)
            xml = part.rewrite(cells, strings)
            if xml != part.xml:
                info = self.sheets[name]
                replaced[info.part] = xml
                removed |= {
                    (info.sheet_id, cell)
                    for cell, value in cells.items()
                    if not isinstance(value, Formula) and part.has_formula(*cell)
                }
        if not replaced:
            return self.content
        dropped = self._update_calc_chain(replaced, removed) if removed else ()
        workbook = self._archive[self._workbook.part]
        asking = recalculated_on_load(workbook, self._workbook.calculation)
        if asking is not workbook and (self._has_formulas() or _has_formula(replaced.values())):
            replaced[self._workbook.part] = asking
        return self._archive.rewritten(replaced, dropped)

    def comments(self, sheet: str) -> dict[CellAddress, str]:
        """Return the comments of a sheet by cell; not the threaded ones."""
        return comments_of(Draft(self._archive), self.sheets[sheet].part)

    def commented(
        self, texts: Mapping[str, Mapping[CellAddress, str]], author: str, is_own: IsOwn
    ) -> bytes:
        """Return the bytes of the file with these comments of the program and no others of it.

        texts: sheet name → (row, column) → text; is_own tells the program's comments, on all
        sheets, by their text. Other people's comments stay as they are, and their cells get none.
        Beside the comments' own parts only the sheet's reference to them, its relationships and
        the list of types change; where nothing is to change, the very same bytes come back.
        """
        draft = Draft(self._archive)
        for name, info in self.sheets.items():
            set_own_comments(draft, info.part, texts.get(name, {}), author, is_own)
        return draft.written()

    def with_sheet(
        self, name: str, rows: Sequence[Sequence[CellValue]], widths: Mapping[int, int]
    ) -> bytes:
        """Return the bytes of the file with one more sheet, the last tab.

        widths: column → characters. Beside the new part only the workbook part, its relationships
        and the list of types change. Raises PackageError where there is a sheet of this name.
        """
        if name.casefold() in {sheet.casefold() for sheet in self.sheets}:
            raise PackageError(f"工作簿里已有名为“{name}”的工作表。")
        draft = Draft(self._archive)
        add_sheet(draft, self._workbook.part, name, rows, widths)
        return draft.written()

    def _shared_strings(self) -> SharedStrings:
        strings = self._workbook.shared_strings
        if strings is None or strings.part not in self._archive:
            return SharedStrings()
        return SharedStrings(self._archive[strings.part], strings.part)

    def _has_formulas(self) -> bool:
        """Tell whether the workbook has formulas; a look-alike in a comment counts as one."""
        chain = self._workbook.calc_chain
        if chain is not None and chain.part in self._archive:
            return True
        return _has_formula(self._archive[sheet.part] for sheet in self.sheets.values())

    def _update_calc_chain(
        self, replaced: dict[str, bytes], removed: set[tuple[int, CellAddress]]
    ) -> tuple[str, ...]:
        """Take removed formulas out of the calculation chain; return the parts to drop."""
        chain = self._workbook.calc_chain
        if chain is None or chain.part not in self._archive:
            return ()
        xml = self._archive[chain.part]
        shorter = without_formulas(xml, chain.part, removed)
        if shorter is not None:
            if shorter != xml:
                replaced[chain.part] = shorter
            return ()
        self._forget_part(replaced, chain)
        return (chain.part,)

    def _forget_part(self, replaced: dict[str, bytes], relationship: Relationship) -> None:
        """Remove a part from the workbook's relationships and the content types."""
        source = relationships_part(self._workbook.part)
        element = relationship.element
        replaced[source] = spliced(self._archive[source], [(element.start, element.end, b"")])
        types = self._archive[CONTENT_TYPES]
        part_name = f"/{relationship.part}".lower()
        replaced[CONTENT_TYPES] = spliced(
            types,
            [
                (override.start, override.end, b"")
                for override in read_elements(types, CONTENT_TYPES)
                if override.attributes.get("PartName", "").lower() == part_name
            ],
        )


def _has_formula(parts: Iterable[bytes]) -> bool:
    return any(_FORMULA.search(part) for part in parts)


def _too_large(size: int) -> str:
    limit = MAX_FILE_BYTES >> 20
    return f"文件有 {size >> 20} MB，超过上限 {limit} MB。请压缩或删除其中的图片后再试。"


def file_bytes(path: Path) -> bytes:
    """Return the bytes of a file of bounded size; PackageError if it cannot be read."""
    # These never raise, unlike the methods of Path.
    if os.path.isdir(path):
        raise PackageError("这是文件夹，不是工作簿文件。")
    if os.path.exists(path) and not os.path.isfile(path):
        raise PackageError("这不是普通文件。")
    try:
        with path.open("rb") as file:
            content = file.read(MAX_FILE_BYTES + 1)
    except FileNotFoundError as error:
        raise PackageError("找不到文件。请检查文件是否被移动、改名或删除。") from error
    except PermissionError as error:
        raise PackageError("无法读取：没有权限，或文件正被其他程序独占。") from error
    except OSError as error:
        raise PackageError(f"无法读取：{in_chinese(error)}。") from error
    except ValueError as error:  # a NUL in the name
        raise PackageError("文件名里有不能用的字符。") from error
    if len(content) > MAX_FILE_BYTES:
        raise PackageError(_too_large(path.stat().st_size))
    return content
