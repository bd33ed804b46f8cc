"""Returns made by hand, given to the production loader."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest

from etl.check import Checked, Terms, check_file
from etl.declare import all_returns
from etl.load import Incoming, Order, load_files, register
from etl.receipts import Receipt
from etl.store import Place, place_of

RECEIVED = date(2025, 4, 10)
REFERRAL = {
    "紹介番号": "A-001",
    "団体コード": "072010",
    "市区町村": "福島市",
    "把握日": "R6.6.24",
    "紹介元部署": "生活福祉課",
    "紹介先機関": "自立相談支援機関",
    "利用勧奨": "有",
    "本人同意": "有",
    "つなぎ日": "R6.6.26",
    "初回相談日": "R6.7.1",
    "プラン作成日": "",
    "結果": "支援中",
}
MEETING = {
    "会議番号": "K-1",
    "市区町村": "福島市",
    "会議体": "支援会議",
    "開催日": "R6.6.24",
    "参加機関": "福島市社会福祉協議会",
    "検討ケース数": "3",
}
Row = dict[str, str]


@pytest.fixture
def referral() -> Callable[..., Row]:
    """One good referral; what is given replaces or adds cells."""
    return lambda number="A-001", **changed: {**REFERRAL, "紹介番号": number, **changed}


@pytest.fixture
def meeting() -> Callable[..., Row]:
    return lambda **changed: {**MEETING, **changed}


@pytest.fixture
def csv_of() -> Callable[..., bytes]:
    """A CSV of rows that share their headings, with lines above and below."""

    def make(
        *rows: Row,
        above: Sequence[str] = (),
        below: Sequence[str] = (),
        encoding: str = "utf-8",
        separator: str = ",",
        end: str = "\r\n",
        headings: Sequence[str] | None = None,
    ) -> bytes:
        text = io.StringIO()
        writer = csv.writer(text, delimiter=separator, lineterminator=end)
        writer.writerow(headings or rows[0])
        writer.writerows(list(row.values()) for row in rows)
        lines = "".join(line + end for line in above) + text.getvalue() + "".join(line + end for line in below)
        return lines.encode(encoding)

    return make


@pytest.fixture
def xlsx_of(tmp_path: Path) -> Callable[..., bytes]:
    """A workbook of sheets given as {name: rows of cells}; `arrange` may change it before it is saved."""

    def make(sheets: dict[str, list[list[Any]]], arrange: Callable[[openpyxl.Workbook], None] | None = None) -> bytes:
        book = openpyxl.Workbook()
        book.remove(book.active)
        for name, rows in sheets.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
        if arrange:
            arrange(book)
        path = tmp_path / "made.xlsx"
        book.save(path)
        data = path.read_bytes()
        path.unlink()
        return data

    return make


@pytest.fixture
def check() -> Callable[..., Checked]:
    def run(
        data: bytes, name: str = "報告.csv", *, prefecture: str | None = "07", municipality: str | None = None
    ) -> Checked:
        return check_file(data, name, Terms(register(), all_returns(), RECEIVED, prefecture, municipality))

    return run


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return place_of(tmp_path / "store" / "internal.duckdb")


@pytest.fixture
def load(place: Place) -> Callable[..., list[Receipt]]:
    """Loads {name: bytes} into `place`."""

    def run(files: dict[str, bytes], **order: Any) -> list[Receipt]:
        asked = Order(**{"received": RECEIVED, **order})
        return load_files([Incoming(name, data) for name, data in files.items()], place, asked)

    return run


@pytest.fixture
def query(place: Place) -> Callable[..., list[tuple[Any, ...]]]:
    """Rows of a question to the current version."""

    def run(sql: str) -> list[tuple[Any, ...]]:
        current = place.current()
        assert current is not None
        with duckdb.connect(str(current), read_only=True) as con:
            return con.execute(sql).fetchall()

    return run


@pytest.fixture
def bytes_of() -> Callable[[Path], dict[str, bytes]]:
    """Every file below a folder, byte for byte; a link counts as where it points."""

    def read(folder: Path) -> dict[str, bytes]:
        def all_files() -> Iterator[tuple[str, bytes]]:
            for path in sorted(folder.rglob("*")):
                if path.is_symlink():
                    yield str(path.relative_to(folder)), str(path.readlink()).encode()
                elif path.is_file():
                    yield str(path.relative_to(folder)), path.read_bytes()

        return dict(all_files())

    return read
