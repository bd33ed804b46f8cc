"""The ministry's published figures beside an indicator that counts the same thing: the prefecture and the country."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from metrics.catalog import Indicator
from metrics.periods import fiscal_year_of
from ui import labels
from ui.internal import store
from ui.internal.memory import kept

SOURCE = "「生活困窮者自立支援制度支援状況調査」（厚生労働省）"
Found = tuple[str, float]  # whose figure, and the figure


def sentence(version: str, indicator: Indicator, months: Sequence[str]) -> str:
    """Empty for indicators that the ministry's table does not have, and for years that it does not cover."""
    if indicator.id not in FIGURES:
        return ""
    return _sentence(version, indicator.id, fiscal_year_of(months[0]), indicator.kind)


@kept(256)
def _sentence(version: str, indicator_id: str, year: int, kind: str) -> str:
    prefecture = store.meta(version)["prefecture"]
    found = FIGURES[indicator_id](version, year, prefecture)
    if not found:
        return f"{labels.fiscal_year_text(year)}の厚生労働省の公表値は、収録していません。"
    unit = "人口10万人・1か月当たり" if kind == "rate" else "新規相談1件当たり"
    said = "、".join(f"{whose}が{labels.bold(labels.with_unit(value, kind))}" for whose, value in found)
    here = "" if len(found) > 1 else "この県の値は公表値にありません。"
    return (
        f"参考：厚生労働省の公表値（{labels.fiscal_year_text(year)}、{unit}）は、{said}です。{here}"
        f"公表値は困窮者支援の窓口の新規相談で、対象地区人口によります（出典：{SOURCE}）。"
    )


def _consultations(version: str, year: int, prefecture: str) -> list[Found]:
    own = _of_prefecture(store.ministry_prefectures(version, year, "new_consultations"), prefecture, "value")
    return [*own, *_of_country(version, year, lambda row: row["value"], "new_consultations")]


def _plans(version: str, year: int, prefecture: str) -> list[Found]:
    table = store.ministry_prefectures(version, year, "plans")
    table = table.assign(share=table["plans"] / table["new_consultations"])
    return [
        *_of_prefecture(table, prefecture, "share"),
        *_of_country(version, year, lambda row: row["plans"] / row["new_consultations"], "plans"),
    ]


def _of_prefecture(table: pd.DataFrame, prefecture: str, column: str) -> list[Found]:
    own = table[table["pref_code"] == prefecture]
    return [(str(row["pref_name"]), float(row[column])) for _, row in own.iterrows()]


def _of_country(version: str, year: int, value: Callable[[pd.Series], float], measure: str) -> list[Found]:
    table = store.ministry_country(version, measure)
    return [("全国", float(value(row))) for _, row in table[table["fiscal_year"] == year].iterrows()]


FIGURES: Mapping[str, Callable[[str, int, str], list[Found]]] = {
    "consultations_per_100k_month": _consultations,
    "plans_per_consultation": _plans,
}
