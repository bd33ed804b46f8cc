"""Facts in sentences, each with its figures. They state what was reported, never a cause or an effect."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import pandas as pd

from metrics.answers import KeyFigure
from metrics.catalog import Indicator
from metrics.periods import fiscal_year_of, months_of_year
from ui import labels
from ui.rows import rows_of

# A value from fewer cases is too uncertain to be named as the highest or lowest.
LEAST_CASES_NAMED = 10
MOST_NAMED = 5


def span(indicator: Indicator, months: Sequence[str]) -> list[str]:
    """The months as an indicator is asked for them: a yearly one for whole years."""
    return months_of_year(fiscal_year_of(months[0])) if indicator.is_yearly else list(months)


def coverage(sent: pd.DataFrame, places: int, months: Sequence[str]) -> str:
    """How much of the referral return is there, of so many municipalities."""
    asked = sent[(sent["return_id"] == "referral") & sent["period"].isin(months)]
    complete = int((asked.groupby("area_code")["period"].nunique() == len(months)).sum())
    return (
        f"{labels.period_text(list(months))}の相互紹介記録は、{places}市区町村のうち"
        f"**{complete}**市区町村が全ての月を、"
        f"{asked['area_code'].nunique() - complete}市区町村が一部の月を提出しています。"
    )


def year_change(figure: KeyFigure) -> str | None:
    """「前年同期差 +3.2ポイント」; None when there is nothing to compare with."""
    now, before = figure.now, figure.before
    if before is None or math.isnan(before["value"]) or math.isnan(now["value"]):
        return None
    return f"前年同期差 {labels.change_text(now['value'], before['value'], figure.indicator.kind)}"


def changes(figures: Sequence[KeyFigure]) -> str:
    """The prefecture's values with interval, counts and change, in one sentence for each figure."""
    said = []
    for one in figures:
        now, kind, title = one.now, one.indicator.kind, one.indicator.title
        if math.isnan(now["value"]):
            said.append(f"{title}は、報告がないため計算できません。")
            continue
        change = year_change(one)
        said.append(
            f"{title}は{labels.bold(labels.with_unit(now['value'], kind))}"
            f"（95％信頼区間 {labels.interval_text(now['low'], now['high'], kind)}、"
            f"{now['denominator']:,}件中{now['numerator']:,}件）"
            + (f"で、{change.replace(' ', 'は')}です。" if change else "です。前年同期の報告はありません。")
        )
    return "".join(said)


def spread(
    indicator: Indicator, each: pd.DataFrame, whole: pd.Series, names: Mapping[str, str], months: Sequence[str]
) -> str:
    """What the map and the ranking show, in one sentence: the prefecture, the range, how many did not report."""
    kind = indicator.kind
    known = each[each["value"].notna()]
    missing = int((each["state"] == "not_sent").sum())
    head = f"{labels.period_text(span(indicator, months))}の{indicator.title}は、県全体で"
    if math.isnan(whole["value"]):
        return head + "計算できません（該当する報告がありません）。"
    text = head + f"{labels.bold(labels.with_unit(whole['value'], kind))}です。"
    is_free = kind in ("rate", "ratio")
    enough = known if is_free else known[known["denominator"] >= LEAST_CASES_NAMED]
    if kind == "count":
        text = text.removesuffix("です。") + f"（{whole['denominator']:,}のうち{whole['numerator']:,}）です。"
    elif len(enough) >= 2:
        low, high = enough.loc[enough["value"].idxmin()], enough.loc[enough["value"].idxmax()]
        least = "" if is_free else f"分母が{LEAST_CASES_NAMED}件以上の{len(enough)}市区町村では、"
        text += (
            f"{least}{names[low['area_code']]}の{labels.with_unit(low['value'], kind)}から"
            f"{names[high['area_code']]}の{labels.with_unit(high['value'], kind)}まで分布しています"
            "（件数が少ない市区町村の値は偶然で大きく動きます）。"
        )
    return text + (f"{missing}市区町村は未提出です。" if missing else "")


