"""The packs of many municipalities in one ZIP, made by two processes: whole or not at all."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import uuid
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from queue import Queue
from threading import Thread

from reports.sources import Options
from reports.worker import order_of

ROOT = Path(__file__).resolve().parents[1]
WORKERS = 2
# How many files are made of how many, and what the last one is about.
Told = Callable[[int, int, str], None]
_Line = tuple[subprocess.Popen[str], str]  # '' once a process has said all


class ArchiveFailed(RuntimeError):  # noqa: N818
    """A process ended before its packs were made; carries the last line of what it complained about."""


def write_archive(
    version: Path | str,
    options: Sequence[Options],
    formats: Sequence[str],
    path: Path,
    *,
    told: Told = lambda made, of, where: None,
    workers: int = WORKERS,
) -> Path:
    """Writes the packs of all the options in all the formats. Whatever `told` raises stops the work.

    Stopped or failed, nothing is left: neither a part of the archive, nor files, nor a process.
    """
    total = len(options) * len(formats)
    with tempfile.TemporaryDirectory(prefix="packs-") as made:
        folder = Path(made)
        lines: Queue[_Line] = Queue()
        order = {"version": str(version), "folder": made, "formats": list(formats)}
        shares = [options[start::workers] for start in range(min(workers, len(options)))]
        logs = [folder / f"{number}.log" for number in range(len(shares))]
        started = [
            _start({**order, "options": [*map(order_of, share)]}, log, lines)
            for share, log in zip(shares, logs, strict=True)
        ]
        try:
            told(0, total, "")
            _follow(started, logs, lines, total, told)
        finally:
            for process in started:
                process.kill()
                process.wait()
        return _zipped(sorted(one for one in folder.iterdir() if one.suffix != ".log"), path)


def _start(order: dict[str, object], log: Path, lines: Queue[_Line]) -> subprocess.Popen[str]:
    with log.open("w", encoding="utf-8") as errors:
        process = subprocess.Popen(
            [sys.executable, "-X", "utf8", "-P", "-m", "reports.worker"], env={**os.environ, "PYTHONPATH": str(ROOT)},
            text=True, encoding="utf-8", stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors,
        )  # fmt: skip
    assert process.stdin and process.stdout
    with process.stdin as order_in:
        json.dump(order, order_in)
    said = process.stdout

    def listen() -> None:
        with said:
            for line in said:
                lines.put((process, line))
        lines.put((process, ""))

    Thread(target=listen, daemon=True).start()
    return process


def _follow(
    started: Sequence[subprocess.Popen[str]], logs: Sequence[Path], lines: Queue[_Line], total: int, told: Told
) -> None:
    made, working = 0, len(started)
    while working:
        process, line = lines.get()
        if line:
            made += 1
            told(made, total, json.loads(line)["where"])
        elif process.wait():
            raise ArchiveFailed(_last_words(logs))
        else:
            working -= 1


def _last_words(logs: Sequence[Path]) -> str:
    said = [line for log in logs for line in log.read_text(encoding="utf-8", errors="replace").splitlines() if line]
    return said[-1] if said else "a process ended without a word"


def _zipped(files: Sequence[Path], path: Path) -> Path:
    """All formats are compressed in themselves, so the files only stand beside each other."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{uuid.uuid4().hex}.part")
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as archive:
            for one in files:
                archive.write(one, one.name)
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
    return path
