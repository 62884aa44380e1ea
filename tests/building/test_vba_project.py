"""The VBA project, read back with oletools and olefile."""

import struct
from io import BytesIO

import olefile
import pytest
from oletools.olevba import VBA_Parser, decompress_stream

from jixiao.building.vba_project import Module, ModuleKind, vba_project

WORKBOOK = Module("ThisWorkbook", ModuleKind.WORKBOOK, "")


def stream(project: bytes, path: str) -> bytes:
    with olefile.OleFileIO(BytesIO(project), raise_defects=olefile.DEFECT_UNSURE) as ole:
        return bytes(ole.openstream(path).read())


def project_lines(project: bytes) -> list[str]:
    return stream(project, "PROJECT").decode("ascii").split("\r\n")


def properties(project: bytes) -> dict[str, str]:
    pairs = (line.split("=", 1) for line in project_lines(project) if '="' in line)
    return {name: value.strip('"') for name, value in pairs}


def dir_records(project: bytes) -> list[tuple[int, bytes]]:
    """Return identifier and content of every record of the dir stream, to its last byte."""
    data = bytes(decompress_stream(bytearray(stream(project, "VBA/dir"))))
    records = []
    position = 0
    while position < len(data):
        identifier, size = struct.unpack_from("<HI", data, position)
        size += 2 * (identifier == 0x0009)  # PROJECTVERSION does not count its minor version
        records.append((identifier, data[position + 6 : position + 6 + size]))
        position += 6 + size
    assert position == len(data)
    return records


def number(content: bytes) -> int:
    return int.from_bytes(content, "little")


def extracted(project: bytes) -> dict[str, str]:
    parser = VBA_Parser("vbaProject.bin", data=project, relaxed=False)
    return {file: code for _, _, file, code in parser.extract_macros()}


def decrypted(text: str) -> tuple[int, bytes]:
    """Return project key and data, by the steps of [MS-OVBA] 2.4.3.3."""
    seed, version, key, *rest = bytes.fromhex(text)
    assert version ^ seed == 2
    project_key = key ^ seed
    unencrypted_1, encrypted_1, encrypted_2 = project_key, key, version
    plain = bytearray()
    for byte in rest:
        plain.append(byte ^ ((encrypted_2 + unencrypted_1) & 0xFF))
        encrypted_2, encrypted_1, unencrypted_1 = encrypted_1, byte, plain[-1]
    ignored = (seed & 6) // 2
    (length,) = struct.unpack_from("<I", plain, ignored)
    data = bytes(plain[ignored + 4 :])
    assert len(data) == length
    return project_key, data


def test_each_modules_source_comes_back_after_its_header(
    modules: list[Module], project: bytes
) -> None:
    codes = extracted(project)
    assert set(codes) == {
        f"{module.name}.{'bas' if module.kind is ModuleKind.STANDARD else 'cls'}"
        for module in modules
    }
    for module in modules:
        (code,) = (code for file, code in codes.items() if file.startswith(f"{module.name}."))
        header = [line for line in code.splitlines() if line.startswith("Attribute ")]
        lines = [*header, *module.source.splitlines()]
        assert code == "".join(f"{line}\r\n" for line in lines)


@pytest.mark.parametrize(
    ("kind", "header"),
    [
        (ModuleKind.STANDARD, ['VB_Name = "M"']),
        (
            ModuleKind.SHEET,
            [
                'VB_Name = "M"',
                'VB_Base = "0{00020820-0000-0000-C000-000000000046}"',
                "VB_GlobalNameSpace = False",
                "VB_Creatable = False",
                "VB_PredeclaredId = True",
                "VB_Exposed = True",
                "VB_TemplateDerived = False",
                "VB_Customizable = True",
            ],
        ),
        (
            ModuleKind.CLASS,
            [
                'VB_Name = "M"',
                'VB_Base = "0{FCFB3D2A-A0FA-1068-A738-08002B3371B5}"',
                "VB_GlobalNameSpace = False",
                "VB_Creatable = False",
                "VB_PredeclaredId = False",
                "VB_Exposed = False",
                "VB_TemplateDerived = False",
                "VB_Customizable = False",
            ],
        ),
    ],
)
def test_the_stored_text_is_header_and_source(kind: ModuleKind, header: list[str]) -> None:
    project = vba_project("P", [WORKBOOK, Module("M", kind, "Option Explicit\nDim x\n")])
    stored = bytes(decompress_stream(bytearray(stream(project, "VBA/M")))).decode("ascii")
    attributes = "".join(f"Attribute {line}\r\n" for line in header)
    assert stored == attributes + "Option Explicit\r\nDim x\r\n"


