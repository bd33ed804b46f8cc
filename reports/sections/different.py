"""What is really different: every indicator in which municipalities lie beyond chance from the prefecture."""

from __future__ import annotations

import pandas as pd

from metrics.catalog import Indicator, in_notice_order, load_catalog
from reports.content import Cell, Section, Sentences, Table
from reports.sections.cells import COUNT_FORMAT, in_unit
from reports.sources import Sources
from ui import labels

MOST_NAMED = 6
METHOD = (
    "県全体の値を中心とする管理限界の外にあり、全市区町村を通した偽発見率5％で判定したものだけを挙げています。"
    "件数の少ない市区町村は判定していません。高い・低いは、それだけでは良し悪しを示しません。"
)


def section(of: Sources) -> Section:
    """One row an indicator that is compared; names in the order of how far they lie from the prefecture."""
    compared = [(one, of.compared(one.id)) for one in in_notice_order(load_catalog().values())]
    judged = [(one, each) for one, each in compared if each["verdict"].isin(["higher", "lower", "same", "few"]).any()]
    if not judged:
        return Section("different", "偶然を超えた違い", [], "この期間の報告がないため、比べられる指標がありません。")
    found = [(one, each) for one, each in judged if each["verdict"].isin(["higher", "lower"]).any()]
    said = [
        f"県全体との差を判定した**{len(judged)}**の指標のうち、**{len(found)}**の指標に、"
        "偶然を超えて高い又は低い市区町村があります。"
    ]
    alike = [one.title for one, each in judged if not each["verdict"].isin(["higher", "lower"]).any()]
    said += [f"差があるとは言えない指標：{'、'.join(alike)}。"] if alike else []
    table = Table(
        title=f"県全体と偶然を超えて差のある市区町村（{of.period}）",
        heads=["指標", "県全体", "▲ 高い市区町村", "▼ 低い市区町村", "差があるとは言えない", "判定しない", "値なし"],
        rows=[_row(one, each, of) for one, each in found],
        number_formats=dict.fromkeys((4, 5, 6), COUNT_FORMAT),
        note=METHOD,
    )
    return Section("different", "偶然を超えた違い", [Sentences(said), *([table] if found else [])])


def _row(indicator: Indicator, each: pd.DataFrame, of: Sources) -> list[Cell]:
    whole = of.whole(indicator.id)
    text = labels.with_unit(whole["value"], indicator.kind, whole["state"], whole["high"])
    counts = each["verdict"].value_counts()
    return [
        Cell(indicator.title),
        Cell(text, in_unit(whole["value"], indicator.kind), whole["state"]),
        *(Cell(_names(each, verdict, of)) for verdict in ("higher", "lower")),
        *(_count(counts.get(verdict, 0)) for verdict in ("same", "few", "none")),
    ]


def _count(count: int) -> Cell:
    return Cell(f"{count}", float(count))


def _names(each: pd.DataFrame, verdict: str, of: Sources) -> str:
    """The names, the farthest first."""
    inside = each[each["verdict"] == verdict].sort_values("value", ascending=verdict == "lower", kind="stable")
    names = [of.names[code] for code in inside["area_code"]]
    more = f"、ほか{len(names) - MOST_NAMED}" if len(names) > MOST_NAMED else ""
    return "、".join(names[:MOST_NAMED]) + more or "なし"
