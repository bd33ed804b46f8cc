"""Words and tables of the national page: what the ministry's table says, as published."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from ui import labels
from ui.labels.rounding import fixed

YEARS = (2024, 2023)
SOURCES = (
    "出典：「生活困窮者自立支援制度支援状況調査」（厚生労働省）を加工して作成　"
    "境界：「国土数値情報（行政区域データ）」（国土交通省）を加工して作成",
    "定義：人口10万人・1か月当たり＝年度の件数÷12か月÷対象地区人口×100,000（公表値と同じ定義）。"
    "人口は調査の対象地区人口で、国勢調査の人口とは混ぜていません。",
)


def about(year: int, what: str) -> list[str]:
    return [f"{what}、{labels.fiscal_year_text(year)}", *SOURCES]


def median(table: pd.DataFrame) -> float:
    return float(table["value"].median())


def headline(table: pd.DataFrame, national: pd.DataFrame, year: int, what: str) -> str:
    """National counts and the range of the prefectures' monthly rates, in sentences."""
    row = national[national["fiscal_year"] == year].iloc[0]
    low, high = table.loc[table["value"].idxmin()], table.loc[table["value"].idxmax()]
    return (
        f"{labels.fiscal_year_text(year)}の全国の新規相談受付件数は**{int(row['new_consultations']):,}**件、"
        f"プラン作成件数は**{int(row['plans']):,}**件です。"
        f"{what}を人口10万人・1か月当たりで見ると、47都道府県の中央値は**{fixed(median(table), 1)}**件で、"
        f"最も少ない{low['pref_name']}の{fixed(low['value'], 1)}件から、"
        f"最も多い{high['pref_name']}の{fixed(high['value'], 1)}件まで分布しています。"
    )


def map_values(table: pd.DataFrame) -> tuple[Mapping[str, tuple[float, str]], Mapping[str, str]]:
    values = {row.pref_code: (row.value, "value") for row in table.itertuples()}
    texts = {row.pref_code: f"{fixed(row.value, 1)}件（年度計 {row.count:,}件）" for row in table.itertuples()}
    return values, texts


def bodies_of(table: pd.DataFrame, pref_code: str) -> pd.DataFrame:
    """The bodies inside one prefecture, most first, with a short name for the axis."""
    inside = table[table["pref_code"] == pref_code].sort_values("value", ascending=False, kind="stable")
    short = [
        f"{row.pref_name}（指定都市・中核市を除く）" if row.kind == "都道府県" else f"{row.body}（{row.kind}）"
        for row in inside.itertuples()
    ]
    return inside.assign(short=short, state="value", numerator=inside["count"], denominator=inside["population"])


def bodies_sentence(bodies: pd.DataFrame, table: pd.DataFrame, pref_code: str, what: str) -> str:
    whole = table[table["pref_code"] == pref_code].iloc[0]
    parts = "、".join(f"{row.short}が{fixed(row.value, 1)}件" for row in bodies.itertuples())
    return (
        f"{whole['pref_name']}の{what}は人口10万人・1か月当たり**{fixed(whole['value'], 1)}**件で、内訳は{parts}です。"
    )


def years_sentence(series: pd.DataFrame, measure: str, what: str) -> str:
    known = series[series[measure].notna()]
    peak, last = known.loc[known[measure].idxmax()], known.iloc[-1]
    return (
        f"全国の{what}は、{labels.fiscal_year_text(int(peak['fiscal_year']))}の{int(peak[measure]):,}件が最も多く、"
        f"{labels.fiscal_year_text(int(last['fiscal_year']))}は{int(last[measure]):,}件です。"
    )


def _rates(table: pd.DataFrame, what: str) -> dict[str, list[str]]:
    return {
        f"{what}（年度計、件）": [f"{count:,}" for count in table["count"]],
        "対象地区人口（人）": [f"{people:,}" for people in table["population"]],
        "人口10万人・1か月当たり（件）": [fixed(value, 1) for value in table["value"]],
        "95％信頼区間": [labels.interval_text(row.low, row.high, "rate") for row in table.itertuples()],
    }


def prefecture_table(table: pd.DataFrame, what: str) -> pd.DataFrame:
    ordered = table.sort_values("pref_code")
    return pd.DataFrame({"都道府県": ordered["pref_name"].tolist(), **_rates(ordered, what)})


def body_table(bodies: pd.DataFrame, what: str) -> pd.DataFrame:
    return pd.DataFrame({"実施主体": bodies["body"].tolist(), "区分": bodies["kind"].tolist(), **_rates(bodies, what)})


def year_table(series: pd.DataFrame) -> pd.DataFrame:
    def text(count: float) -> str:
        return labels.UNKNOWN if pd.isna(count) else f"{int(count):,}"

    return pd.DataFrame(
        {
            "年度": [labels.fiscal_year_text(year) for year in series["fiscal_year"]],
            "新規相談受付件数": [text(count) for count in series["new_consultations"]],
            "プラン作成件数": [text(count) for count in series["plans"]],
            "対象地区人口": [text(count) for count in series["population"]],
        }
    )
