"""The finished .xlsm and .xlam, read back as zips of XML."""

import re
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZIP_STORED, ZipFile

import openpyxl
import pytest
from oletools.olevba import VBA_Parser

from jixiao.building.macro_file import (
    as_addin,
    reproducible,
    ribbon_callbacks,
    same_members,
    with_ribbon,
)
from jixiao.building.vba_project import Module

RIBBON = """\
<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<customUI xmlns="http://schemas.microsoft.com/office/2009/07/customui"
    onLoad="OnRibbonLoad" loadImage="Picture">
  <ribbon><tabs><tab id="tabJx" label="绩效考核">
    <group id="grpJx" getLabel="GroupLabel">
      <button id="btnA" label="重新计算" onAction="OnRecalculate" getEnabled="IsReady"/>
      <button id="btnB" label="导出" onAction="OnRecalculate" tag="getNothing"/>
    </group>
  </tab></tabs></ribbon>
</customUI>
"""
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


def members(package: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(package)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(contents: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_STORED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def content_types(package: bytes) -> dict[str, str]:
    root = ElementTree.fromstring(members(package)["[Content_Types].xml"])
    return {
        each.get("PartName") or "." + each.get("Extension", ""): each.get("ContentType", "")
        for each in root
    }


def root_relationships(package: bytes) -> dict[str, str]:
    root = ElementTree.fromstring(members(package)["_rels/.rels"])
    assert {each.tag for each in root} == {RELATIONSHIP}
    identifiers = [each.get("Id") for each in root]
    assert len(set(identifiers)) == len(identifiers)
    return {each.get("Type", ""): each.get("Target", "") for each in root}


def test_the_ribbon_is_in_the_file_and_found_from_its_root(workbook: bytes) -> None:
    finished = with_ribbon(workbook, RIBBON)
    relationships = root_relationships(finished)
    kind = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"
    assert relationships[kind] == "customUI/customUI14.xml"
    assert relationships.items() >= root_relationships(workbook).items()
    assert members(finished)["customUI/customUI14.xml"].decode("utf-8") == RIBBON
    assert content_types(finished)[".xml"] == "application/xml"


def test_the_ribbon_changes_no_other_member(workbook: bytes) -> None:
    changed = same_members(workbook, with_ribbon(workbook, RIBBON))
    assert changed == ["_rels/.rels", "customUI/customUI14.xml"]


def test_a_second_ribbon_is_refused(workbook: bytes) -> None:
    with pytest.raises(ValueError, match="already has"):
        with_ribbon(with_ribbon(workbook, RIBBON), RIBBON)


def test_an_addin_differs_from_a_workbook_in_its_type_alone(workbook: bytes) -> None:
    addin = as_addin(workbook)
    before, after = content_types(workbook), content_types(addin)
    assert before.pop("/xl/workbook.xml") == (
        "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    )
    assert after.pop("/xl/workbook.xml") == "application/vnd.ms-excel.addin.macroEnabled.main+xml"
    assert before == after
    assert after[".bin"] == "application/vnd.ms-office.vbaProject"
    assert same_members(workbook, addin) == ["[Content_Types].xml"]


def test_a_workbook_without_macros_is_no_addin() -> None:
    buffer = BytesIO()
    openpyxl.Workbook().save(buffer)
    with pytest.raises(ValueError, match="not a macro-enabled workbook"):
        as_addin(buffer.getvalue())


def test_ribbon_and_addin_type_go_together_in_either_order(workbook: bytes) -> None:
    assert as_addin(with_ribbon(workbook, RIBBON)) == with_ribbon(as_addin(workbook), RIBBON)


def test_edited_members_keep_their_xml_declaration(workbook: bytes) -> None:
    finished = members(as_addin(with_ribbon(workbook, RIBBON)))
    declaration = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    assert finished["[Content_Types].xml"].startswith(declaration)
    assert finished["_rels/.rels"].startswith(declaration)


def test_every_xml_member_is_well_formed(workbook: bytes) -> None:
    for name, content in members(as_addin(with_ribbon(workbook, RIBBON))).items():
        if name.endswith((".xml", ".rels")):
            ElementTree.fromstring(content)


def test_code_names_in_the_sheets_are_the_document_modules(
    modules: list[Module], workbook: bytes
) -> None:
    code_names = {
        properties.get("codeName")
        for name, content in members(with_ribbon(workbook, RIBBON)).items()
        if re.fullmatch(r"xl/(workbook|worksheets/sheet\d+)\.xml", name)
        for properties in ElementTree.fromstring(content)
        if properties.tag in (MAIN + "workbookPr", MAIN + "sheetPr")
    }
    assert code_names == {module.name for module in modules if module.kind.is_document}


def test_the_vba_project_is_the_one_put_in(project: bytes, workbook: bytes) -> None:
    finished = as_addin(with_ribbon(workbook, RIBBON))
    assert members(finished)["xl/vbaProject.bin"] == project
    parser = VBA_Parser("finished.xlam", data=finished, relaxed=False)
    assert "JxFunctions.bas" in {path for _, _, path, _ in parser.extract_macros()}


def test_members_come_in_fixed_order_undated_and_without_permissions(workbook: bytes) -> None:
    with ZipFile(BytesIO(with_ribbon(workbook, RIBBON))) as archive:
        entries = archive.infolist()
    names = [entry.filename for entry in entries]
    assert names[:2] == ["[Content_Types].xml", "_rels/.rels"]
    assert names[2:] == sorted(names[2:])
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {entry.create_system for entry in entries} == {0}
    assert {entry.external_attr >> 16 for entry in entries} == {0}


def test_order_dates_and_compression_of_the_input_leave_no_trace(workbook: bytes) -> None:
    backwards = zipped(dict(reversed(members(workbook).items())))
    assert backwards != workbook
    assert reproducible(backwards) == reproducible(workbook)
    assert reproducible(reproducible(workbook)) == reproducible(workbook)
    assert with_ribbon(backwards, RIBBON) == with_ribbon(workbook, RIBBON)


def test_members_that_differ_or_are_missing_are_named() -> None:
    first = zipped({"same": b"1", "changed": b"1", "removed": b""})
    second = zipped({"added": b"", "changed": b"2", "same": b"1"})
    assert same_members(first, second) == ["added", "changed", "removed"]
    assert same_members(first, first) == []


def test_every_callback_of_a_ribbon_is_collected() -> None:
    expected = {"OnRibbonLoad", "Picture", "GroupLabel", "OnRecalculate", "IsReady"}
    assert ribbon_callbacks(RIBBON) == expected


def test_a_ribbon_without_callbacks_has_none() -> None:
    namespace = "http://schemas.microsoft.com/office/2009/07/customui"
    assert ribbon_callbacks(f'<customUI xmlns="{namespace}"/>') == frozenset()


@pytest.mark.parametrize(
    ("xml", "reason"),
    [
        (RIBBON.replace("</ribbon>", ""), "not well-formed"),
        ("", "not well-formed"),
        (RIBBON.replace("2009/07", "2006/01"), "not customUI in"),
        (RIBBON.replace("customUI", "other"), "not customUI in"),
    ],
)
def test_what_is_no_ribbon_is_refused(workbook: bytes, xml: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        ribbon_callbacks(xml)
    with pytest.raises(ValueError, match=reason):
        with_ribbon(workbook, xml)
