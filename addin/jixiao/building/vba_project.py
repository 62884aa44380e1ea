"""Writing a VBA project, xl/vbaProject.bin, from source text ([MS-OVBA]).

The project carries source only and no compiled code; the host compiles it when it opens the file.
Equal names and sources give equal bytes.
"""

import re
import struct
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from io import StringIO

from jixiao.building.compound_file import compound_file
from jixiao.building.ovba_compression import compress

_CODE_PAGE = 936
_LCID = 0x409
_WIN32 = 1
_LONGEST_MODULE_NAME = 31
_LONGEST_LINE = 1023
_MOST_CONTINUATIONS = 24

_IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_NOT_ASCII_TEXT = re.compile(r"[^\t\x20-\x7e]")
_CONTINUED = re.compile(r"(^|[ \t])_[ \t]*$")
_HEADER_LINE = re.compile(r"\s*(Attribute\s+VB_|VERSION\s+\d)", re.IGNORECASE)
# A module named Dir would take the place of the stream `dir`; the others are the libraries every
# project in Excel sees.
_TAKEN_NAMES = frozenset({"dir", "excel", "office", "stdole", "vba"})

_REFERENCES = {
    "stdole": r"*\G{00020430-0000-0000-C000-000000000046}#2.0#0#C:\Windows\System32\stdole2.tlb"
    "#OLE Automation",
    "Office": r"*\G{2DF8D04C-5BFA-101B-BDE5-00AA0044DE52}#2.0#0#C:\Program Files\Common Files"
    r"\Microsoft Shared\OFFICE16\MSO.DLL#Microsoft Office 16.0 Object Library",
}


class ModuleKind(Enum):
    """What a module belongs to; the value is the class it derives from, its VB_Base."""

    STANDARD = ""
    WORKBOOK = "0{00020819-0000-0000-C000-000000000046}"
    SHEET = "0{00020820-0000-0000-C000-000000000046}"
    CLASS = "0{FCFB3D2A-A0FA-1068-A738-08002B3371B5}"

    @property
    def is_document(self) -> bool:
        """Whether the module is the code behind a workbook or a sheet."""
        return self in (ModuleKind.WORKBOOK, ModuleKind.SHEET)


@dataclass(frozen=True, slots=True)
class Module:
    """A module: its name, its kind and its code without the header an export begins with.

    A document module's name is the code name of its sheet or workbook. The code is ASCII: other
    characters are stored in one code page and are legible only where the system has the same.

    Raises ValueError, with module and line, for what Excel would refuse or garble.
    """

    name: str
    kind: ModuleKind
    source: str

    def __post_init__(self) -> None:
        """Check the name and every line."""
        _check_identifier(self.name, _LONGEST_MODULE_NAME)
        continuations = 0
        for number, line in enumerate(_lines(self.source), start=1):
            continuations = continuations + 1 if _CONTINUED.search(line) else 0
            if fault := next(_faults(line, continuations), None):
                raise ValueError(f"module {self.name}, line {number}: {fault}")


def vba_project(name: str, modules: Sequence[Module]) -> bytes:
    """Return vbaProject.bin with these modules, one of them the workbook's (2.2.1).

    Raises ValueError for names that are invalid or taken, and unless exactly one module is the
    workbook's.
    """
    _check_names(name, modules)
    names = [module.name for module in modules]
    streams = {
        "dir": compress(_dir_stream(name, modules)),
        # _VBA_PROJECT (2.3.4.1): version 0xFFFF says there is no compiled code to trust.
        "_VBA_PROJECT": bytes.fromhex("CC61 FFFF 00 0000"),
    }
    streams |= {module.name: compress(_module_text(module)) for module in modules}
    return compound_file(
        {"VBA": streams, "PROJECT": _project_stream(name, modules), "PROJECTwm": _name_map(names)}
    )


def _check_identifier(name: str, longest: int) -> None:
    if not _IDENTIFIER.fullmatch(name) or len(name) > longest:
        raise ValueError(
            f"{name!r} is no VBA name: a letter, then letters, digits and "
            f"underscores, at most {longest} in all"
        )


