"""The cases that fit the differences of a municipality, in words and as rows of a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from metrics.gap_answers import Standing
from metrics.matching import CAUTION, Matches
from ui import labels
from ui.labels.rounding import fixed
from ui.labels.sentences.standings import MOST, ranked

__all__ = ["CASE_HEADS", "CAUTION", "ORDER", "Fitting", "fitting"]

MOST_CASES = 3
NO_CASES = "取組事例の報告がないため、合う事例を挙げていません。"
NOTHING_WANTING = "通知が求める方向に届かず、偶然を超えて県全体と差がある指標がないため、事例を挙げていません。"
ORDER = (
    "低かった値は、何もしなくても平均に近づくことがあります。順は、類似度、"
    "差に対する変化の大きさ、変化の確かさを掛けた値によります。"
)
REASONS = {
    "no_gap": "県全体の値に届いています。",
    "no_cases": "この指標を対象とし、開始日の分かる、ほかの市区町村の事例がありません。",
    "no_change": "この指標を対象とする事例はありますが、取組後に値が県全体の側へ動いたと数えられるものがありません"
    "（件数や月が足りない場合を含む）。",
    "yearly": "年度の指標のため、取組の前後を月で比べられません。",
    "kind": "この種類の指標では、取組の前後を比べません。",
}
CASE_HEADS = ["指標", "事例", "市区町村", "類似度", "取組前", "取組後", "変化の95％信頼区間", "比べた月数"]
Case = Mapping[str, Any]  # one row of metrics.matching.Matches


@dataclass(frozen=True)
class Fitting:
    """sentences: one for each difference, its cases in it; rows: the same cases with their figures (CASE_HEADS)."""

    sentences: Sequence[str]
    rows: Sequence[Sequence[str]]


def fitting(
    standings: Sequence[Standing],
    matches_of: Callable[[str, float], Matches],
    names: Mapping[str, str],
    titled: Callable[[Case], str],
    *,
    has_cases: bool,
) -> Fitting:
    """matches_of: indicator and difference → matches; titled: how a case is named (a link on the page).

    Only the differences that the notice calls the worse side are looked at.
    """
    wanting = [one for one in ranked(standings) if one.is_wanting][:MOST]
    if not has_cases:
        return Fitting([NO_CASES], [])
    if not wanting:
        return Fitting([NOTHING_WANTING], [])
    said, rows = [], []
    for one in wanting:
        found = matches_of(one.indicator.id, float(one.whole["value"] - one.row["value"]))
        if found.reason:
            said.append(f"{one.indicator.title}：{REASONS[found.reason]}")
            continue
        best = found.frame.head(MOST_CASES).to_dict("records")
        said.append(f"{one.indicator.title}：{'、'.join(_told(best, one, names, titled))}")
        rows += [_row(case, one, names) for case in best]
    return Fitting(said, rows)


def _told(
    cases: Sequence[Case], one: Standing, names: Mapping[str, str], titled: Callable[[Case], str]
) -> Iterator[str]:
    kind = one.indicator.kind
    for case in cases:
        before, after = (labels.with_unit(float(case[part]), kind) for part in ("before", "after"))
        where, months = names[str(case["area_code"])], case["months"]
        yield f"{titled(case)}（{where}、開始の前{months}か月{before}→後{months}か月{after}）"


def _row(case: Case, one: Standing, names: Mapping[str, str]) -> list[str]:
    kind = one.indicator.kind
    before, after, low, high = (float(case[part]) for part in ("before", "after", "low", "high"))
    return [
        one.indicator.title,
        str(case["case_title"]),
        names[str(case["area_code"])],
        fixed(case["similarity"], 3),
        f"{labels.with_unit(before, kind)}（{case['before_numerator']:,}／{case['before_denominator']:,}）",
        f"{labels.with_unit(after, kind)}（{case['after_numerator']:,}／{case['after_denominator']:,}）",
        f"{labels.change_text(low, 0, kind)}～{labels.change_text(high, 0, kind)}",
        f"{case['months']}",
    ]
