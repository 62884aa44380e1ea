"""What must change beside the cells when values replace formulas or feed them."""

from collections.abc import Set

from .cells import CellAddress, a1
from .xml_source import Edit, Element, read_elements, spliced, start_tag, with_attribute


def without_formulas(
    calc_chain: bytes, part: str, removed: Set[tuple[int, CellAddress]]
) -> bytes | None:
    """Return the calculation chain without some cells, or None if none is left.

    removed: (sheet id, address). Excel offers to repair a file whose chain names a cell without a
    formula. An entry without a sheet id has the one of the entry before it, so where such an entry
    loses its predecessor it must say its sheet itself.
    """
    gone = {(str(sheet_id), a1(*address)) for sheet_id, address in removed}
    edits: list[Edit] = []
    sheet = kept_sheet = ""
    kept = 0
    for entry in read_elements(calc_chain, part)[1:]:
        sheet = entry.attributes.get("i", sheet)
        if (sheet, entry.attributes.get("r", "")) in gone:
            edits.append((entry.start, entry.end, b""))
            continue
        kept += 1
        if "i" not in entry.attributes and sheet != kept_sheet and sheet.isalnum():
            tag = start_tag(calc_chain, entry.start)
            stated = with_attribute(tag, b"i", sheet.encode())
            edits.append((entry.start, entry.start + len(tag), stated))
        kept_sheet = sheet
    return spliced(calc_chain, edits) if kept else None


def recalculated_on_load(workbook: bytes, properties: Element | None) -> bytes:
    """Return the workbook part such that the results of all formulas are worked out on loading.

    properties: its calcPr element. Without a calcId there, Excel does so by itself, as the file
    does not say which version calculated it; then, or if it is already asked for, the very same
    bytes come back. LibreOffice by default does as it is asked only for files of other programs
    than Excel and itself.
    """
    if properties is None or "calcId" not in properties.attributes:
        return workbook
    if properties.attributes.get("fullCalcOnLoad") in {"1", "true"}:
        return workbook
    tag = start_tag(workbook, properties.start)
    asking = with_attribute(tag, b"fullCalcOnLoad", b"1")
    return spliced(workbook, [(properties.start, properties.start + len(tag), asking)])
