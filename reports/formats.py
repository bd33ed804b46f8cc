"""The formats of a pack and who writes each. A writer is loaded when it is first asked for: each brings a library."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from reports.content import Pack

FORMATS: Mapping[str, str] = {"pptx": "PowerPoint（.pptx）", "xlsx": "Excel（.xlsx）", "pdf": "PDF（.pdf）"}
MIME: Mapping[str, str] = {
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "zip": "application/zip",
}


def write(pack: Pack, path: Path) -> None:
    """Writes a pack in the format that the ending of the name says. Raises KeyError for another ending."""
    _WRITERS[path.suffix.removeprefix(".")](pack, path)


def _pptx(pack: Pack, path: Path) -> None:
    from reports.pptx import write_pptx

    write_pptx(pack, path)


def _xlsx(pack: Pack, path: Path) -> None:
    from reports.xlsx import write_xlsx

    write_xlsx(pack, path)


def _pdf(pack: Pack, path: Path) -> None:
    from reports.pdf import write_pdf

    write_pdf(pack, path)


_WRITERS: Mapping[str, Callable[[Pack, Path], None]] = {"pptx": _pptx, "xlsx": _xlsx, "pdf": _pdf}
