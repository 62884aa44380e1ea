"""The compound file, read back with olefile at its strictest and checked sector by sector."""

from io import BytesIO

import olefile
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.building.compound_file import Storage, compound_file

NO_STREAM = 0xFFFFFFFF
END_OF_CHAIN = 0xFFFFFFFE
FREE = 0xFFFFFFFF
FAT_SECTOR = 0xFFFFFFFD
RED = 0

EDGES = [0, 1, 63, 64, 65, 511, 512, 513, 4095, 4096, 4097, 70_000]


def content(size: int) -> bytes:
    return bytes(i * 7 % 251 for i in range(size))


def opened(data: bytes) -> olefile.OleFileIO:
    return olefile.OleFileIO(BytesIO(data), raise_defects=olefile.DEFECT_UNSURE)


def checked_streams(data: bytes) -> dict[str, bytes]:
    """Return every stream by its path, after checking sectors and directory."""
    with opened(data) as ole:
        streams = {"/".join(path): ole.openstream(path).read() for path in ole.listdir()}
        check_sectors(ole, data)
        check_siblings(ole, ole.root.sid_child)
        for entry in ole.direntries:
            if entry is not None and entry.entry_type == olefile.STGTY_STORAGE:
                check_siblings(ole, entry.sid_child)
    return streams


def check_siblings(ole: olefile.OleFileIO, top: int) -> None:
    """Check order, colours and equal black height of one storage's red-black tree."""
    names: list[str] = []

    def black_height(number: int, parent_is_red: bool) -> int:
        if number == NO_STREAM:
            return 0
        entry = ole.direntries[number]
        red = entry.color == RED
        assert not (red and parent_is_red)
        left = black_height(entry.sid_left, red)
        names.append(entry.name)
        assert left == black_height(entry.sid_right, red)
        return left + (not red)

    if top != NO_STREAM:
        assert ole.direntries[top].color != RED
    black_height(top, parent_is_red=False)
    keys = [(len(name), name.upper()) for name in names]
    assert keys == sorted(set(keys))


def check_sectors(ole: olefile.OleFileIO, data: bytes) -> None:
    """Check that each sector is in exactly one chain and that nothing is missing or spare."""
    assert len(data) % 512 == 0
    entries = [entry for entry in ole.direntries if entry is not None]
    streams = [entry for entry in entries if entry.entry_type == olefile.STGTY_STREAM]
    long = [entry.isectStart for entry in streams if entry.size >= 4096]
    short = [entry.isectStart for entry in streams if 0 < entry.size < 4096]
    starts = [*long, ole.first_dir_sector, ole.root.isectStart, ole.first_mini_fat_sector]
    chained = follow(list(ole.fat), [start for start in starts if start != END_OF_CHAIN])
    own = [number for number, follower in enumerate(ole.fat) if follower == FAT_SECTOR]
    assert sorted(chained + own) == list(range(len(data) // 512 - 1))
    ole.loadminifat()
    used = sum(-(-entry.size // 64) for entry in streams if entry.size < 4096)
    assert sorted(follow(list(ole.minifat), short)) == list(range(used))
    assert ole.root.size == used * 64
    empty = [entry.isectStart for entry in streams if entry.size == 0]
    assert set(empty) <= {END_OF_CHAIN}


def follow(table: list[int], starts: list[int]) -> list[int]:
    sectors = []
    for start in starts:
        sector = start
        while sector != END_OF_CHAIN:
            sectors.append(sector)
            assert len(sectors) <= len(table)
            sector = table[sector]
    return sectors


@pytest.mark.parametrize("size", EDGES)
def test_a_stream_of_any_size_comes_back(size: int) -> None:
    assert checked_streams(compound_file({"only": content(size)})) == {"only": content(size)}


def test_streams_of_all_edge_sizes_come_back_together() -> None:
    streams = {f"size{size}": content(size) for size in EDGES}
    assert checked_streams(compound_file(streams)) == streams


@pytest.mark.parametrize("count", range(70))
def test_the_directory_tree_is_valid_for_any_number_of_streams(count: int) -> None:
    streams = {f"Module{number}": content(number) for number in range(count)}
    stored = checked_streams(compound_file({"VBA": streams, "PROJECT": b"p"}))
    assert stored == {f"VBA/{name}": data for name, data in streams.items()} | {"PROJECT": b"p"}


def test_an_empty_storage_and_an_empty_file_open() -> None:
    assert checked_streams(compound_file({"VBA": {}})) == {}
    assert checked_streams(compound_file({})) == {}


def test_storages_nest() -> None:
    tree: Storage = {"a": {"b": {"c": b"deep"}, "d": b""}, "e": b"flat"}
    assert checked_streams(compound_file(tree)) == {"a/b/c": b"deep", "a/d": b"", "e": b"flat"}


@given(
    st.dictionaries(
        st.text("abcxyzABC_019", min_size=1, max_size=31),
        st.one_of(st.integers(0, 300), st.integers(4000, 4200), st.integers(0, 90_000)),
        max_size=40,
    ).filter(lambda sizes: len({name.upper() for name in sizes}) == len(sizes))
)
def test_any_set_of_streams_comes_back(sizes: dict[str, int]) -> None:
    streams = {name: content(size) for name, size in sizes.items()}
    assert checked_streams(compound_file(streams)) == streams


@pytest.mark.parametrize("sectors", [124, 125, 126, 127, 128, 252, 253, 254, 255])
def test_the_fat_counts_its_own_sectors(sectors: int) -> None:
    data = content(sectors * 512)
    assert checked_streams(compound_file({"large": data})) == {"large": data}


def test_the_order_streams_are_given_in_does_not_matter() -> None:
    streams = {f"size{size}": content(size) for size in EDGES}
    backwards = dict(reversed(streams.items()))
    assert compound_file({"VBA": streams}) == compound_file({"VBA": backwards})


def test_a_name_over_31_characters_is_refused() -> None:
    with pytest.raises(ValueError, match="31 characters"):
        compound_file({"n" * 32: b""})


def test_contents_that_need_a_difat_are_refused() -> None:
    largest = bytes((109 * 127 - 1) * 512)
    assert len(checked_streams(compound_file({"large": largest}))["large"]) == len(largest)
    with pytest.raises(ValueError, match="too many"):
        compound_file({"large": largest + b"\0"})
