"""Writing a compound file, the container of vbaProject.bin ([MS-CFB], version 3).

Storages and streams are laid out in a fixed order and all times are zero, so equal contents give
equal bytes.
"""

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

Storage: TypeAlias = Mapping[str, "bytes | Storage"]

_SIGNATURE = bytes.fromhex("D0CF11E0A1B11AE1")
_SECTOR_SIZE = 512
_MINI_SECTOR_SIZE = 64
_MINI_STREAM_CUTOFF = 4096
_NUMBERS_PER_SECTOR = _SECTOR_SIZE // 4
_ENTRIES_PER_SECTOR = _SECTOR_SIZE // 128
_FAT_SECTORS_IN_HEADER = 109
_LONGEST_NAME = 31

# Special sector numbers (2.1), and "no such entry" in the directory (2.6.1).
_FATSECT = 0xFFFFFFFD
_ENDOFCHAIN = 0xFFFFFFFE
_FREESECT = 0xFFFFFFFF
_NOSTREAM = 0xFFFFFFFF

_STORAGE, _STREAM, _ROOT = 1, 2, 5


@dataclass(slots=True)
class _Sectors:
    """Sectors of one size and the table that chains them: FAT (2.3) or mini FAT (2.4)."""

    size: int
    data: bytearray = field(default_factory=bytearray)
    chain: list[int] = field(default_factory=list)

    def add(self, content: bytes | bytearray) -> int:
        """Append a chain of sectors holding `content`; return its first sector."""
        if not content:
            return _ENDOFCHAIN
        first, count = len(self.chain), -(-len(content) // self.size)
        self.chain += [*range(first + 1, first + count), _ENDOFCHAIN]
        self.data += content.ljust(count * self.size, b"\0")
        return first


@dataclass(frozen=True, slots=True)
class _Links:
    """An entry's place in the red-black tree of its siblings (2.6.4)."""

    left: int = _NOSTREAM
    right: int = _NOSTREAM
    black: bool = True


@dataclass(frozen=True, slots=True)
class _Entry:
    """A directory entry (2.6.1)."""

    name: str
    kind: int
    links: _Links
    child: int
    start: int
    size: int

    def __post_init__(self) -> None:
        """Refuse a name that does not fit the entry's 64 bytes."""
        if len(self.name) > _LONGEST_NAME:
            raise ValueError(f"{self.name!r} is longer than {_LONGEST_NAME} characters")

    def packed(self) -> bytes:
        """Return the entry's 128 bytes."""
        name = (self.name + "\0").encode("utf-16-le")
        return struct.pack(
            "<64sHBBIII36xIQ",  # class id, state bits and times stay zero
            name, len(name), self.kind, self.links.black,
            self.links.left, self.links.right, self.child, self.start, self.size,
        )  # fmt: skip


def compound_file(root: Storage) -> bytes:
    """Return a compound file with these streams (bytes) and storages (mappings).

    Names in one storage differ in more than case. Raises ValueError for a name over 31 characters
    and for contents over about 7 MB, which would need a DIFAT.
    """
    sectors, mini = _Sectors(_SECTOR_SIZE), _Sectors(_MINI_SECTOR_SIZE)
    top, *others = _entries(root, sectors, mini)
    # The mini stream, which holds all short streams, is what the root entry points to (2.6.2).
    top = replace(top, kind=_ROOT, start=sectors.add(mini.data), size=len(mini.data))
    mini_fat = _table(mini.chain)
    mini_fat_start = sectors.add(mini_fat)
    directory_start = sectors.add(_directory([top, *others]))
    fat_sectors = _fat_sectors(len(sectors.chain))
    header = struct.pack(
        "<8s16xHHHHH6xIII4xIIIII",
        _SIGNATURE, 0x3E, 3, 0xFFFE, 9, 6,  # versions, byte order, both sector sizes as powers of 2
        0, len(fat_sectors), directory_start,
        _MINI_STREAM_CUTOFF, mini_fat_start, len(mini_fat) // _SECTOR_SIZE,
        _ENDOFCHAIN, 0,  # no DIFAT sectors
    )  # fmt: skip
    difat = _table(fat_sectors, _FAT_SECTORS_IN_HEADER)
    fat = _table([*sectors.chain, *(_FATSECT for _ in fat_sectors)])
    return header + difat + sectors.data + fat


def _entries(root: Storage, sectors: _Sectors, mini: _Sectors) -> list[_Entry]:
    """Return the directory's entries, the root first, and put each stream into its sectors."""
    listing: list[tuple[str, bytes | Storage]] = [("Root Entry", root)]
    links = {0: _Links()}
    entries = []
    # The listing grows as it is read: a storage's children, in order, get the next free numbers.
    for number, (name, content) in enumerate(listing):
        if isinstance(content, bytes):
            allocated = mini if len(content) < _MINI_STREAM_CUTOFF else sectors
            start, size, child = allocated.add(content), len(content), _NOSTREAM
            entries.append(_Entry(name, _STREAM, links[number], child, start, size))
        else:
            children = range(len(listing), len(listing) + len(content))
            listing += sorted(content.items(), key=_sibling_order)
            links.update(_red_black(children, max(1, len(children).bit_length() - 1)))
            entries.append(_Entry(name, _STORAGE, links[number], _middle(children), 0, 0))
    return entries


def _sibling_order(item: tuple[str, object]) -> tuple[int, str]:
    """Return the key siblings are compared by: length first, then upper case (2.6.4)."""
    return len(item[0]), item[0].upper()


def _red_black(siblings: range, black_levels: int) -> Iterator[tuple[int, _Links]]:
    """Yield each sibling's place in a balanced tree whose lowest level alone is red (2.6.4)."""
    if siblings:
        half = len(siblings) // 2
        left, right = siblings[:half], siblings[half + 1 :]
        yield _middle(siblings), _Links(_middle(left), _middle(right), black_levels > 0)
        yield from _red_black(left, black_levels - 1)
        yield from _red_black(right, black_levels - 1)


def _middle(siblings: range) -> int:
    return siblings[len(siblings) // 2] if siblings else _NOSTREAM


def _directory(entries: list[_Entry]) -> bytes:
    """Return the directory, filled up with unallocated entries (2.6.3)."""
    unallocated = bytes(68) + struct.pack("<III", _NOSTREAM, _NOSTREAM, _NOSTREAM) + bytes(48)
    packed = [entry.packed() for entry in entries]
    return b"".join(packed + [unallocated] * (-len(entries) % _ENTRIES_PER_SECTOR))


def _fat_sectors(used: int) -> range:
    """Return the numbers of the FAT's own sectors, which follow the used ones and count too."""
    count = -(-used // (_NUMBERS_PER_SECTOR - 1))
    if count > _FAT_SECTORS_IN_HEADER:
        raise ValueError(f"{used} sectors of contents are too many for one header")
    return range(used, used + count)


def _table(numbers: Sequence[int], multiple: int = _NUMBERS_PER_SECTOR) -> bytes:
    """Return sector numbers packed and filled up with free ones to a whole number of `multiple`."""
    free = -len(numbers) % multiple
    return struct.pack(f"<{len(numbers) + free}I", *numbers, *[_FREESECT] * free)
