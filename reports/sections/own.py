"""One municipality: its facts, key figures and differences, all beside the prefecture and its peers."""

from __future__ import annotations

import math

from metrics.gap_answers import OFFICE, Standing
from reports.content import Cell, Chart, KeyNumber, KeyNumbers, Section, Sentences, Series, Table
from reports.sections import series
from reports.sections.cells import in_unit
from reports.sources import Sources
from ui import labels
from ui.charts.beside import Beside, beside
from ui.labels import chosen, sent
from ui.labels.sentences import standings

NOTE = (
    "類似する市区町村は、人口規模・種別・福祉事務所の有無・世帯の構成が近い8市区町村。その値は、件数の少ないもの（分母10件未満など）を"
    "除き、3市区町村に満たないときは示しません。全数の指標の「類似」は合計の割合。"
)
LABELS = {"value": "期間の全ての月を受け取っています", "partial": "一部だけを受け取っています"}


def facts(of: Sources) -> Section:
    """What kind of municipality, what it sent, who is similar."""
    places, names = of.answers.areas(), of.names
    place = places[places["area_code"] == of.own_area].iloc[0]
    state = sent.over_months(of.answers.coverage(), list(names), of.months, "referral")[of.own_area]
    said = [
        standings.profile(place, of.gaps.groups(OFFICE)[of.own_area]),
        f"{of.period}の相互紹介記録は、{LABELS.get(state, '未提出です')}。",
        f"比べる類似の市区町村（近い順）：{'、'.join(names[code] for code in of.peers)}",
    ]
    return Section("facts", f"{of.where}の概要", [Sentences(said)])


def key_numbers(of: Sources) -> Section:
    """The key indicators; in place of the change, the prefecture's value and the middle of the peers."""
    by_id = {one.indicator_id: one for one in of.standings}
    items = [_key_number(by_id[one]) for one in chosen.key_indicators()]
    return Section("key", "主要な指標（県全体・類似する市区町村との比較）", [KeyNumbers(items)])


def _key_number(one: Standing) -> KeyNumber:
    kind, row = one.indicator.kind, one.row
    middle = "" if math.isnan(one.peers.middle) else f"、類似 {labels.with_unit(one.peers.middle, kind)}"
    interval = standings.own_interval(one)
    whole = labels.with_unit(one.whole["value"], kind, one.whole["state"], one.whole["high"])
    value = labels.with_unit(row["value"], kind, row["state"], row["high"]).removesuffix(labels.PARTIAL_MARK)
    counts = standings.own_counts(one)
    return KeyNumber(
        title=one.indicator.title + ("（年度）" if one.indicator.is_yearly else ""),
        value=value,
        interval=f"95％信頼区間 {interval}" if interval else "",
        counts=counts + (labels.PARTIAL_MARK if counts and row["state"] == "partial" else ""),
        change=f"県全体 {whole.removesuffix(labels.PARTIAL_MARK)}{middle}",
        state=row["state"],
    )


def differences(of: Sources) -> Section:
    return Section("differences", "県全体との大きな差", [Sentences(standings.largest(of.standings))])


def positions(of: Sources) -> Section:
    """The shares as a chart, then every indicator as a table."""
    chart = _chart(of)
    drawn = [chart] if chart.categories else []  # who sent nothing has no point to draw
    return Section("positions", "県全体・類似する市区町村と比べた指標", [*drawn, table(of)])


def _chart(of: Sources) -> Chart:
    shown = [one for one in of.standings if one.indicator.kind == "proportion" and not math.isnan(one.row["value"])]
    values = [
        [in_unit(found, "proportion") for found in column]
        for column in (
            [one.row["value"] for one in shown],
            [one.whole["value"] for one in shown],
            [one.peers.middle for one in shown],
        )
    ]
    names = [of.where, "県全体", "類似する市区町村の中央値"]
    without = [one for one in of.standings if one.indicator.kind == "proportion" and math.isnan(one.row["value"])]
    named = "、".join(f"{one.indicator.title}（{standings.own_value(one)}）" for one in without)
    missing = f"値のない指標：{named}" if named else ""
    return Chart(
        title=f"{of.where}の割合の指標と県全体・類似する市区町村（{of.period}）",
        unit="％",
        form="bar",
        categories=[one.indicator.title for one in shown],
        series=[Series(name, column) for name, column in zip(names, values, strict=True)],
        figure=beside([_beside(one) for one in shown]),
        low=[in_unit(one.row["low"], "proportion") for one in shown],
        high=[in_unit(one.row["high"], "proportion") for one in shown],
        note=f"点は市区町村の値（白抜きは一部の報告による値）と95％信頼区間、太い縦線は県全体。{missing}",
        states=[one.row["state"] for one in shown],
        native_note=f"横線は{of.where}の95％信頼区間、白抜きは一部の報告による値。{missing}",
    )


def _beside(one: Standing) -> Beside:
    value, low, high, whole, *peers = (
        in_unit(found, "proportion")
        for found in (
            *(one.row["value"], one.row["low"], one.row["high"], one.whole["value"]),
            *(one.peers.low, one.peers.middle, one.peers.high),
        )
    )
    quartiles = (peers[0], peers[1], peers[2])
    return Beside(one.indicator.title, value, low, high, whole, quartiles, one.row["state"] == "partial")


def table(of: Sources) -> Table:
    """Every indicator in the order of the notice's items."""
    rows = [
        [
            Cell(standings.short_name(one.indicator)),
            Cell(standings.own_value(one), in_unit(one.row["value"], one.indicator.kind), one.row["state"]),
            Cell(standings.own_interval(one)),
            Cell(standings.own_counts(one)),
            Cell(standings.whole_value(one), in_unit(one.whole["value"], one.indicator.kind), one.whole["state"]),
            Cell(standings.peers_middle(one), in_unit(one.peers.middle, one.indicator.kind)),
            Cell(standings.SHORT_VERDICTS[one.row["verdict"]]),
        ]
        for one in of.standings
    ]
    heads = ["指標（単位のないものは％）", of.where, "95％信頼区間", "件数", "県全体", "類似の中央値", "県全体との差"]
    return Table(f"全ての指標（{of.period}）", heads, rows, note=NOTE)


def trend(of: Sources) -> Section:
    """The chosen indicator month by month (or year by year), beside the prefecture."""
    shown = of.indicator
    return Section("trend", f"推移：{shown.title}", [series.said(of, shown), series.chart(of, shown)])
