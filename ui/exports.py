"""What can be taken along from a page: a table as a workbook, a chart or a map as a picture. Made on the click only."""

from __future__ import annotations

import html
import io
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ui import labels
from ui.charts.base import Figure
from ui.labels.inert import inert_text

TABLE_SHEET, CONDITIONS_SHEET = "表", "条件"
FONT = "BIZ UDPゴシック"
MOST_WIDE = 60  # letters of a column
_AS_TEXT = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
# What a spreadsheet may calculate with: no mark, no unit, no zero in front, no more digits than it keeps.
_PLAIN = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|0|[1-9]\d*)(?:\.\d+)?", re.ASCII)
MOST_DIGITS = 15
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_NOT_IN_SHEETS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
FORMATS = {"png": "image/png", "svg": "image/svg+xml", "html": "text/html"}
ALIVE = "ブラウザで開き、拡大や値の確認ができます。通信はしません。"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class AreaMap:
    """A map of municipalities ('japan': prefectures) as the page shows it. values: code → (value, state)."""

    region: str
    values: Mapping[str, tuple[float, str]]
    kind: str
    unit: str
    chosen: str | None = None


@dataclass(frozen=True)
class Picture:
    """A chart or a map that can be taken along. name tells it from others beside the same table."""

    shown: Figure | AreaMap
    name: str = ""


Pictures = Sequence[Picture] | Callable[[], Sequence[Picture]]


def file_name(title: str, ending: str) -> str:
    """A name that every system accepts."""
    return f"{_NOT_IN_NAMES.sub('_', title)[:100]}.{ending}"


def picture_buttons(pictures: Pictures, title: str, about: Sequence[str], key: str) -> None:
    """PNG and SVG of each picture, of a chart also HTML; what they save says what it shows, as the table's files do."""
    for place, picture in enumerate(pictures() if callable(pictures) else pictures):
        named = f"{title}・{picture.name}" if picture.name else title
        what = picture.name or "図"
        for ending, mime in FORMATS.items():
            if ending == "html" and isinstance(picture.shown, AreaMap):
                continue
            st.download_button(
                f"{what}を保存（{ending.upper()}）",
                data=_maker(picture, named, about, ending),
                file_name=file_name(named, ending),
                mime=mime,
                on_click="ignore",
                key=f"{ending}-{key}-{place}",
                icon=":material/image:",
                help=ALIVE if ending == "html" else None,
            )


def _maker(picture: Picture, title: str, about: Sequence[str], ending: str) -> Callable[[], bytes]:
    return lambda: picture_bytes(picture, title, about, ending)


def picture_bytes(picture: Picture, title: str, about: Sequence[str], ending: str) -> bytes:
    """The picture as 'png', 'svg' or (a chart) 'html', with its title above and the lines about it below."""
    if ending == "html":
        assert not isinstance(picture.shown, AreaMap)
        return _alive(picture.shown, title, about)
    # Drawing loads matplotlib: only for who saves a picture.
    from reports import content
    from reports import picture as drawn

    lines = [line for line in about if line]
    if isinstance(picture.shown, AreaMap):
        one = picture.shown
        shown = content.Map(title, one.region, one.values, one.kind, one.unit, one.chosen)
        return (drawn.map_png if ending == "png" else drawn.map_svg)(shown, title=title, about=lines)
    return (drawn.png if ending == "png" else drawn.svg)(picture.shown, title=title, about=lines)


def _alive(figure: Figure, title: str, about: Sequence[str]) -> bytes:
    """The chart as a page of its own that asks nobody: drawn by plotly, to be enlarged and read value by value."""
    # Loads plotly: only for who saves such a page.
    from plotly import graph_objects
    from plotly import io as plotly_io

    drawn = plotly_io.to_html(
        graph_objects.Figure(figure), full_html=False, include_plotlyjs=True, config={"displaylogo": False}
    )
    lines = "".join(f"<p>{html.escape(line)}</p>" for line in about if line)
    named = html.escape(title)
    return (
        f'<!DOCTYPE html><html lang="ja"><head><meta charset="utf-8"><title>{named}</title></head>'
        f'<body style="font-family:sans-serif;margin:1.5rem"><h1 style="font-size:1.2rem">{named}</h1>'
        f"{drawn}{lines}</body></html>"
    ).encode()


def workbook_button(table: pd.DataFrame, title: str, about: Sequence[str], key: str) -> None:
    st.download_button(
        "Excelで保存（XLSX）",
        data=lambda: xlsx_bytes(table, title, about),
        file_name=file_name(title, "xlsx"),
        mime=XLSX,
        on_click="ignore",
        key=f"xlsx-{key}",
        icon=":material/download:",
    )


