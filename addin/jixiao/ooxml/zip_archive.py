"""A zip archive in memory: read within bounds, and written anew with unchanged members as they are.

The standard library's zipfile cannot copy a member without recompressing it, and it drops what it
does not know. Here an unchanged member keeps every byte of its local header, data and descriptor,
and its entry in the central directory keeps everything but the position.
"""

import struct
import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from .errors import PackageError

MAX_MEMBERS = 5_000
"""A workbook has some 20 members, and one for each sheet, picture, table and comment box."""

MAX_PART_BYTES = 64 * 2**20
"""Inflated size of one member; a sheet of this size has more than a million cells."""

MAX_TOTAL_BYTES = 256 * 2**20
"""Inflated size of all members together, which this process holds in memory."""

DEFLATE_LEVEL = 2
"""As fast as level 1 and smaller; level 6 is five times slower for a tenth of the size."""

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_ZIP64_LOCATOR = struct.Struct("<4sLQL")
_ZIP64_END = struct.Struct("<4sQ2H2L4Q")
_EXTRA = struct.Struct("<2H")
_ZIP64_FIELD = struct.Struct("<Q")

_STORED, _DEFLATED = 0, 8
_ENCRYPTED, _UTF8_NAME = 0x1, 0x800
_IN_ZIP64_EXTRA = 0xFFFFFFFF
_ZIP64_EXTRA = 1
_OFFSET_FIELD = 42  # of a central directory entry
_FIRST_DAY = 0x21  # 1980-01-01
_NOTHING: Mapping[str, bytes] = {}


@dataclass(slots=True)
class _Member:
    """One entry of the central directory, and where its bytes are."""

    name: str
    raw_name: bytes
    entry: bytes  # of the central directory, verbatim
    flags: int
    method: int
    crc: int
    compressed_size: int
    size: int
    offset: int  # of the local header
    offset_field: tuple[int, str]  # where the entry holds the offset, and in which format
    region_end: int = 0  # the local header, data and descriptor are content[offset:region_end]


