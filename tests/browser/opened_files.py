"""Which files of a folder are opened, by any process: Linux tells it through inotify, also of libraries in C."""

from __future__ import annotations

import contextlib
import ctypes
import os
import struct
from collections.abc import Iterator
from pathlib import Path

IN_OPEN, IN_NONBLOCK, IN_ISDIR = 0x20, 0o4000, 0x40000000
HEADER = struct.Struct("iIII")


class OpenedFiles:
    """The names of files opened so far in the watched folders."""

    def __init__(self, handle: int) -> None:
        self._handle = handle
        self._names: list[str] = []

    def names(self) -> list[str]:
        with contextlib.suppress(BlockingIOError):
            while told := os.read(self._handle, 65536):
                self._take(told)
        return self._names

    def _take(self, told: bytes) -> None:
        place = 0
        while place < len(told):
            _, mask, _, length = HEADER.unpack_from(told, place)
            place += HEADER.size
            if not mask & IN_ISDIR:
                self._names.append(told[place : place + length].rstrip(b"\0").decode())
            place += length


@contextlib.contextmanager
def watching_opens(*folders: Path) -> Iterator[OpenedFiles]:
    """Watches the files directly in each folder until the block ends."""
    library = ctypes.CDLL(None, use_errno=True)
    handle = library.inotify_init1(IN_NONBLOCK)
    try:
        for folder in folders:
            if library.inotify_add_watch(handle, os.fsencode(folder), IN_OPEN) < 0:
                raise OSError(ctypes.get_errno(), f"cannot watch {folder}")
        yield OpenedFiles(handle)
    finally:
        os.close(handle)
