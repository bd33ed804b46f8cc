"""One indicator by municipality: the map, the ranked values with their intervals."""

from __future__ import annotations

import math

import pandas as pd

from metrics.catalog import Indicator
from reports.content import Block, Cell, Chart, Map, Section, Sentences, Series, Table
from reports.sections.cells import NUMBER_FORMATS, estimate_cells, estimate_formats, estimate_heads, in_unit, shades
from reports.sources import WHOLE, Sources
from ui import charts, labels
from ui.labels import sentences

JUDGED = ("調整値（縮小推定）", "順位の幅", "県全体との差")
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
    shapes = (
        "▲▼は偶然を超えて高い・低い、■は件数が少なく判定しない、短い縦線は調整値（縮小推定）。"
        if each["verdict"].ne("none").any()
        else ""
    )
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
        note=f"{reads}{shapes}{marks}",
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
    own = estimate_heads(f"値（{labels.short_unit(kind)}）", kind)
    dark = shades(each["value"].tolist())
    rows = [
        [Cell(row["area_code"]), Cell(of.names[row["area_code"]]), *estimate_cells(row, indicator, shade)]
        + (_judged(row, kind) if is_judged else [])
        for (_, row), shade in zip(each.iterrows(), dark, strict=True)
    ]
    last = [Cell(""), Cell(WHOLE), *estimate_cells(of.whole(indicator.id), indicator)]
    rows.append(last + ([Cell("")] * len(JUDGED) if is_judged else []))
    formats = estimate_formats(2, kind) | ({2 + len(own): NUMBER_FORMATS[kind]} if is_judged else {})
    return Table(
        title=f"{indicator.title}・市区町村別（{of.period_of(indicator)}）",
        heads=["団体コード", "市区町村", *own, *(JUDGED if is_judged else ())],
        rows=rows,
        number_formats=formats,
        note=definition_line(indicator),
    )


def definition_line(indicator: Indicator) -> str:
    return f"分子：{indicator.numerator}　分母：{indicator.denominator}　出典：{indicator.source}"


def _judged(row: pd.Series, kind: str) -> list[Cell]:
    drawn_in = row["shrunk"]
    return [
        Cell("" if math.isnan(drawn_in) else labels.number_text(drawn_in, kind), in_unit(drawn_in, kind)),
        Cell(labels.ranks_text(row["rank_low"], row["rank_high"])),
        Cell(labels.VERDICTS[row["verdict"]]),
    ]