class ZipArchive:
    """The members of a zip file, all inflated and checked. Names ignore case, as OPC says."""

    __slots__ = ("_content", "_directory_end", "_members", "_parts")

    def __init__(self, content: bytes) -> None:
        """Read and check the whole archive; PackageError if it is damaged or exceeds a bound."""
        self._content = content
        try:
            members, directory_start, self._directory_end = _read_directory(content)
            _bound_regions(members, content, directory_start)
        except UnicodeDecodeError as error:
            raise _damaged() from error
        self._members = {member.name.lower(): member for member in members}
        if len(self._members) < len(members):
            raise PackageError("文件的压缩包里有重名的部件，内容有歧义，拒绝读取。")
        self._parts = {name: _inflated(content, part) for name, part in self._members.items()}

    def __contains__(self, name: str) -> bool:
        """Tell whether there is a member of this name."""
        return name.lower() in self._parts

    def __getitem__(self, name: str) -> bytes:
        """Return the inflated bytes of a member; PackageError if there is none."""
        try:
            return self._parts[name.lower()]
        except KeyError:
            raise PackageError(
                f"文件不完整，缺少部件 {name}。请用 Excel 或 WPS 打开修复后另存再试。"
            ) from None

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the members, in the order of the directory."""
        return tuple(member.name for member in self._members.values())

    def rewritten(
        self,
        replaced: Mapping[str, bytes],
        dropped: Collection[str],
        added: Mapping[str, bytes] = _NOTHING,
    ) -> bytes:
        """Return the archive with new bytes for some members, without some others, with new ones.

        The keys are names of members. Order, dates and attributes stay; a replaced member is
        deflated and loses its extra fields, which would describe its old bytes. New members come
        last. The very same bytes come back where there is nothing to do.
        """
        if not (replaced or dropped or added):
            return self._content
        new_parts = {name.lower(): data for name, data in replaced.items()}
        gone = {name.lower() for name in dropped}
        members = [member for name, member in self._members.items() if name not in gone]
        in_file_order = sorted(self._members.values(), key=lambda member: member.offset)
        # Bytes before the first member, if any, belong to nobody and stay.
        chunks = [self._content[: in_file_order[0].offset]]
        position = len(chunks[0])
        entries: dict[str, bytes] = {}
        for member in in_file_order:
            name = member.name.lower()
            if name in gone:
                continue
            if name in new_parts:
                local, entries[name] = _fresh(member, new_parts[name], position)
            else:
                local = self._content[member.offset : member.region_end]
                entries[name] = _moved(member, position)
            chunks.append(local)
            position += len(local)
        directory = b"".join(entries[member.name.lower()] for member in members)
        for name, data in added.items():
            local, entry = _fresh(_new_member(name), data, position)
            chunks.append(local)
            directory += entry
            position += len(local)
        count = len(members) + len(added)
        return b"".join((*chunks, directory, self._end_record(count, directory, position)))

    def _end_record(self, count: int, directory: bytes, position: int) -> bytes:
        """Return the end record for a new directory, with the old comment and what follows it.

        A Zip64 end record is not written anew: within our bounds nothing needs it.
        """
        tail = self._content[self._directory_end + _END.size :]
        comment_length = _END.unpack_from(self._content, self._directory_end)[7]
        fields = (b"PK\5\6", 0, 0, count, count, len(directory), position, comment_length)
        return _END.pack(*fields) + tail


def _damaged() -> PackageError:
    return PackageError(
        "文件不完整或已损坏（可能没有下载或复制完）。"
        "请重新获取，或用 Excel、WPS 打开修复后另存再试。"
    )


def _unpacked(form: struct.Struct, content: bytes, at: int) -> tuple[Any, ...]:
    if not 0 <= at <= len(content) - form.size:
        raise _damaged()
    return form.unpack_from(content, at)


def _read_directory(content: bytes) -> tuple[list[_Member], int, int]:
    """Return the members, the start of the central directory and the start of the end record."""
    end = content.rfind(b"PK\5\6", max(0, len(content) - _END.size - 0xFFFF))
    if end < 0:
        raise _damaged()
    _, _, _, _, count, size, start, comment_length = _unpacked(_END, content, end)
    directory_end = end
    if content.startswith(b"PK\6\7", max(0, end - _ZIP64_LOCATOR.size)):
        count, size, start, directory_end = _zip64_directory(content, end)
    # Readers differ in how they make sense of a directory that is not where it should be, so one
    # could be shown another archive than the next.
    if start + size != directory_end or end + _END.size + comment_length > len(content):
        raise _damaged()
    if count > MAX_MEMBERS:
        raise PackageError(f"文件的压缩包里有 {count} 个部件，超过上限 {MAX_MEMBERS}，拒绝读取。")
    members = []
    position = start
    for _ in range(count):
        member = _read_entry(content, position)
        members.append(member)
        position += len(member.entry)
    if position != directory_end or not members:
        raise _damaged()
    _refuse_bombs(members)
    return members, start, end


def _zip64_directory(content: bytes, end: int) -> tuple[int, int, int, int]:
    """Return count, size, start and end of the central directory from the Zip64 end records."""
    _, _, record, _ = _unpacked(_ZIP64_LOCATOR, content, end - _ZIP64_LOCATOR.size)
    signature, _, _, _, _, _, _, count, size, start = _unpacked(_ZIP64_END, content, record)
    if signature != b"PK\6\6" or record + _ZIP64_END.size != end - _ZIP64_LOCATOR.size:
        raise _damaged()
    return count, size, start, record


def _read_entry(content: bytes, at: int) -> _Member:
    fields = _unpacked(_CENTRAL, content, at)
    signature, _, _, flags, method, _, _, crc, compressed_size, size = fields[:10]
    name_length, extra_length, comment_length = fields[10:13]
    name_end = _CENTRAL.size + name_length
    entry = content[at : at + name_end + extra_length + comment_length]
    if signature != b"PK\1\2" or len(entry) < name_end + extra_length + comment_length:
        raise _damaged()
    raw_name = entry[_CENTRAL.size : name_end]
    name = raw_name.decode("utf-8" if flags & _UTF8_NAME else "cp437").replace("\\", "/")
    sizes = [size, compressed_size, fields[16]]
    offset_field = (_OFFSET_FIELD, "<L")
    if _IN_ZIP64_EXTRA in sizes:
        last_field = _fill_from_zip64_extra(sizes, entry, name_end, name_end + extra_length)
        if fields[16] == _IN_ZIP64_EXTRA:
            offset_field = (last_field, "<Q")
    size, compressed_size, offset = sizes
    return _Member(
        name, raw_name, entry, flags, method, crc, compressed_size, size, offset, offset_field
    )


def _fill_from_zip64_extra(sizes: list[int], entry: bytes, at: int, end: int) -> int:
    """Replace the sizes that stand in the Zip64 extra field; return where the last one stands."""
    while at + 4 <= end:
        identifier, length = _EXTRA.unpack_from(entry, at)
        at += 4
        if identifier == _ZIP64_EXTRA:
            break
        at += length
    else:
        raise _damaged()
    for index, size in enumerate(sizes):
        if size == _IN_ZIP64_EXTRA:
            (sizes[index],) = _unpacked(_ZIP64_FIELD, entry, at)
            at += 8
    return at - 8


def _refuse_bombs(members: list[_Member]) -> None:
    """Refuse by the declared sizes, before anything is inflated."""
    for member in members:
        if member.size > MAX_PART_BYTES:
            raise PackageError(
                f"文件中的部件 {member.name} 解压后有 {member.size >> 20} MB，"
                f"超过上限 {MAX_PART_BYTES >> 20} MB，拒绝读取。"
            )
    total = sum(member.size for member in members)
    if total > MAX_TOTAL_BYTES:
        raise PackageError(
            f"文件解压后共有 {total >> 20} MB，超过上限 {MAX_TOTAL_BYTES >> 20} MB，拒绝读取。"
        )


def _bound_regions(members: list[_Member], content: bytes, directory_start: int) -> None:
    """Find where each member's bytes end; refuse members that overlap or lie elsewhere."""
    in_file_order = sorted(members, key=lambda member: member.offset)
    followers = [*(member.offset for member in in_file_order[1:]), directory_start]
    for member, region_end in zip(in_file_order, followers, strict=True):
        member.region_end = region_end
        start = _data_start(member, content)
        if start + member.compressed_size > region_end:
            raise _damaged()


