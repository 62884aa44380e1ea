"""Compression, read back with the decompressor of oletools and the examples of [MS-OVBA] 3.2."""

import random
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from oletools.olevba import decompress_stream

from jixiao.building.ovba_compression import compress

NO_REPETITION = b"abcdefghijklmnopqrstuv."
SOME_REPETITION = b"#aaabcdefaaaaghijaaaaaklaaamnopqaaaaaaaaaaaarstuvwxyzaaa"


def decompressed(container: bytes) -> bytes:
    return bytes(decompress_stream(bytearray(container)))


def noise(length: int, seed: int = 0) -> bytes:
    return random.Random(seed).randbytes(length)


def without_repetition(length: int) -> bytes:
    """Return a count in big-endian pairs: no three bytes occur twice within a chunk."""
    return struct.pack(">4096H", *range(4096))[:length]


def repetitive(length: int, period: int) -> bytes:
    return (noise(period, period) * (length // period + 1))[:length]


def test_without_repetition_the_bytes_are_those_of_the_specification() -> None:
    expected = "01 19B0 00 6162636465666768 00 696A6B6C6D6E6F70 00 7172737475762E"
    assert compress(NO_REPETITION) == bytes.fromhex(expected)


def test_at_maximum_repetition_the_bytes_are_those_of_the_specification() -> None:
    assert compress(b"a" * 73) == bytes.fromhex("01 03B0 02 61 4500")


def test_with_some_repetition_the_size_is_that_of_the_specification() -> None:
    # Of equally long matches the example does not take the nearest, so some bytes differ.
    example = bytes.fromhex(
        "01 2FB0 00 2361616162636465 82 66 0070 6167686 96A 0138 08 616B6C 0030 6D6E6F70"
        "06 71 0270 0410 7273747576 10 7778797A 003C".replace(" ", "")
    )
    assert decompressed(example) == SOME_REPETITION
    assert decompressed(compress(SOME_REPETITION)) == SOME_REPETITION
    assert len(compress(SOME_REPETITION)) == len(example)


def test_nothing_compresses_to_the_signature_alone() -> None:
    assert compress(b"") == b"\x01"


@given(st.binary(max_size=3000))
def test_any_short_data_comes_back(data: bytes) -> None:
    assert decompressed(compress(data)) == data


@given(st.text(alphabet="aAbB _\r\n", max_size=9000))
def test_text_of_few_letters_comes_back(text: str) -> None:
    data = text.encode("ascii")
    assert decompressed(compress(data)) == data


@given(st.integers(0, 20_000), st.integers(1, 5000))
def test_repetitive_data_comes_back_smaller(length: int, period: int) -> None:
    data = repetitive(length, min(period, 2000))
    container = compress(data)
    assert decompressed(container) == data
    if length >= 8000:
        assert len(container) < length


@pytest.mark.parametrize("chunks", [1, 2, 3])
@pytest.mark.parametrize("beyond", [-1, 0, 1, 2, 3])
@pytest.mark.parametrize("period", [1, 2, 3, 17, 1000])
def test_lengths_around_whole_chunks_come_back(chunks: int, beyond: int, period: int) -> None:
    data = repetitive(4096 * chunks + beyond, period)
    assert decompressed(compress(data)) == data


@pytest.mark.parametrize("bits", range(4, 13))
@pytest.mark.parametrize("beyond", [-2, -1, 0, 1, 2])
def test_a_copy_reaches_the_chunks_start_wherever_the_bit_count_changes(
    bits: int, beyond: int
) -> None:
    position = min(2**bits + beyond, 4096 - 3)
    data = b"\0\1\2" + b"z" * (position - 3) + b"\0\1\2"
    container = compress(data)
    assert decompressed(container) == data
    assert container.count(b"\0\1\2") == 1


@given(st.integers(1, 3), st.integers(0, 3500), st.integers())
def test_noise_is_stored_in_raw_chunks_of_4098_bytes(chunks: int, rest: int, seed: int) -> None:
    data = noise(4096 * chunks, seed) + noise(rest, seed + 1)
    container = compress(data)
    assert decompressed(container) == data
    assert container[1:3] == b"\xff\x3f"
    assert container[3:4099] == data[:4096]


@pytest.mark.parametrize("length", [3640, 4096, 4096 + 3640])
def test_data_without_repetition_comes_back(length: int) -> None:
    data = without_repetition(length)
    assert decompressed(compress(data)) == data


def test_a_compressed_chunk_may_fill_all_its_4096_bytes() -> None:
    # 3639 literals, one copy of two bytes, and a flag byte for every eight of these.
    data = without_repetition(3639) + without_repetition(3)
    container = compress(data)
    assert container[1:3] == b"\xff\xbf"
    assert decompressed(container) == data


@pytest.mark.parametrize("length", [3641, 4095, 4096 + 3641])
def test_data_that_would_need_a_partial_raw_chunk_is_refused(length: int) -> None:
    with pytest.raises(ValueError, match="do not compress"):
        compress(without_repetition(length))