def _check_names(name: str, modules: Sequence[Module]) -> None:
    _check_identifier(name, longest=128)
    taken = set(_TAKEN_NAMES)
    for each in [name, *(module.name for module in modules)]:
        if each.lower() in taken:  # VBA ignores case
            raise ValueError(f"the name {each} is already taken")
        taken.add(each.lower())
    if [module.kind for module in modules].count(ModuleKind.WORKBOOK) != 1:
        raise ValueError("exactly one module must be the workbook's")


def _faults(line: str, continuations: int) -> Iterator[str]:
    """Yield what is wrong with one line of code, the last of so many continued ones."""
    if odd := _NOT_ASCII_TEXT.search(line):
        yield f"{odd[0]!r} is not printable ASCII"
    if len(line) > _LONGEST_LINE:
        yield f"{len(line)} characters, more than {_LONGEST_LINE}"
    if continuations > _MOST_CONTINUATIONS:
        yield f"more than {_MOST_CONTINUATIONS} line continuations"
    if _HEADER_LINE.match(line):
        yield "a module's header is written for it, give the code alone"


def _lines(source: str) -> list[str]:
    """Split at LF, CRLF or CR alone; str.splitlines would also hide form feeds and the like."""
    return [line.removesuffix("\n") for line in StringIO(source, newline=None)]


def _module_text(module: Module) -> bytes:
    """Return a module's header and code as its stream holds them (2.3.4.3, [MS-VBAL] 4.2)."""
    header = [f'Attribute VB_Name = "{module.name}"']
    if module.kind is not ModuleKind.STANDARD:
        document = module.kind.is_document
        header += [
            f'Attribute VB_Base = "{module.kind.value}"',
            "Attribute VB_GlobalNameSpace = False",
            "Attribute VB_Creatable = False",
            f"Attribute VB_PredeclaredId = {document}",
            f"Attribute VB_Exposed = {document}",
            "Attribute VB_TemplateDerived = False",
            f"Attribute VB_Customizable = {document}",
        ]
    return _crlf_lines(header + _lines(module.source))


def _crlf_lines(lines: Sequence[str]) -> bytes:
    return "".join(line + "\r\n" for line in lines).encode("ascii")


def _project_stream(name: str, modules: Sequence[Module]) -> bytes:
    """Return the PROJECT stream (2.3.1)."""
    # A fixed id for each name: a random one would make every build differ.
    project_id = f"{{{uuid.uuid5(uuid.NAMESPACE_DNS, f'{name}.vba.jixiao')}}}".upper()
    unprotected, no_password, visible = bytes(4), bytes(1), b"\xff"
    return _crlf_lines(
        [
            f'ID="{project_id}"',
            *map(_project_item, modules),
            f'Name="{name}"',
            'HelpContextID="0"',
            'VersionCompatible32="393222000"',
            f'CMG="{_encrypted(unprotected, project_id)}"',
            f'DPB="{_encrypted(no_password, project_id)}"',
            f'GC="{_encrypted(visible, project_id)}"',
            "",
            "[Host Extender Info]",
            "&H00000001={3832D640-CF90-11CF-8E43-00A0C911005A};VBE;&H00000000",
            "",
            "[Workspace]",
            *(f"{module.name}=0, 0, 0, 0, C" for module in modules),
        ]
    )


def _project_item(module: Module) -> str:
    """Return a module's line in the PROJECT stream (2.3.1.3)."""
    if module.kind.is_document:
        return f"Document={module.name}/&H00000000"
    return f"{'Class' if module.kind is ModuleKind.CLASS else 'Module'}={module.name}"


def _encrypted(data: bytes, project_id: str) -> str:
    """Return `data` under Data Encryption, in hexadecimal (2.4.3.2).

    The seed is free but for its bits 1 and 2, which count the random bytes put before the data;
    this one asks for none.
    """
    seed, version = 0x58, 2
    key = sum(project_id.encode("ascii")) & 0xFF
    encrypted = bytearray([seed, seed ^ version, seed ^ key])
    previous = key
    for byte in struct.pack("<I", len(data)) + data:
        encrypted.append(byte ^ ((encrypted[-2] + previous) & 0xFF))
        previous = byte
    return encrypted.hex().upper()


