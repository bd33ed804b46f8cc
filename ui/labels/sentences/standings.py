"""One municipality beside the prefecture and its peers, in words: for its page and for its pack."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from metrics.catalog import Indicator
from metrics.gap_answers import Standing
from ui import labels

MOST = 3
NONE = "県全体と偶然を超えて差があると言える指標はありません（差があるとは言えない）。"
NO_REPORT = "この期間の報告がないため、県全体と比べられる指標がありません。"
SHORT_VERDICTS = {
    "higher": "▲ 高い",
    "lower": "▼ 低い",
    "same": "● 差があるとは言えない",
    "few": "■ 件数が少ない",
    "none": "",
}


def ranked(standings: Sequence[Standing]) -> list[Standing]:
    """What differs from the prefecture beyond chance, the largest first."""
    real = [one for one in standings if one.row["verdict"] in ("higher", "lower")]
    return sorted(real, key=lambda one: -abs(one.size))


def largest(standings: Sequence[Standing]) -> list[str]:
    """The largest real differences, each a sentence; else that none can be told, and of how many indicators."""
    found = ranked(standings)
    if found:
        more = len(found) - MOST
        rest = [f"ほかに{more}の指標で、偶然を超えて県全体と差があります（下の表の▲▼）。"] if more > 0 else []
        return [*map(sentence, found[:MOST]), *rest]
    same = sum(one.row["verdict"] == "same" for one in standings)
    few = sum(one.row["verdict"] == "few" for one in standings)
    if not same and not few:
        return [NO_REPORT]
    return [f"{NONE}判定できた指標は{same}、件数が少なく判定しない指標は{few}です。"]


def sentence(one: Standing) -> str:
    """「利用勧奨の実施率は41.2％で、県全体の64.5％より偶然を超えて低い（…）。」 with what the notice asks."""
    kind, row = one.indicator.kind, one.row
    value = labels.with_unit(row["value"], kind, row["state"])
    verdict = labels.VERDICTS[row["verdict"]]
    peers = (
        "" if math.isnan(one.peers.middle) else f"、類似する市区町村の中央値 {labels.with_unit(one.peers.middle, kind)}"
    )
    interval = labels.interval_text(row["low"], row["high"], kind)
    counts = labels.counts_text(row["numerator"], row["denominator"], kind)
    inside = f"95％信頼区間 {interval}、{counts}{peers}"
    reading = (
        ""
        if one.is_wanting or one.indicator.reading != "neither" or one.indicator.gain
        else "高い・低いは、それだけでは良し悪しを示しません。"
    )
    return (
        f"{one.indicator.title}は{labels.bold(value)}で、県全体の{labels.with_unit(one.whole['value'], kind)}より"
        f"偶然を超えて{verdict}（{inside}）。{reading}"
    )


def profile(place: pd.Series, office: str) -> str:
    """Kind, people, welfare office, 圏域 and code of a municipality in a line. place: its row of the areas."""
    parts = [
        place["type"],
        "人口 " + (labels.UNKNOWN if pd.isna(place["population"]) else f"{place['population']:,.0f}人"),
        office,
        place["region"] if isinstance(place["region"], str) else "",
        f"団体コード {place['area_code']}",
    ]
    return "　".join(part for part in parts if part)


def short_name(indicator: Indicator) -> str:
    """The title with the unit where it is no share."""
    if indicator.kind == "proportion":
        return indicator.title
    unit = f"（{labels.short_unit(indicator.kind)}）" if indicator.kind != "count" else ""
    return indicator.title.removesuffix("（中央値）") + unit


def own_value(one: Standing) -> str:
    """A single yes or no of one municipality is a word, not 100 per cent."""
    row = one.row
    if one.indicator.kind == "count" and row["denominator"] == 1 and not math.isnan(row["value"]):
        return ("有" if row["value"] else "無") + (labels.PARTIAL_MARK if row["state"] == "partial" else "")
    return labels.value_text(row["value"], one.indicator.kind, row["state"], row["high"])


def own_interval(one: Standing) -> str:
    row = one.row
    return "" if math.isnan(row["value"]) else labels.interval_text(row["low"], row["high"], one.indicator.kind)


def own_counts(one: Standing) -> str:
    row = one.row
    if math.isnan(row["value"]):
        return ""
    return labels.counts_text(row["numerator"], row["denominator"], one.indicator.kind)


def whole_value(one: Standing) -> str:
    return labels.value_text(one.whole["value"], one.indicator.kind, one.whole["state"], one.whole["high"])


def peers_middle(one: Standing) -> str:
    """The median of similar municipalities; their share of all for a complete count; '' for none."""
    return "" if math.isnan(one.peers.middle) else labels.number_text(one.peers.middle, one.indicator.kind)
