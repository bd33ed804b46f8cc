"""One indicator by municipality: the map, the ranked values with their intervals."""

from __future__ import annotations

import math

import pandas as pd

from metrics.catalog import Indicator
from reports.content import Block, Cell, Chart, Map, Section, Sentences, Series, Table
from reports.sections.cells import COUNT_FORMAT, NUMBER_FORMATS, bound_cell, count_cell, in_unit, shades, value_cell
from reports.sources import WHOLE, Sources
from ui import charts, labels
from ui.labels import sentences

SHADE_NOTE = "色の濃さは値の大きさを表し、良し悪しを示しません。"


def map_section(of: Sources) -> Section:
    """The chosen indicator: what can be said of it, the map, the ranking, the values."""
    indicator = of.indicator
    blocks: list[Block] = [Sentences(said(of, indicator)), area_map(of, indicator), ranked(of, indicator)]
    return Section("map", f"地図：{indicator.title}", blocks)


def said(of: Sources, indicator: Indicator) -> list[str]:
    each, whole = of.compared(indicator.id), of.whole(indicator.id)
    found = [sentences.spread(indicator, each, whole, of.names, of.months)]
    if whole["state"] not in ("not_sent", "not_applicable") and indicator.kind not in sentences.NOT_COMPARED:
        least = of.answers.compared(indicator.id, of.months).least
        found.append(sentences.difference(indicator, each, of.names, least))
    return found


def area_map(of: Sources, indicator: Indicator) -> Map:
    each = of.compared(indicator.id)
    values = {row.area_code: (float(row.value), str(row.state)) for row in each.itertuples()}
    title = f"{indicator.title}・市区町村別（{of.period_of(indicator)}）"
    return Map(title, of.meta["prefecture"], values, indicator.kind, indicator.unit, of.area, SHADE_NOTE)


def ranked(of: Sources, indicator: Indicator, *, has_figure: bool = True) -> Chart:
    """The municipalities with a value from the highest down; those without are named in the note."""
    each, whole, kind = of.compared(indicator.id), of.whole(indicator.id), indicator.kind
    shown = each[each["value"].notna()].sort_values("value", ascending=False, kind="stable")
    names = [of.names[code] for code in each["area_code"]]
    reads = "破線は県全体。" + ("" if kind == "count" else "横線は95％信頼区間。")
    marks = f"白抜きは一部の報告による値。{_without(each, of)}"
    return Chart(
        title=f"{indicator.title}の市区町村別の値（{of.period_of(indicator)}）",
        unit=indicator.unit,
        form="bar",
        categories=[of.names[code] for code in shown["area_code"]],
        series=[Series(indicator.title, [in_unit(one, kind) for one in shown["value"]])],
        figure=charts.ranked(each, names, kind, indicator.unit, whole["value"]) if has_figure else None,
        low=[in_unit(one, kind) for one in shown["low"]],
        high=[in_unit(one, kind) for one in shown["high"]],
        number_format=NUMBER_FORMATS[kind],
        note=f"{reads}{marks}",
        states=shown["state"].tolist(),
        reference=None if math.isnan(whole["value"]) else (WHOLE, in_unit(whole["value"], kind) or 0.0),
        native_note=reads.replace("破線", "灰色の棒") + marks,
    )


def _without(each: pd.DataFrame, of: Sources) -> str:
    """Who has no value, by the mark; a chart of values alone would pass over them."""
    words = {"not_sent": labels.NOT_SENT, "not_applicable": "該当する件がない（-）", "hidden": "秘匿（x）"}
    parts = []
    for state, word in words.items():
        names = [of.names[code] for code in each.loc[each["value"].isna() & (each["state"] == state), "area_code"]]
        parts += [f"{word}：{len(names)}市区町村"] if names else []
    return "　".join(parts)


def area_table(of: Sources, indicator: Indicator) -> Table:
    """Every municipality, then the prefecture: value, limits, counts, drawn-in value, ranks, verdict."""
    each, kind = of.compared(indicator.id), indicator.kind
    is_judged = each["verdict"].ne("none").any()
    unit = labels.short_unit(kind)
    heads = ["団体コード", "市区町村", f"値（{unit}）", "95％信頼区間・下限", "95％信頼区間・上限", "分子", "分母"]
    heads += ["調整値（縮小推定）", "順位の幅", "県全体との差"] if is_judged else []
    dark = shades(each["value"].tolist())
    rows = [
        [Cell(row["area_code"]), Cell(of.names[row["area_code"]]), *_figures(row, indicator, shade)]
        + (_judged(row, kind) if is_judged else [])
        for (_, row), shade in zip(each.iterrows(), dark, strict=True)
    ]
    last = [Cell(""), Cell(WHOLE), *_figures(of.whole(indicator.id), indicator, None)]
    rows.append(last + ([Cell("")] * 3 if is_judged else []))
    values = dict.fromkeys((2, 3, 4, *((7,) if is_judged else ())), NUMBER_FORMATS[kind])
    return Table(
        title=f"{indicator.title}・市区町村別（{of.period_of(indicator)}）",
        heads=heads,
        rows=rows,
        number_formats=values | {5: COUNT_FORMAT, 6: COUNT_FORMAT},
        note=definition_line(indicator),
    )


def definition_line(indicator: Indicator) -> str:
    return f"分子：{indicator.numerator}　分母：{indicator.denominator}　出典：{indicator.source}"


def _figures(row: pd.Series, indicator: Indicator, shade: float | None) -> list[Cell]:
    kind, state = indicator.kind, row["state"]
    has_value = not math.isnan(row["value"])
    limits = [bound_cell(row[part], kind) if has_value else Cell("") for part in ("low", "high")]
    counts = [count_cell(row[part], state) for part in ("numerator", "denominator")]
    return [value_cell(row, indicator, shade), *limits, *counts]


def _judged(row: pd.Series, kind: str) -> list[Cell]:
    drawn_in = row["shrunk"]
    return [
        Cell("" if math.isnan(drawn_in) else labels.number_text(drawn_in, kind), in_unit(drawn_in, kind)),
        Cell(labels.ranks_text(row["rank_low"], row["rank_high"])),
        Cell(labels.VERDICTS[row["verdict"]]),
    ]
