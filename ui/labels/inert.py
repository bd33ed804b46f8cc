"""Text that no spreadsheet runs, however it leaves: CSV, XLSX, the data behind a chart, a copied table."""

from __future__ import annotations

import re
from typing import Any

_RUN_BY_SPREADSHEETS = tuple("=+-@\t＝＋－＠")
_SIGNED_NUMBER = re.compile(r"[+\-]\d[\d,]*(?:\.\d+)?[%％]?", re.ASCII)


def inert_text(cell: Any) -> Any:
    """Text that a spreadsheet would run is led by an apostrophe; numbers with a sign and a lone mark are only text."""
    if not isinstance(cell, str):
        return cell
    begins = cell.lstrip(" 　\r\n")[:1]
    if begins in _RUN_BY_SPREADSHEETS and len(cell) > 1 and not _SIGNED_NUMBER.fullmatch(cell):
        return "'" + cell
    return cell