def difference(indicator: Indicator, each: pd.DataFrame, names: Mapping[str, str], least: float) -> str:
    """Who differs from the prefecture beyond chance, by name; else that no difference can be told."""
    kind, title = indicator.kind, indicator.title
    judged = each[each["verdict"].isin(["higher", "lower", "same"])]
    few = int((each["verdict"] == "few").sum())
    rest = f"{few}市区町村は件数が少ないため判定していません（{least_text(kind, least)}）。" if few else ""
    if judged.empty:
        return f"{title}に、県全体との差を判定できる件数のある市区町村はありません。" + rest
    found = [
        f"{word}のは{_named(judged[judged['verdict'] == verdict], names, kind, is_high=verdict == 'higher')}"
        for verdict, word in (("higher", "高い"), ("lower", "低い"))
        if (judged["verdict"] == verdict).any()
    ]
    same = int((judged["verdict"] == "same").sum())
    if not found:
        return f"{title}では、判定できる{same}市区町村のいずれも、県全体と差があるとは言えません。" + rest
    text = f"{title}で、偶然を超えて県全体と差があり、{'、'.join(found)}です。"
    return text + (f"ほかの{same}市区町村は差があるとは言えません。" if same else "") + rest


def differences(compared: Sequence[tuple[Indicator, pd.DataFrame]], names: Mapping[str, str]) -> str:
    """Who differs from the prefecture beyond chance in each of several indicators, in one sentence."""
    found, alike = [], []
    for indicator, each in compared:
        parts = []
        for verdict, word in (("higher", "高い"), ("lower", "低い")):
            of_verdict = each[each["verdict"] == verdict].sort_values("value", ascending=verdict == "lower")
            places = [f"**{names[code]}**" for code in of_verdict["area_code"]]
            more = f"ほか{len(places) - MOST_NAMED}市区町村" if len(places) > MOST_NAMED else ""
            parts += [word + "、".join(places[:MOST_NAMED]) + more] if places else []
        if parts:
            found.append(f"{indicator.title}で{'と'.join(parts)}")
        else:
            alike.append(indicator.title)
    head = f"偶然を超えて県全体と差があるのは、{'、'.join(found)}です。" if found else ""
    return head + (f"{'、'.join(alike)}では、差があるとは言えません。" if alike else "")


NOT_COMPARED = {
    "duration": "日数の中央値では、県全体との差を判定していません。信頼区間の重なりを見てください。",
    "count": "全数を数えた値で、偶然による幅がないため、県全体との差の検定は行いません。",
}


def least_text(kind: str, least: float) -> str:
    """The minimum volume of a comparison in words."""
    if kind == "proportion":
        return f"分母が{least:.0f}件未満"
    return f"県全体と同じ値なら見込まれる件数が{least:.0f}件未満"


def _named(found: pd.DataFrame, names: Mapping[str, str], kind: str, *, is_high: bool) -> str:
    ordered = found.sort_values("value", ascending=not is_high, kind="stable")
    texts = [
        f"**{names[row.area_code]}**（{labels.with_unit(row.value, kind)}）"
        for row in rows_of(ordered.head(MOST_NAMED))
    ]
    more = len(ordered) - len(texts)
    return "、".join(texts) + (f"ほか{more}市区町村" if more else "")


def of_one(indicator: Indicator, row: pd.Series) -> str:
    """One municipality's value, interval, ranks and verdict in a line."""
    kind = indicator.kind
    text = f"{indicator.title} {labels.with_unit(row['value'], kind, row['state'], row['high'])}"
    if math.isnan(row["value"]):
        return text
    interval = labels.interval_text(row["low"], row["high"], kind)
    inside = [f"95％信頼区間 {interval}"] if interval else []
    inside += [labels.counts_text(row["numerator"], row["denominator"], kind)]
    if row["verdict"] != "none":
        lead = {"higher": "偶然を超えて県全体より", "lower": "偶然を超えて県全体より", "same": "県全体と"}
        verdict = lead.get(row["verdict"], "") + labels.VERDICTS[row["verdict"]]
        inside += [labels.ranks_text(row["rank_low"], row["rank_high"]), verdict]
    return text + f"（{'、'.join(inside)}）"