def _name_map(names: Sequence[str]) -> bytes:
    """Return the PROJECTwm stream: each name in the code page and in UTF-16 (2.3.3)."""
    pairs = (f"{name}\0".encode("ascii") + f"{name}\0".encode("utf-16-le") for name in names)
    return b"".join(pairs) + b"\0\0"


def _dir_stream(name: str, modules: Sequence[Module]) -> bytes:
    """Return the dir stream, uncompressed (2.3.4.2)."""
    references = b"".join(_reference(*reference) for reference in _REFERENCES.items())
    return b"".join(
        (
            _project_information(name),
            references,
            _record(0x000F, _u16(len(modules))),  # PROJECTMODULES
            _record(0x0013, _u16(0xFFFF)),  # PROJECTCOOKIE
            *map(_module_record, modules),
            _record(0x0010, b""),  # terminator
        )
    )


def _project_information(name: str) -> bytes:
    """Return the PROJECTINFORMATION record (2.3.4.2.1)."""
    return b"".join(
        (
            _record(0x0001, _u32(_WIN32)),  # PROJECTSYSKIND
            # PROJECTCOMPATVERSION (0x004A) is left out: optional, and newer than some readers.
            _record(0x0002, _u32(_LCID)),  # PROJECTLCID
            _record(0x0014, _u32(_LCID)),  # PROJECTLCIDINVOKE
            _record(0x0003, _u16(_CODE_PAGE)),  # PROJECTCODEPAGE
            _record(0x0004, name.encode("ascii")),  # PROJECTNAME
            _text_record(0x0005, 0x0040, ""),  # PROJECTDOCSTRING
            _record(0x0006, b"") + _record(0x003D, b""),  # PROJECTHELPFILEPATH
            _record(0x0007, _u32(0)),  # PROJECTHELPCONTEXT
            _record(0x0008, _u32(0)),  # PROJECTLIBFLAGS
            # PROJECTVERSION: its size field does not count the minor version. The values are those
            # of a project Excel saved; they date compiled code, of which there is none.
            _record(0x0009, _u32(0x61EEF783)) + _u16(3),
            _text_record(0x000C, 0x003C, ""),  # PROJECTCONSTANTS
        )
    )


def _reference(name: str, library: str) -> bytes:
    """Return a REFERENCENAME and a REFERENCEREGISTERED record (2.3.4.2.2)."""
    sized_library = _u32(len(library)) + library.encode("ascii")
    return _text_record(0x0016, 0x003E, name) + _record(0x000D, sized_library + bytes(6))


def _module_record(module: Module) -> bytes:
    """Return the MODULE record (2.3.4.2.3.2)."""
    procedural = module.kind is ModuleKind.STANDARD
    return b"".join(
        (
            _text_record(0x0019, 0x0047, module.name),  # MODULENAME, MODULENAMEUNICODE
            _text_record(0x001A, 0x0032, module.name),  # MODULESTREAMNAME
            _text_record(0x001C, 0x0048, ""),  # MODULEDOCSTRING
            _record(0x0031, _u32(0)),  # MODULEOFFSET: the source starts the stream
            _record(0x001E, _u32(0)),  # MODULEHELPCONTEXT
            _record(0x002C, _u16(0xFFFF)),  # MODULECOOKIE
            _record(0x0021 if procedural else 0x0022, b""),  # MODULETYPE
            _record(0x002B, b""),  # terminator
        )
    )


def _record(identifier: int, content: bytes) -> bytes:
    return struct.pack("<HI", identifier, len(content)) + content


def _text_record(identifier: int, unicode_identifier: int, text: str) -> bytes:
    """Return a text in the code page and again in UTF-16."""
    return _record(identifier, text.encode("ascii")) + _record(
        unicode_identifier, text.encode("utf-16-le")
    )


def _u16(value: int) -> bytes:
    return struct.pack("<H", value)


def _u32(value: int) -> bytes:
    return struct.pack("<I", value)
