"""What a native chart stands on: panels of a long ranking, one scale for all, intervals, the workbook behind."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from lxml import etree
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from xlsxwriter import Workbook

from reports.content import Chart, Series, beside_reference
from reports.slides.lettering import clean, plain
from ui import theme
from ui.labels.rounding import half_up

# Categories that can be told apart in the height of a slide, by the number of bars each has.
PANEL = {1: 24, 2: 12, 3: 9}
_AS_TEXT = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
# What stands behind the error bars in c:ser.
_AFTER_BARS = ("cat", "val", "xVal", "yVal", "smooth", "shape", "extLst")


def panels(chart: Chart) -> list[Chart]:
    """The chart cut into panels of as many bars as can be read; itself when it is short or no ranking.

    The value to compare with stands on top of every panel as a bar of its own, in other charts as a line.
    """
    if chart.reference and chart.form != "bar":
        name, value = chart.reference
        return [replace(chart, series=[*chart.series, Series(name, [value] * len(chart.categories))], reference=None)]
    return [replace(beside_reference(panel), reference=None) for panel in _panels(chart)]


def _panels(chart: Chart) -> list[Chart]:
    count, most = len(chart.categories), PANEL.get(len(chart.series), 6)
    if chart.form != "bar" or count <= most:
        return [chart]
    pieces = -(-count // most)
    each = -(-count // pieces)
    return [_part(chart, slice(start, start + each)) for start in range(0, count, each)]


def _part(chart: Chart, rows: slice) -> Chart:
    return replace(
        chart,
        categories=chart.categories[rows],
        series=[Series(one.name, one.values[rows]) for one in chart.series],
        low=chart.low[rows],
        high=chart.high[rows],
        states=chart.states[rows],
    )


def scale(chart: Chart) -> tuple[float, float, float]:
    """Least, most and step of the value axis, which holds 0, every value and every interval."""
    values = [value for one in chart.series for value in one.values]
    known = [value for value in (*values, *chart.low, *chart.high) if value is not None and math.isfinite(value)]
    low, high = min([0.0, *known]), max([0.0, *known])
    step = _step((high - low) or 1.0)
    return math.floor(low / step) * step, max(math.ceil(high / step), 1 if low >= 0 else 0) * step, step


def _step(span: float) -> float:
    """A round step that parts the span into four to eight."""
    rough = span / 5
    power = 10.0 ** math.floor(math.log10(rough))
    return next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough)


def as_shown(value: float | None, number_format: str) -> float | None:
    """The value as tables and sentences round it: one that is a half but for the computer's rounding is a half."""
    if value is None or not math.isfinite(value):
        return None
    return half_up(value, len(number_format.partition(".")[2]))


def has_interval(chart: Chart) -> bool:
    return any(one is not None for one in chart.low)


def add_error_bars(series: Any, chart: Chart) -> None:
    """The 95 % limits of the first series, from the columns behind it in the workbook."""
    last = len(chart.categories) + 1
    first_free = len(chart.series) + 1  # columns: categories, the series, low, high, minus, plus
    above, below = _distances(chart)
    shown = []
    for tag, values, column in (("plus", above, first_free + 3), ("minus", below, first_free + 2)):
        letter = _letter(column)
        points = "".join(
            f'<c:pt idx="{place}"><c:v>{value!r}</c:v></c:pt>'
            for place, value in enumerate(values)
            if value is not None
        )
        shown.append(
            f"<c:{tag}><c:numRef><c:f>Sheet1!${letter}$2:${letter}${last}</c:f><c:numCache><c:formatCode>General"
            f'</c:formatCode><c:ptCount val="{len(values)}"/>{points}</c:numCache></c:numRef></c:{tag}>'
        )
    direction = "" if chart.form == "bar" else '<c:errDir val="y"/>'
    bars = parse_xml(
        f'<c:errBars {nsdecls("c", "a")}>{direction}<c:errBarType val="both"/><c:errValType val="cust"/>'
        f'<c:noEndCap val="0"/>{"".join(shown)}<c:spPr><a:ln w="12700"><a:solidFill><a:srgbClr val="{theme.INK[1:]}"/>'
        "</a:solidFill></a:ln></c:spPr></c:errBars>"
    )
    follower = next(child for child in series if etree.QName(child).localname in _AFTER_BARS)
    follower.addprevious(bars)


def _distances(chart: Chart) -> tuple[list[float | None], list[float | None]]:
    """How far the limits lie above and below the first series; nothing where one of them is not known."""
    above: list[float | None] = []
    below: list[float | None] = []
    for value, low, high in zip(chart.series[0].values, chart.low, chart.high, strict=True):
        above.append(None if value is None or high is None else max(0.0, high - value))
        below.append(None if value is None or low is None else max(0.0, value - low))
    return above, below


def _letter(column: int) -> str:
    letters, rest = "", column
    while rest >= 0:
        letters, rest = chr(ord("A") + rest % 26) + letters, rest // 26 - 1
    return letters


def chart_workbook(chart: Chart) -> bytes:
    """The sheet that 'edit data' opens: the figures as numbers, everything else as text."""
    buffer = io.BytesIO()
    with Workbook(buffer, _AS_TEXT) as book:
        book.set_properties({"title": plain(chart.title), "author": ""})
        sheet, number = book.add_worksheet("Sheet1"), book.add_format({"num_format": chart.number_format})
        columns: list[tuple[str, Sequence[float | None]]] = [(one.name, one.values) for one in chart.series]
        if has_interval(chart):
            above, below = _distances(chart)
            columns += [("95％下限", chart.low), ("95％上限", chart.high), ("下限まで", below), ("上限まで", above)]
        for place, name in enumerate(chart.categories, start=1):
            sheet.write_string(place, 0, clean(name))
        for column, (name, values) in enumerate(columns, start=1):
            sheet.write_string(0, column, clean(name))
            for place, value in enumerate(values, start=1):
                shown = as_shown(value, chart.number_format)
                if shown is not None:
                    sheet.write_number(place, column, shown, number)
    return buffer.getvalue()
