"""Areas from high to low with their intervals, as rows of a table: the chart is its own table, light and printable.

The same marks as charts.ranked, which draws the picture for files: a shape for each verdict, hollow for a value from a
part of the reports, a dashed line for the whole, a thin upright stroke for the drawn-in value.
"""

from __future__ import annotations

import html
import math
from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd
import streamlit as st

from ui import labels

HERE = Path(__file__).parent
HOLLOW = {"▲": "△", "▼": "▽", "●": "○", "■": "□"}

_mount = st.components.v2.component(
    "ranked_rows",
    html='<div class="rows"></div>',
    css=(HERE / "rows.css").read_text(encoding="utf-8"),
    js=(HERE / "rows.js").read_text(encoding="utf-8"),
)


def show(rows: str, *, key: str, chosen: str | None, on_choose: Callable[[str], None]) -> None:
    """Mounts rows_html. on_choose gets the code of the row that was clicked or entered."""

    def picked() -> None:
        code = st.session_state[key].get("area")
        if code:
            on_choose(str(code))

    _mount(key=key, data={"html": rows, "chosen": chosen}, on_area_change=picked)


def rows_html(
    frame: pd.DataFrame,
    names: Sequence[str],
    kind: str,
    unit: str,
    reference: float | None,
    *,
    title: str,
    chosen: str | None = None,
) -> str:
    """frame: estimates, one row per area in the order of names, with the columns of a comparison where there is one.

    reference: the value of the whole. chosen: a code.
    """
    table = frame.assign(name=list(names)).sort_values("value", ascending=False, kind="stable", na_position="last")
    end = _end(table, kind, reference)
    body = "".join(_row(row, kind, end, reference, chosen) for row in table.to_dict("records"))
    ticks = "".join(f"<span>{_tick(end * part / 4, kind)}</span>" for part in range(5))
    head = f"<tr><th><th class=t><div class=a>{ticks}</div><th>{html.escape(unit)}"
    return f"<table><caption>{html.escape(title)}</caption><thead>{head}</thead><tbody>{body}</tbody></table>"


def _end(table: pd.DataFrame, kind: str, reference: float | None) -> float:
    """The value at the right end of the scale, which begins at 0: 100 % for shares, else a round number above all."""
    if kind in labels.SHARES:
        return 1.0
    edges = pd.concat([table["value"], table["high"]]).replace(math.inf, math.nan).dropna()
    most = max([*edges, reference or 0.0, 0.0])
    if not most > 0:
        return 1.0
    step = 10.0 ** math.floor(math.log10(most))
    return next(step * times for times in (1, 2, 4, 6, 8, 10) if step * times >= most)


def _tick(value: float, kind: str) -> str:
    return f"{value * 100:.0f}" if kind in labels.SHARES else f"{value:,.6g}"


def _row(row: dict[str, object], kind: str, end: float, reference: float | None, chosen: str | None) -> str:
    code, name = str(row["area_code"]), html.escape(str(row["name"]))
    value, low, high = (float(row[part]) for part in ("value", "low", "high"))  # type: ignore[arg-type]
    state, verdict = str(row["state"]), str(row.get("verdict", "none"))
    text = labels.value_text(value, kind, state, high)
    interval = "" if math.isnan(value) else labels.interval_text(low, high, kind)
    told = html.escape("　".join(part for part in _told(row, kind, text, interval, verdict) if part))
    marks = [_at("w", reference, end)]
    if not math.isnan(value):
        marks += [_line(low, high, end), _at("s", row.get("shrunk"), end)]
        glyph = labels.VERDICT_MARKS[verdict]
        css = "o few" if verdict == "few" else "o"
        marks.append(_at(css, value, end, HOLLOW[glyph] if state == "partial" else glyph))
    css = " class=c" if code == chosen else ""
    shown = html.escape(text.removesuffix(labels.PARTIAL_MARK)) + ("*" if state == "partial" else "")
    cell = f"<td class='v{' n' if math.isnan(value) else ''}'>{shown}"
    return (
        f"<tr{css} data-code={html.escape(code)} title='{name}：{told}'><th scope=row>{name}"
        f"<td class=t><div class=k>{''.join(marks)}</div>{cell}"
    )


def _told(row: dict[str, object], kind: str, text: str, interval: str, verdict: str) -> list[str]:
    """What is said under the pointer beyond the name."""
    said = [text, f"95％信頼区間 {interval}" if interval else "", labels.VERDICTS[verdict]]
    if verdict in ("higher", "lower", "same", "few"):
        said += [f"調整値 {labels.with_unit(float(row['shrunk']), kind)}"]  # type: ignore[arg-type]
        said += [labels.ranks_text(row["rank_low"], row["rank_high"])]  # type: ignore[arg-type]
    return said


def _at(css: str, value: object, end: float, glyph: str = "") -> str:
    place = math.nan if value is None else float(value)  # type: ignore[arg-type]
    return "" if math.isnan(place) else f"<i class='{css}' style='left:{100 * min(place / end, 1):.1f}%'>{glyph}</i>"


def _line(low: float, high: float, end: float) -> str:
    if math.isnan(low) or math.isnan(high):
        return ""
    start, stop = min(low / end, 1), min(high / end, 1)
    return f"<i class=l style='left:{100 * start:.1f}%;width:{100 * (stop - start):.1f}%'></i>"
