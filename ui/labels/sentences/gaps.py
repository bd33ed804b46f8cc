"""Gaps between municipalities and what closing them would add, in words: for 地域差 and for packs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from metrics.catalog import Indicator
from metrics.gain import MEDIAN, PEERS, VALUE, Gain
from metrics.narrowing import BEYOND, FINDING, WITHIN, Gap
from ui import labels
from ui.labels.rounding import fixed
from ui.rows import rows_of

NO_GAP = "偶然で説明できる範囲を超える差があるとは言えません。"
NOT_JUDGED = {
    "duration": "日数の中央値では、偶然による散らばりを取り除けないため、差の有無を判定していません。",
    "count": "全数を数えた値で、偶然による幅がないため、差の有無の判定は行いません。下の区分別の値を見てください。",
}
FEW = "値のある市区町村が5に満たないため、差の有無を判定していません。"
# Why there is no gain, by the codes of metrics.gain.
REASONS = {
    "duration": "日数の中央値は、足し合わせて件数にできないため、計算しません。",
    "complete": "市区町村や会議体の数を全数で数えた指標で、人の件数ではないため、計算しません。",
    "need": "多いことが支援の必要の大きさも表す指標で、増えることを前進とは言えないため、計算しません。",
    "few_areas": "基準を決められるだけの件数がある市区町村が3に満たないため、計算しません。",
}
SURE = "95％以上の確からしさで"
ARITHMETIC_IN_WORDS = (
    "基準に届くことを見込んだものでも、届かせる方法を示すものでもありません。"
    "一部だけ報告した市区町村は、報告された分だけで数えています。"
)
ARITHMETIC = (
    "棒は偶然による低い値を除いた計算（事後分布の平均）、縦線は観測された値をそのまま使った計算です。"
    + ARITHMETIC_IN_WORDS
)
LEAST_SHOWN = 0.05  # what rounds to 0.0 is no bar


def beyond(indicator: Indicator, found: Gap) -> str:
    """The verdict first: what is not beyond chance must not be read as a gap."""
    if found.verdict not in (BEYOND, WITHIN):
        return NOT_JUDGED.get(indicator.kind, FEW)
    test = f"{found.areas}市区町村、均質性の検定 {labels.p_text(found.p)}、有意水準1％"
    if found.verdict == WITHIN:
        return f"**{NO_GAP}**（{test}）"
    return (
        f"**偶然で説明できる範囲を超える差があります。**（{test}）　偶然を除いた市区町村間の標準偏差は"
        f"**{width_text(found.between_sd, indicator.kind)}**です。"
    )


def width_text(width: float, kind: str) -> str:
    """A width in the unit of a value: percentage points for shares."""
    return labels.number_text(width, kind) + ("ポイント" if kind in labels.SHARES else labels.short_unit(kind))


def shown_rows(found: Gain) -> pd.DataFrame:
    """Who adds anything, the most first."""
    rows = found.per_area.sort_values(["expected", "gain"], ascending=False, kind="stable")
    return rows[(rows["expected"] >= LEAST_SHOWN) | (rows["gain"] > 0)]


def gain(found: Gain, indicator: Indicator, names: Mapping[str, str], area: str | None = None) -> Sequence[str]:
    """How many more a year, whether any gap can be told, who makes up most of it; or why nothing is calculated."""
    if found.reason:
        return [REASONS[found.reason]]
    level = labels.with_unit(found.benchmark, indicator.kind)
    of_peers = f"{names.get(area or '', '')}に類似する市区町村の中央値"
    basis = {MEDIAN: "中央値", PEERS: of_peers}.get(found.basis, "決めた値")
    first = (
        f"{basis}（{level}）より低い市区町村が全て{level}に届くと、{indicator.gain}は1年に"
        f"**{fixed(found.expected, 0)}**件増える計算です（{SURE}{fixed(found.low, 0)}～{fixed(found.high, 0)}件）。"
        f"観測された値をそのまま足すと{fixed(found.total, 0)}件ですが、偶然で低く出た分を含みます。"
    )
    said = [first]
    if found.p >= FINDING and found.basis != VALUE:
        said.append(
            "市区町村の間に、偶然で説明できる範囲を超える差があるとは言えません。"
            f"増える件数の下限は{fixed(found.low, 0)}件で、内訳の多くは偶然で入れ替わります。"
        )
    rows = shown_rows(found)
    top = [
        f"{names[row.area_code]}（{fixed(row.expected, 0)}件）" for row in rows_of(rows.head(3)) if row.expected >= 0.5
    ]
    if top and found.expected > 0:
        share = rows["expected"].head(len(top)).sum() / found.expected * 100
        said.append(f"内訳が大きいのは{'、'.join(top)}で、合わせて全体の{fixed(share, 0)}％です。")
    return said