def test_a_workbook_module_derives_from_the_workbook_class(project: bytes) -> None:
    code = extracted(project)["ThisWorkbook.cls"]
    assert 'Attribute VB_Base = "0{00020819-0000-0000-C000-000000000046}"' in code


@pytest.mark.parametrize("source", ["a\nb\n", "a\r\nb\r\n", "a\rb\r", "a\nb"])
def test_lines_end_in_crlf_however_the_source_ended_them(source: str) -> None:
    project = vba_project("P", [WORKBOOK, Module("M", ModuleKind.STANDARD, source)])
    stored = bytes(decompress_stream(bytearray(stream(project, "VBA/M"))))
    assert stored == b'Attribute VB_Name = "M"\r\na\r\nb\r\n'


def test_project_lists_each_module_with_its_kind(modules: list[Module], project: bytes) -> None:
    lines = project_lines(project)
    assert lines[1:7] == [
        "Document=ThisWorkbook/&H00000000",
        "Document=SheetScores/&H00000000",
        "Document=SheetBasis/&H00000000",
        "Module=JxFunctions",
        "Module=JxNotes",
        "Class=JxScore",
    ]
    assert lines[lines.index("[Workspace]") + 1 :] == [
        *(f"{module.name}=0, 0, 0, 0, C" for module in modules),
        "",
    ]
    assert properties(project)["Name"] == "JxSample"


def test_the_name_map_holds_each_name_twice(modules: list[Module], project: bytes) -> None:
    expected = b"".join(
        module.name.encode("ascii") + b"\0" + module.name.encode("utf-16-le") + b"\0\0"
        for module in modules
    )
    assert stream(project, "PROJECTwm") == expected + b"\0\0"


def test_there_is_no_compiled_code(project: bytes) -> None:
    assert stream(project, "VBA/_VBA_PROJECT") == bytes.fromhex("CC61FFFF000000")


def test_the_decryptor_of_these_tests_reads_the_specifications_examples() -> None:
    assert decrypted("0705D8E3D8EDDBF1DBF1DBF1DBF1")[1] == bytes(4)
    assert decrypted("0E0CD1ECDFF4E7F5E7F5E7")[1] == bytes(1)
    assert decrypted("1517CAF1D6F9D7F9D706")[1] == b"\xff"


@pytest.mark.parametrize("name", ["JxSample", "P", "Another_name_9"])
def test_the_project_is_unprotected_without_password_and_visible(name: str) -> None:
    values = properties(vba_project(name, [WORKBOOK]))
    key = sum(values["ID"].encode("ascii")) % 256
    assert decrypted(values["CMG"]) == (key, bytes(4))
    assert decrypted(values["DPB"]) == (key, bytes(1))
    assert decrypted(values["GC"]) == (key, b"\xff")
    # The lengths [MS-OVBA] 2.3.1.15 to 2.3.1.17 allow.
    assert 22 <= len(values["CMG"]) <= 28
    assert 16 <= len(values["GC"]) <= 22


def test_dir_states_code_page_936_and_language_0409_without_record_4a(project: bytes) -> None:
    records = [(identifier, number(content)) for identifier, content in dir_records(project)]
    assert records[:4] == [(0x0001, 1), (0x0002, 0x409), (0x0014, 0x409), (0x0003, 936)]
    assert 0x004A not in [identifier for identifier, _ in records]