def trend(indicator: Indicator, series: pd.DataFrame, where: str) -> str:
    known = series[series["value"].notna()]
    if known.empty:
        return f"{where}には、この指標を計算できる報告がありません。"
    ends = known.iloc[[0, -1]] if len(known) > 1 else known
    gaps = len(series) - len(known)
    said = "、".join(
        f"{labels.period_name(row.period)}に{labels.with_unit(row.value, indicator.kind)}" for row in rows_of(ends)
    )
    if indicator.is_yearly:
        return f"{where}の年度別の値は、{said}です。" + (f"値のない年度が{gaps}あります。" if gaps else "")
    return f"{where}の月別の値は、{said}です。" + (f"値のない月が{gaps}か月あります。" if gaps else "")


def tendency(method: str, n: int, p: float, s: float) -> str:
    """Whether a series has a trend: the parts of metrics.stats.tendency.Tendency."""
    if not method:
        return f"値のある期間が{n}で5に満たないため、傾向は判定していません。"
    if p >= 0.05:
        return f"上昇・下降の傾向があるとは言えません（{labels.p_text(p)}）。"
    return f"{'上昇' if s > 0 else '下降'}の傾向があると言えます（{labels.p_text(p)}）。"


def parts(indicator: Indicator, shown: pd.DataFrame) -> str:
    """What the breakdown shows: its largest group, or the most frequent answer."""
    assert indicator.breakdown is not None
    kind, name_of = indicator.kind, indicator.breakdown.label
    if indicator.breakdown.splits == "both" and shown["denominator"].nunique() > 1:
        top = shown.loc[shown["denominator"].idxmax()]
        return (
            f"分母が最も大きいのは**{name_of(top['breakdown'])}**（{top['denominator']:,}）で、"
            f"値は{labels.with_unit(top['value'], kind)}です。"
        )
    top = shown.loc[shown["value"].idxmax()]
    most = "最も多い" if indicator.breakdown.splits == "numerator" else "値が最も大きい"
    return f"{most}のは**{name_of(top['breakdown'])}**で、{labels.with_unit(top['value'], kind)}です。"


def about_period(meta: Mapping[str, str], months: Sequence[str]) -> list[str]:
    """What every download says: invented or not, for which months, as of when."""
    return [
        labels.SAMPLE_NOTICE if meta.get("sample") == "1" else "",
        f"期間：{labels.period_text(list(months))}",
        f"データ時点：{labels.day_text(meta['data_end'])}まで" if meta.get("data_end") else "",
    ]


def about(meta: Mapping[str, str], indicator: Indicator, months: Sequence[str]) -> list[str]:
    """Lines that a download of one indicator carries: these, and what was counted from where."""
    return [
        *about_period(meta, span(indicator, months)),
        f"分子：{indicator.numerator}　分母：{indicator.denominator}",
        f"出典：{indicator.source}",
    ]


def is_of_fiction(meta: Mapping[str, str]) -> bool:
    """Of 見本県, not invented returns loaded for a real prefecture. What is published names no code: 99 is assumed."""
    return meta.get("sample") == "1" and meta.get("prefecture", "99") == "99"


def sources(meta: Mapping[str, str], indicator: Indicator) -> list[str]:
    return [
        f"出典：{indicator.source}　境界：「国土数値情報（行政区域データ）」（国土交通省）を加工して作成"
        + ("（見本県の形は実在の県を変形したもの）" if is_of_fiction(meta) else ""),
        f"集計：{meta['built_at'][:10]}　指標は取組の過程を示すもので、取組の効果を示すものではありません。",
    ]
