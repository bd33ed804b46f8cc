"""Native charts of a workbook, each with the figures it is drawn from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range_abs
from xlsxwriter.worksheet import Worksheet

from reports.content import REFERENCE, Cell, Chart, Series, beside_reference
from reports.sheets.looks import FONT, Looks
from reports.sheets.widths import column_width
from ui import theme
from ui.labels.inert import inert_text
from ui.labels.rounding import half_up

COLOURS = (theme.MID, theme.MUTED, theme.LIGHT)
WIDTH, ROW, LINE_HEIGHT = 760, 20, 380
COLUMNS = 12  # of the usual width, under a chart
MOST_HIGH = 4000
LETTERS = {"name": FONT, "size": 9}


def add_chart(book: Workbook, sheet: Worksheet, looks: Looks, chart: Chart, at: tuple[int, int]) -> int:
    """Draws the chart at a cell (row, column), its figures right of it; gives the row after both.

    Blank cells are gaps of the chart: a mark as text would be drawn as 0.
    """
    shown, (top, left) = _with_reference(chart), (at[0], at[1] + COLUMNS + 1)
    has_limits = any(one is not None for one in shown.low)
    heads = ["", *(one.name for one in shown.series), *(("下限まで", "上限まで") if has_limits else ())]
    columns: list[Sequence[float | None]] = [one.values for one in shown.series]
    if has_limits:
        values = shown.series[0].values
        columns += [_apart(values, shown.low, -1), _apart(values, shown.high, 1)]
    sheet.write_string(top, left, f"図のデータ（{shown.unit}）", looks.muted)
    for place, head in enumerate(heads):
        sheet.write_string(top + 1, left + place, inert_text(head), looks.head)
        sheet.set_column(left + place, left + place, 11)
    sheet.set_column(left, left, column_width(shown.categories, ""))
    number = looks.cell(Cell(""), number_format=shown.number_format, is_text=False)
    decimals = len(shown.number_format.partition(".")[2])
    for row, category in enumerate(shown.categories, start=top + 2):
        sheet.write_string(row, left, inert_text(category), looks.cell(Cell("")))
        for place, column in enumerate(columns, start=left + 1):
            value = column[row - top - 2]
            if value is not None:
                # As tables and sentences round it, also where a half is one but for the computer's rounding.
                sheet.write_number(row, place, half_up(value, decimals), number)
    last = top + 1 + len(shown.categories)
    drawn = _drawn(book, sheet.get_name(), shown, (top + 2, last, left), has_limits=has_limits)
    sheet.insert_chart(*at, drawn, {"description": shown.title, "object_position": 2})
    return max(last, top + round(_height(shown) / 20)) + 2


def _with_reference(chart: Chart) -> Chart:
    """The value to compare with as a bar of its own on top, or as a line across."""
    if chart.reference is None or (chart.form == "bar" and len(chart.series) == 1):
        return beside_reference(chart)
    name, value = chart.reference
    return replace(chart, series=[*chart.series, Series(name, [value] * len(chart.categories))], reference=None)


def _apart(values: Sequence[float | None], limits: Sequence[float | None], sign: int) -> list[float | None]:
    """How far a limit lies from its value; a limit without end is not drawn."""
    return [
        None if value is None or limit is None else max(0.0, (limit - value) * sign)
        for value, limit in zip(values, limits, strict=True)
    ]


def _height(chart: Chart) -> int:
    if chart.form == "line":
        return LINE_HEIGHT
    return min(MOST_HIGH, 130 + ROW * len(chart.categories) * max(1, len(chart.series)))


def _drawn(book: Workbook, name: str, chart: Chart, rows: tuple[int, int, int], *, has_limits: bool) -> Any:
    first, last, left = rows
    drawn, count = book.add_chart({"type": chart.form}), len(chart.series)
    quoted = name.replace("'", "''")

    def column(place: int) -> str:
        return f"='{quoted}'!{xl_range_abs(first, left + place, last, left + place)}"

    for place in range(1, count + 1):
        # The name is a place, never a text: a text that begins with = would be read as a place.
        series: dict[str, Any] = {
            "name": [name, first - 1, left + place],
            "categories": column(0),
            "values": column(place),
            **_look(chart, place - 1),
        }
        if has_limits and place == 1:
            series["x_error_bars" if chart.form == "bar" else "y_error_bars"] = {
                "type": "custom",
                "minus_values": column(count + 1),
                "plus_values": column(count + 2),
                "line": {"color": theme.INK, "width": 1},
            }
        drawn.add_series(series)
    _axes(drawn, chart)
    drawn.set_title({"name": _safe(chart.title), "name_font": {"name": FONT, "size": 11}, "overlay": False})
    drawn.set_legend({"none": True} if count == 1 else {"position": "bottom", "font": LETTERS})
    drawn.show_blanks_as("gap")
    drawn.set_size({"width": WIDTH, "height": _height(chart)})
    return drawn


def _look(chart: Chart, place: int) -> dict[str, Any]:
    """Colours of a series; of the first, hollow points for what was sent in part, grey for what is compared with."""
    colour = COLOURS[place % len(COLOURS)]
    if chart.form == "line":
        return {
            "line": {"color": colour, "width": 2},
            "marker": {"type": "circle", "size": 5, "fill": {"color": colour}, "border": {"color": colour}},
        }
    look: dict[str, Any] = {"fill": {"color": colour}, "border": {"color": colour}, "gap": 40}
    special = {
        REFERENCE: {"fill": {"color": theme.MUTED}, "border": {"color": theme.MUTED}},
        "partial": {"fill": {"color": "#FFFFFF"}, "border": {"color": colour}},
    }
    if place == 0 and any(one in special for one in chart.states):
        look["points"] = [special.get(one) for one in chart.states]
    return look


def _axes(drawn: Any, chart: Chart) -> None:
    """Bars start at 0; the first category of a horizontal bar chart stands on top."""
    step = 1 if chart.form == "bar" else max(1, len(chart.categories) // 18)
    categories: dict[str, Any] = {"num_font": LETTERS, "interval_unit": step}
    values: dict[str, Any] = {
        "name": _safe(chart.unit),
        "name_font": LETTERS | {"bold": False},
        "num_font": LETTERS,
        "num_format": chart.number_format,
        "min": 0,
        "major_gridlines": {"visible": True, "line": {"color": theme.GRID}},
        **({"max": 100} if _is_share(chart) else {}),
    }
    if chart.form == "bar":
        drawn.set_y_axis(categories | {"reverse": True, "major_gridlines": {"visible": False}})
        drawn.set_x_axis(values)
    else:
        drawn.set_x_axis(categories)
        drawn.set_y_axis(values)


def _is_share(chart: Chart) -> bool:
    numbers = [one for series in chart.series for one in series.values if one is not None]
    return "％" in chart.unit and max(numbers, default=0.0) <= 100


def _safe(text: str) -> Any:
    """Text with a mark of exclamation before a letter and a digit would be taken for a reference to a cell."""
    return inert_text(text.replace("!", "！"))