def xlsx_bytes(table: pd.DataFrame, title: str, about: Sequence[str]) -> bytes:
    """The table as shown, every mark as text, plain figures as numbers; what it shows stands above and on 条件."""
    buffer = io.BytesIO()
    with Workbook(buffer, _AS_TEXT) as book:
        book.set_properties({"title": title, "author": "連携ダッシュボード"})
        book.formats[0].set_font_name(FONT)
        sheet = book.add_worksheet(TABLE_SHEET)
        invented = [line for line in about if line.startswith("架空データ")]
        bold, head = _format(book, bold=True), _format(book, bold=True, bg_color="#E8F1FE", border=1, text_wrap=True)
        for line, text in enumerate([title, *invented]):
            sheet.write_string(line, 0, _text(text), bold)
        top = 2 + len(invented)
        numbers = _Numbers(book)
        for column, (name, cells) in enumerate(table.items()):
            texts = [_text(cell) for cell in cells]
            figures = [None if "コード" in str(name) else _number(*one) for one in zip(cells, texts, strict=True)]
            beside = numbers.marks if any(one is not None for one in figures) else numbers.plain
            sheet.write_string(top, column, _text(name), head)
            sheet.set_column(column, column, _width([_text(name), *texts]))
            for line, (number, text) in enumerate(zip(figures, texts, strict=True), start=top + 1):
                if number is not None:
                    sheet.write_number(line, column, number, numbers.of(text))
                elif text:
                    sheet.write_string(line, column, text, beside)
                else:
                    sheet.write_blank(line, column, None, beside)
        sheet.freeze_panes(top + 1, 1)
        if len(table) and len(table.columns):
            sheet.autofilter(top, 0, top + len(table), len(table.columns) - 1)
        sheet.repeat_rows(top)
        _on_paper(sheet, title, invented)
        _conditions(book, title, about, bold)
    return buffer.getvalue()


class _Numbers:
    """Formats of numbers that show as many decimals and separators as the page."""

    def __init__(self, book: Workbook) -> None:
        self.book, self.plain, self.marks = book, _format(book, border=1), _format(book, border=1, align="right")
        self.found: dict[str, Format] = {}

    def of(self, text: str) -> Format:
        decimals = len(text.partition(".")[2])
        wanted = ("#,##0" if "," in text else "0") + ("." + "0" * decimals if decimals else "")
        if wanted not in self.found:
            self.found[wanted] = _format(self.book, border=1, num_format=wanted)
        return self.found[wanted]


def _format(book: Workbook, **more: Any) -> Format:
    return book.add_format({"font_name": FONT, "font_size": 10, "valign": "top", "border_color": "#D9D9D9", **more})


def _number(cell: Any, text: str) -> float | None:
    """The figure that a cell shows and nothing else; None where a mark or a word stands beside it."""
    if isinstance(cell, bool) or not _PLAIN.fullmatch(text):
        return None
    digits = sum(letter.isdigit() for letter in text)
    return float(text.replace(",", "")) if digits <= MOST_DIGITS else None


def _text(cell: Any) -> str:
    """What the page shows of a cell, as text that nothing runs; blank for none."""
    if cell is None or cell is pd.NaT or (isinstance(cell, float) and math.isnan(cell)) or cell is pd.NA:
        return ""
    return str(inert_text(_NOT_IN_SHEETS.sub("", str(cell))))


def _width(texts: Sequence[str]) -> float:
    """Of a column in letters of Excel: Japanese letters count twice, heads may wrap."""
    longest = max((sum(2 if ord(letter) > 255 else 1 for letter in text) for text in texts[1:]), default=0)
    head = sum(2 if ord(letter) > 255 else 1 for letter in texts[0])
    return float(min(MOST_WIDE, max(longest, min(head, 16)) + 2))


def _on_paper(sheet: Worksheet, title: str, invented: Sequence[str]) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    # & begins a code of Excel's in headers.
    sheet.set_header(f"&L{(invented or [''])[0][:90].replace('&', '&&')}")
    sheet.set_footer(f"&L{title[:90].replace('&', '&&')}&R&P / &N")


def _conditions(book: Workbook, title: str, about: Sequence[str], bold: Format) -> None:
    """What was filtered, where it comes from, and what the marks mean."""
    sheet = book.add_worksheet(CONDITIONS_SHEET)
    plain = _format(book, text_wrap=True)
    sheet.set_column(0, 0, 100)
    lines = [(title, bold), *((line, plain) for line in about if line), ("", plain), ("記号", bold)]
    lines += [(f"{mark}：{meaning}", plain) for mark, meaning in labels.LEGEND]
    for place, (text, form) in enumerate(lines):
        sheet.write_string(place, 0, _text(text), form)
    _on_paper(sheet, title, [line for line in about if line.startswith("架空データ")])
