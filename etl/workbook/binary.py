"""What an old .xls says of its cells that the reader leaves out: errors. A compound file is walked just far enough.

[MS-CFB] sectors and directory, [MS-XLS] records BOUNDSHEET, BOOLERR and FORMULA.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

from etl.workbook.package import Marks

_END = 0xFFFFFFFA  # sector numbers from here on are marks
_BOF, _EOF, _BOUNDSHEET, _BOOLERR, _FORMULA = 0x809, 0x0A, 0x85, 0x205, 0x06
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


def error_cells(data: bytes) -> dict[int, Marks]:
    """By number of the sheet: cells that hold an error. Raises ValueError, IndexError or KeyError on a broken file."""
    stream = _workbook_stream(data)
    starts = [
        struct.unpack_from("<I", body)[0]
        for record, body in _records(stream, 0, until_end=True)
        if record == _BOUNDSHEET
    ]
    found = {}
    for number, start in enumerate(starts):
        marks = dict(_marks(stream, start))
        if marks:
            found[number] = marks
    return found


def _marks(stream: bytes, start: int) -> Iterator[tuple[tuple[int, int], str]]:
    for record, body in _records(stream, start, until_end=True):
        code = None
        if record == _BOOLERR and len(body) >= 8 and body[7] == 1:
            code = body[6]
        elif record == _FORMULA and len(body) >= 14 and body[12:14] == b"\xff\xff" and body[6] == 2:
            code = body[8]
        if code is not None:
            row, column = struct.unpack_from("<HH", body)
            yield (row, column), _ERRORS.get(code, "#N/A")


def _records(stream: bytes, start: int, *, until_end: bool) -> Iterator[tuple[int, bytes]]:
    depth, at = 0, start
    while at + 4 <= len(stream):
        record, length = struct.unpack_from("<HH", stream, at)
        yield record, stream[at + 4 : at + 4 + length]
        depth += (record == _BOF) - (record == _EOF)
        if until_end and record == _EOF and depth <= 0:
            return
        at += 4 + length


def _workbook_stream(data: bytes) -> bytes:
    shift = struct.unpack_from("<H", data, 30)[0]
    if shift not in (9, 12):
        raise ValueError("no sector size of a compound file")
    size = 1 << shift
    directory, small_limit = struct.unpack_from("<I", data, 48)[0], struct.unpack_from("<I", data, 56)[0]
    table = _allocation(data, size)
    entries = _chain(data, directory, table, size)
    for at in range(0, len(entries) - 127, 128):
        length = struct.unpack_from("<H", entries, at + 64)[0]
        name = entries[at : at + max(length - 2, 0)].decode("utf-16-le", "replace")
        first, extent = struct.unpack_from("<II", entries, at + 116)
        if name in ("Workbook", "Book"):
            if extent < small_limit:  # kept in the small sectors: too short to hold a sheet that matters
                raise ValueError("workbook in small sectors")
            return _chain(data, first, table, size)[:extent]
    raise KeyError("Workbook")


def _allocation(data: bytes, size: int) -> Sequence[int]:
    sectors = [each for each in struct.unpack_from("<109I", data, 76) if each < _END]
    following, seen = struct.unpack_from("<I", data, 68)[0], 0
    per_sector = size // 4
    while following < _END and seen <= len(data) // size:
        numbers = struct.unpack_from(f"<{per_sector}I", data, size * (following + 1))
        sectors += [each for each in numbers[:-1] if each < _END]
        following, seen = numbers[-1], seen + 1
    table: list[int] = []
    for sector in sectors[: len(data) // size + 1]:
        table += struct.unpack_from(f"<{per_sector}I", data, size * (sector + 1))
    return table


def _chain(data: bytes, first: int, table: Sequence[int], size: int) -> bytes:
    pieces = []
    while first < _END:
        pieces.append(data[size * (first + 1) : size * (first + 2)])
        first = table[first]
        if len(pieces) > len(table):
            raise ValueError("a chain of sectors without an end")
    return b"".join(pieces)
