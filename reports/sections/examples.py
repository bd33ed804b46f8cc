"""Cases worth sharing: those the prefecture shares, and those that fit what municipalities lack."""

from __future__ import annotations

from collections.abc import Mapping

from desk.case_sheet import STATES, Case
from desk.cases import merged
from desk.records import DeskUnavailable
from metrics.catalog import Indicator, in_notice_order, load_catalog
from reports.content import Cell, Section, Sentences, Table
from reports.sources import Sources
from ui.labels.sentences.fitting import CASE_HEADS, CAUTION, MOST_CASES, fitting

TITLE = "共有したい事例"
MOST_ROWS = 12
LONGEST = 60
Key = tuple[str, str]  # municipality and number of a case


def section(of: Sources) -> Section:
    """Cases in use or fitting, those that fit most municipalities first."""
    try:
        cases = merged(of.answers.examples().to_dict("records"), of.desk)
    except DeskUnavailable as unavailable:
        return Section("examples", TITLE, [], f"記録を読めません：{unavailable}")
    if not cases:
        return Section("examples", TITLE, [], "取組事例の報告がありません。")
    fits = fitting_areas(of)
    shared = sum(case.state != "draft" for case in cases)
    told = [case for case in cases if case.state != "draft" or (case.area_code, case.example_id) in fits]
    told.sort(key=lambda case: -len(fits.get((case.area_code, case.example_id), ())))
    said = [
        f"事例**{len(cases)}**件のうち、県内共有又は一般公開にしたものは**{shared}**件、"
        f"偶然を超えて低い市区町村に合うものは**{len(fits)}**件です。",
        CAUTION,
    ]
    more = len(told) - MOST_ROWS
    table = Table(
        title=TITLE,
        heads=["事例", "市区町村", "対象の指標", "工夫", "状態", "合う市区町村（指標）"],
        rows=[_row(case, of, fits) for case in told[:MOST_ROWS]],
        note=f"ほかに{more}件あります（「事例」のページ）。" if more > 0 else "",
    )
    return Section("examples", TITLE, [Sentences(said), *([table] if told else [])])


def fitting_areas(of: Sources) -> Mapping[Key, list[str]]:
    """Case → the municipalities it fits, each with the indicator in which it lies beyond chance on the worse side."""
    found: dict[Key, list[str]] = {}
    for indicator in in_notice_order(load_catalog().values()):
        whole = float(of.whole(indicator.id)["value"])
        for code, value in _wanting(of, indicator):
            best = of.gaps.matches_of(indicator.id, of.months, code, whole - value).frame.head(MOST_CASES)
            for case in best.itertuples():
                found.setdefault((case.area_code, case.example_id), []).append(f"{of.names[code]}（{indicator.title}）")
    return found


def _wanting(of: Sources, indicator: Indicator) -> list[tuple[str, float]]:
    """As metrics.gap_answers.Standing.is_wanting, of every municipality."""
    worse = "higher" if indicator.reading == "lower_better" else "lower"
    if indicator.reading == "neither" and not indicator.gain:
        return []
    each = of.compared(indicator.id)
    rows = each[each["verdict"] == worse]
    return list(zip(rows["area_code"], rows["value"].astype(float), strict=True))


def _row(case: Case, of: Sources, fits: Mapping[Key, list[str]]) -> list[Cell]:
    fitting_here = fits.get((case.area_code, case.example_id), [])
    return [
        Cell(case.title),
        Cell(of.names.get(case.area_code, case.area_code)),
        Cell("、".join(case.indicators)),
        Cell(_begin(case.sheet.get("devices", ""))),
        Cell(STATES[case.state]),
        Cell("、".join(fitting_here)),
    ]


def _begin(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= LONGEST else flat[:LONGEST] + "…"


def own_section(of: Sources) -> Section:
    """One municipality: the cases that fit its differences, as its page says it."""
    found = fitting(
        of.standings,
        lambda indicator_id, below: of.gaps.matches_of(indicator_id, of.months, of.own_area, below),
        of.names,
        lambda case: f"「{case['case_title']}」",
        has_cases=not of.answers.examples().empty,
    )
    rows = [[Cell(text) for text in row] for row in found.rows]
    table = Table("差のある指標に合う事例", CASE_HEADS, rows, note=CAUTION)
    return Section("cases", "差のある指標に合う事例", [Sentences(found.sentences), *([table] if found.rows else [])])
