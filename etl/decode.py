"""Encodings of text files: whatever comes becomes UTF-8, or is refused for a reason that can be told."""

from __future__ import annotations

import codecs

import numpy as np
import pyarrow as pa

from etl.problems import Problem, Refused

_DECODED_AT_ONCE = 4 << 20


def decode(data: bytes, name: str) -> bytes:
    """A text file as UTF-8 without BOM: UTF-8, CP932, or what Excel saves as 「Unicode テキスト」 (UTF-16 with BOM)."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = _in_pieces(data, "utf-16")
    elif b"\x00" in data:
        raise Refused(Problem(name, "nul_bytes"))
    elif _is_utf8(data):
        text = data.replace(codecs.BOM_UTF8, b"")  # files joined by hand carry marks inside
    else:
        text = _in_pieces(data, "cp932")
        _refuse_mixed(data, name)
    # An escape shows ISO-2022-JP, which is plain ASCII to a decoder.
    if text is None or b"\x1b" in text:
        raise Refused(Problem(name, "encoding_unknown"))
    if text is not data and b"\x00" in text:
        raise Refused(Problem(name, "nul_bytes"))
    if text.endswith(b"\x1a"):  # programs of the DOS age close a file with Ctrl-Z
        text = text.rstrip(b"\x1a")
    if b"\r" in text and text.count(b"\r") != text.count(b"\r\n"):  # old Macintosh line ends
        text = text.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return text


def _is_utf8(data: bytes) -> bool:
    """Asks Arrow, which reads the bytes where they are; decoding would make a copy of two to four times the size."""
    whole = pa.py_buffer(np.array([0, len(data)], np.int64))
    try:
        pa.LargeStringArray.from_buffers(1, whole, pa.py_buffer(data)).validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _in_pieces(data: bytes, encoding: str) -> bytes | None:
    decoder = codecs.getincrementaldecoder(encoding)()
    view = memoryview(data)
    pieces = []
    try:
        for start in range(0, len(data), _DECODED_AT_ONCE):
            piece = view[start : start + _DECODED_AT_ONCE]
            pieces.append(decoder.decode(piece, final=start + len(piece) == len(data)).encode())
    except UnicodeError:
        return None
    return b"".join(pieces)


def _refuse_mixed(data: bytes, name: str) -> None:
    """Refuses CP932 text in which a line is UTF-8: it would decode too, to other words."""
    checked = 0
    for start in range(0, len(data), _DECODED_AT_ONCE):
        for position in start + _utf8_runs(data[start : start + _DECODED_AT_ONCE + 5]):
            if position < checked:
                continue
            begin, end = data.rfind(b"\n", 0, int(position)) + 1, data.find(b"\n", int(position))
            checked = end if end >= 0 else len(data)
            try:
                data[begin:checked].decode("utf-8")
            except UnicodeDecodeError:
                continue
            raise Refused(Problem(name, "encoding_mixed", detail=str(data.count(b"\n", 0, begin) + 1)))


def _utf8_runs(data: bytes) -> np.ndarray:
    """Where two three-byte characters of UTF-8 (kana or kanji) follow one another: rare in genuine CP932."""
    octets = np.frombuffer(data, np.uint8)
    lead = (octets >= 0xE3) & (octets <= 0xE9)
    follows = (octets & 0xC0) == 0x80
    run = lead[:-5] & follows[1:-4] & follows[2:-3] & lead[3:-2] & follows[4:-1] & follows[5:]
    return np.flatnonzero(run)
