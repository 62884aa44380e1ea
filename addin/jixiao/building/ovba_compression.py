"""Compression of VBA source and metadata ([MS-OVBA] 2.4.1)."""

import struct
from collections.abc import Iterator

_CHUNK_SIZE = 4096
_SIGNATURE = b"\x01"
# CompressedChunkHeader (2.4.1.1.5): size - 3 in the low 12 bits, 0b011 above, then the flag.
_COMPRESSED_HEADER = 0xB000
_RAW_HEADER = 0x3FFF
_SHORTEST_COPY = 3


def compress(data: bytes) -> bytes:
    """Return the CompressedContainer holding `data` (2.4.1.1.1).

    Raises ValueError where the format cannot hold the data: a raw chunk is always 4096 bytes, so
    a shorter last chunk that does not compress (3641 bytes or more of noise) would come back with
    zeros after it. No VBA source looks like that.
    """
    chunks = (data[start : start + _CHUNK_SIZE] for start in range(0, len(data), _CHUNK_SIZE))
    return _SIGNATURE + b"".join(map(_compressed_chunk, chunks))


def _compressed_chunk(chunk: bytes) -> bytes:
    """Return header and data of one chunk, raw when tokens would be longer (2.4.1.3.7)."""
    tokens = list(_tokens(chunk))
    body = b"".join(_token_sequence(tokens[i : i + 8]) for i in range(0, len(tokens), 8))
    if len(body) <= _CHUNK_SIZE:
        return struct.pack("<H", _COMPRESSED_HEADER | (len(body) - 1)) + body
    if len(chunk) < _CHUNK_SIZE:
        raise ValueError(
            f"the last {len(chunk)} bytes do not compress, and only a whole "
            f"chunk of {_CHUNK_SIZE} bytes can be stored uncompressed"
        )
    return struct.pack("<H", _RAW_HEADER) + chunk


def _token_sequence(tokens: list[bytes]) -> bytes:
    """Return up to eight tokens after their FlagByte (2.4.1.1.7): a set bit marks a copy."""
    flags = sum((len(token) == 2) << bit for bit, token in enumerate(tokens))
    return bytes([flags]) + b"".join(tokens)


def _tokens(chunk: bytes) -> Iterator[bytes]:
    """Yield the chunk as LiteralTokens of one byte and CopyTokens of two (2.4.1.3.9)."""
    position = 0
    while position < len(chunk):
        # CopyToken Help (2.4.1.3.19.1): the further into the chunk, the more of the 16 bits go
        # to the offset, just enough to reach back to the chunk's start.
        offset_bits = max(4, (position - 1).bit_length())
        longest = min((0xFFFF >> offset_bits) + _SHORTEST_COPY, len(chunk) - position)
        offset, length = _longest_match(chunk, position, longest)
        if length:
            copy = (offset - 1) << (16 - offset_bits) | (length - _SHORTEST_COPY)
            yield struct.pack("<H", copy)
        else:
            yield chunk[position : position + 1]
        position += length or 1


def _longest_match(chunk: bytes, position: int, longest: int) -> tuple[int, int]:
    """Return how far back the longest earlier match starts and its length (2.4.1.3.19.4).

    Of equally long ones the nearest; length 0 if there is none. A match may run into the bytes
    it describes, as a run of one letter does.
    """
    offset = length = 0
    start_limit = position
    for size in range(_SHORTEST_COPY, longest + 1):
        # What a longer match needs, the shorter one found already had: never look nearer.
        start = chunk.rfind(chunk[position : position + size], 0, start_limit - 1 + size)
        if start < 0:
            break
        offset, length, start_limit = position - start, size, start + 1
    return offset, length