def _data_start(member: _Member, content: bytes) -> int:
    fields = _unpacked(_LOCAL, content, member.offset)
    name_start = member.offset + _LOCAL.size
    name_length, extra_length = fields[9:]
    # Readers differ in which of the two names they believe, so both must say the same.
    if fields[0] != b"PK\3\4" or content[name_start : name_start + name_length] != member.raw_name:
        raise _damaged()
    return int(name_start + name_length + extra_length)


def _inflated(content: bytes, member: _Member) -> bytes:
    """Return a member's data, never inflating more than it declares."""
    if member.flags & _ENCRYPTED:
        raise PackageError("文件的压缩包设有密码，无法读取。请解除密码后再试。")
    start = _data_start(member, content)
    compressed = content[start : start + member.compressed_size]
    if member.method == _STORED:
        data = compressed
    elif member.method == _DEFLATED:
        data = _inflate_bounded(compressed, member)
    else:
        raise PackageError(f"文件的压缩方式 {member.method} 不受支持，请用 Excel 或 WPS 另存再试。")
    if len(data) != member.size or zlib.crc32(data) != member.crc:
        _refuse_content(member)
    return data


def _inflate_bounded(compressed: bytes, member: _Member) -> bytes:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        data = inflater.decompress(compressed, member.size + 1)
    except zlib.error as error:
        raise _damaged() from error
    if not inflater.eof:
        _refuse_content(member)
    return data


def _refuse_content(member: _Member) -> NoReturn:
    raise PackageError(
        f"文件中的部件 {member.name} 与声明的大小或校验值不符，文件已损坏或被篡改，拒绝读取。"
    )


def _moved(member: _Member, offset: int) -> bytes:
    """Return a central directory entry with another offset."""
    at, form = member.offset_field
    packed = struct.pack(form, offset)
    return member.entry[:at] + packed + member.entry[at + len(packed) :]


def _new_member(name: str) -> _Member:
    """Return a member without data, of the earliest date that zip files know."""
    raw_name = name.encode()
    flags = 0 if name.isascii() else _UTF8_NAME
    entry = _CENTRAL.pack(
        b"PK\1\2", 20, 20, flags, _DEFLATED, 0, _FIRST_DAY, 0, 0, 0, len(raw_name), 0, 0, 0, 0, 0, 0
    )
    offset_field = (_OFFSET_FIELD, "<L")
    return _Member(name, raw_name, entry + raw_name, flags, _DEFLATED, 0, 0, 0, 0, offset_field)


def _fresh(member: _Member, data: bytes, offset: int) -> tuple[bytes, bytes]:
    """Return local header with deflated data, and central directory entry, for new data."""
    deflater = zlib.compressobj(DEFLATE_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    compressed = deflater.compress(data) + deflater.flush()
    fields = _CENTRAL.unpack_from(member.entry)
    made_by, time_and_date, comment_length = fields[1], fields[5:7], fields[12]
    name_length = len(member.raw_name)
    # Version needed, flags, method and so on, as both headers have them. Of the flags only the
    # encoding of the name stays; the sizes stand in the header, not in a descriptor behind.
    common = (20, member.flags & _UTF8_NAME, _DEFLATED, *time_and_date)
    sizes = (zlib.crc32(data), len(compressed), len(data), name_length, 0)
    comment = member.entry[len(member.entry) - comment_length :]
    local = _LOCAL.pack(b"PK\3\4", *common, *sizes) + member.raw_name + compressed
    entry = _CENTRAL.pack(
        b"PK\1\2", made_by, *common, *sizes, comment_length, 0, *fields[14:16], offset
    )
    return local, entry + member.raw_name + comment