def test_dir_describes_each_module(modules: list[Module], project: bytes) -> None:
    records = dir_records(project)
    contents = [content for identifier, content in records if identifier == 0x000F]
    assert [number(content) for content in contents] == [len(modules)]
    names = [content.decode("ascii") for identifier, content in records if identifier == 0x0019]
    assert names == [module.name for module in modules]
    types = [identifier for identifier, _ in records if identifier in (0x0021, 0x0022)]
    standard = [module.kind is ModuleKind.STANDARD for module in modules]
    assert types == [0x0021 if each else 0x0022 for each in standard]


def test_thirty_modules_come_back() -> None:
    sources = {f"Module{n}": f"Sub S{n}()\r\nEnd Sub\r\n" * (n * n) for n in range(30)}
    modules = [Module(name, ModuleKind.STANDARD, source) for name, source in sources.items()]
    codes = extracted(vba_project("Thirty", [WORKBOOK, *modules]))
    for name, source in sources.items():
        assert codes[f"{name}.bas"] == f'Attribute VB_Name = "{name}"\r\n{source}'


def test_two_builds_are_equal_and_another_name_gives_another_id(modules: list[Module]) -> None:
    assert vba_project("JxSample", modules) == vba_project("JxSample", modules)
    other = properties(vba_project("JxOther", modules))["ID"]
    assert other != properties(vba_project("JxSample", modules))["ID"]


@pytest.mark.parametrize(
    ("source", "where"),
    [
        ('Option Explicit\nx = "绩效"\n', "line 2: '绩' is not printable ASCII"),
        ("a\n\n' caf\xe9\n", "line 3: 'é' is not printable ASCII"),
        ("a\x0cb\n", r"line 1: '\x0c' is not printable ASCII"),
        ("a\n" + "x" * 1024, "line 2: 1024 characters, more than 1023"),
        ("x = 1" + " + _\n1" * 25, "line 25: more than 24 line continuations"),
        ('Attribute VB_Name = "M"\n', "line 1: a module's header is written for it"),
        ("VERSION 1.0 CLASS\nBEGIN\nEND\n", "line 1: a module's header is written for it"),
    ],
)
def test_source_vba_cannot_hold_is_refused_by_module_and_line(source: str, where: str) -> None:
    with pytest.raises(ValueError, match=r"^module JxBad, line \d+: ") as raised:
        Module("JxBad", ModuleKind.STANDARD, source)
    assert where in str(raised.value)


@pytest.mark.parametrize(
    "source",
    [
        "x" * 1023,
        "x = 1" + " + _\n1" * 24 + "\ny = 1" + " + _\n1" * 24,
        "a_\nb_\n" * 30,
        'Attribute F.VB_Description = "what F does"\n',
        "\tx = 1 ' ~!@#\n",
    ],
)
def test_source_at_the_limits_is_taken(source: str) -> None:
    assert Module("JxGood", ModuleKind.STANDARD, source).source == source


@pytest.mark.parametrize("name", ["", "1st", "_x", "a-b", "a b", "绩效", "n" * 32, "a\n"])
def test_a_module_name_that_is_no_vba_name_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="no VBA name"):
        Module(name, ModuleKind.STANDARD, "")


@pytest.mark.parametrize("name", ["thisworkbook", "Dir", "VBA", "jxsample"])
def test_a_module_name_already_taken_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="already taken"):
        vba_project("JxSample", [WORKBOOK, Module(name, ModuleKind.STANDARD, "")])


def test_a_project_name_that_is_no_vba_name_is_refused() -> None:
    with pytest.raises(ValueError, match="no VBA name"):
        vba_project("绩效", [WORKBOOK])


@pytest.mark.parametrize("count", [0, 2])
def test_anything_but_one_workbook_module_is_refused(count: int) -> None:
    books = [Module(f"Book{number}", ModuleKind.WORKBOOK, "") for number in range(count)]
    with pytest.raises(ValueError, match="exactly one"):
        vba_project("P", books)
