"""概況: the figures of the page against the rows it was made from."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from metrics.catalog import load_catalog
from tests import recount
from tests.pages.conftest import Opened
from tests.pages.page_text import cards, open_folds, table_with, words
from tests.sample_database import SENDERS, SILENT, SampleDatabase

LAST_YEAR = recount.fiscal_year(2024)
SHARES = {
    "利用勧奨の実施率": recount.recommended,
    "つなぎの実施率": recount.handed_over,
    "官民連携プラットフォームへの困窮者支援側の出席率": recount.attended,
    "支援会議への孤独・孤立側の参加率": recount.joined_support_meetings,
}


def ends(database: SampleDatabase) -> dict[str, object]:
    return {row["area_code"]: row["data_end"] for row in database.rows("core.area")}


@pytest.mark.parametrize(
    ("query", "months"),
    [
        ({}, LAST_YEAR),
        ({"fy": "2022"}, recount.fiscal_year(2022)),
        ({"fy": "2023", "month": "6"}, ["2023-06"]),
        ({"fy": "2023", "month": "2"}, ["2024-02"]),
    ],
)
def test_key_figures_equal_a_recount_of_the_rows(
    internal: SampleDatabase, open_page: Opened, query: dict[str, str], months: list[str]
) -> None:
    shown = cards(open_page("overview", **query))
    referrals = recount.within(internal.rows("core.referral"), months)
    seats = recount.within(internal.rows("core.attendance"), months)
    for title, count in SHARES.items():
        counted = count(referrals if count in (recount.recommended, recount.handed_over) else seats)
        assert shown[title].value == (f"{recount.per_cent(counted)}％" if counted[1] else "-"), (title, counted)
        assert shown[title].lines[-1].removesuffix("（一部）") == f"{counted[0]:,} ／ {counted[1]:,}件"
    within_30 = recount.contacted_within_30_days(referrals, ends(internal))
    assert shown["つなぎから30日以内の初回相談率"].value == f"{recount.per_cent(within_30)}％"
    assert shown["つなぎから初回相談までの日数（中央値）"].value == f"{recount.median_days(referrals, ends(internal))}日"


def test_the_change_is_against_the_same_months_of_the_year_before(internal: SampleDatabase, open_page: Opened) -> None:
    app = open_page("overview")
    rows = internal.rows("core.referral")
    now, before = (recount.handed_over(recount.within(rows, recount.fiscal_year(year))) for year in (2024, 2023))
    change = (now[0] / now[1] - before[0] / before[1]) * 100
    assert cards(app)["つなぎの実施率"].change == f"前年同期差 {change:+.1f}ポイント"


def test_the_first_year_has_no_year_before_to_compare_with(internal: SampleDatabase, open_page: Opened) -> None:
    app = open_page("overview", fy="2022")
    assert cards(app)["つなぎの実施率"].change == "前年同期の報告なし"
    assert "前年同期の報告はありません" in words(app)


def test_sentences_name_the_counts_behind_the_shares(internal: SampleDatabase, open_page: Opened) -> None:
    shown = words(open_page("overview"))
    referrals = recount.within(internal.rows("core.referral"), LAST_YEAR)
    told, of = recount.recommended(referrals)
    assert f"{of:,}件中{told:,}件" in shown
    states = recount.states(internal.rows("core.coverage"), "referral", LAST_YEAR)
    whole = sum("missing" not in found for found in states.values())
    part = sum("missing" in found and len(found) > 1 for found in states.values())
    assert f"41市区町村のうち{whole}市区町村が全ての月を、{part}市区町村が一部の月を提出しています" in shown


def test_every_municipality_stands_in_the_table_with_its_own_count(internal: SampleDatabase, open_page: Opened) -> None:
    table = table_with(open_page("overview", indicator="handover_rate"), "市区町村")
    shown = {row["市区町村"]: row for row in table.to_dict("records")}
    assert len(table) == 42
    assert table["市区町村"].iloc[-1] == "県全体"
    rows = recount.within(internal.rows("core.referral"), LAST_YEAR)
    states = recount.states(internal.rows("core.coverage"), "referral", LAST_YEAR)
    for name, code in SENDERS.items():
        yes, of = recount.handed_over(row for row in rows if row["area_code"] == code)
        mark = "（一部）" if states[code] & {"missing", "partial"} else ""
        assert shown[name]["値（％）"] == f"{recount.per_cent((yes, of))}{mark}"
        assert (shown[name]["分子"], shown[name]["分母"]) == (str(yes), str(of))
    total = recount.handed_over(rows)
    assert (shown["県全体"]["分子"], shown["県全体"]["分母"]) == tuple(f"{count:,}" for count in total)


def test_who_sent_nothing_is_marked_and_never_zero(internal: SampleDatabase, open_page: Opened) -> None:
    table = table_with(open_page("overview", indicator="handover_rate"), "市区町村")
    silent = table[~table["市区町村"].isin([*SENDERS, "県全体"])]
    assert len(silent) == 41 - len(SENDERS)
    assert set(SILENT) <= set(silent["市区町村"])
    for column in ("値（％）", "分子", "分母"):
        assert set(silent[column]) == {"未提出"}
    assert set(silent["95％信頼区間"]) == {""}


def test_a_month_reported_without_a_case_is_zero_and_never_missing(internal: SampleDatabase, open_page: Opened) -> None:
    coverage = internal.rows("core.coverage")
    village = SENDERS["こだまの村"]
    month = next(
        row["period"]
        for row in sorted(coverage, key=lambda row: row["period"], reverse=True)
        if (row["return_id"], row["area_code"], row["state"]) == ("referral", village, "zero")
    )
    query = {"fy": str(int(month[:4]) - (month[5:] < "04")), "month": str(int(month[5:]))}
    rate = table_with(open_page("overview", indicator="referrals_per_100k_month", **query), "市区町村")
    row = rate.set_index("市区町村").loc["こだまの村"]
    assert (row["値（件）"], row["分子"]) == ("0.0", "0")
    assert int(row["分母"].replace(",", "")) > 0
    share = table_with(open_page("overview", indicator="handover_rate", **query), "市区町村")
    row = share.set_index("市区町村").loc["こだまの村"]
    assert (row["値（％）"], row["分子"], row["分母"]) == ("-", "0", "0")


def test_every_municipality_keeps_its_mark_for_every_month_of_the_year(
    internal: SampleDatabase, open_page: Opened
) -> None:
    coverage = internal.rows("core.coverage")
    for month in ("6", "1"):
        period = f"{2024 if month == '6' else 2025}-{int(month):02d}"
        sent = recount.states(coverage, "referral", [period])
        table = table_with(
            open_page("overview", indicator="referrals_per_100k_month", fy="2024", month=month), "市区町村"
        )
        value = dict(zip(table["市区町村"], table["値（件）"], strict=True))
        for name, code in (SENDERS | SILENT).items():
            state = next(iter(sent.get(code, {"missing"})))
            assert (value[name] == "未提出") == (state == "missing"), name
            assert value[name].endswith("（一部）") == (state == "partial"), name
            if state == "zero":
                assert value[name] == "0.0", name


def test_a_month_nobody_sent_says_so_instead_of_zero(internal: SampleDatabase, open_page: Opened) -> None:
    shown = cards(open_page("overview", fy="2024", month="6"))
    assert "未提出" not in shown["つなぎの実施率"].value
    table = table_with(open_page("overview", fy="2022", month="4", indicator="handover_rate"), "市区町村")
    row = table.set_index("市区町村").loc["風花村"]
    assert row["値（％）"] == "未提出"


def test_a_card_leads_to_its_indicator_with_the_chosen_view(internal: SampleDatabase, open_page: Opened) -> None:
    shown = cards(open_page("overview", fy="2023", area="992011"))
    assert shown["つなぎの実施率"].link == "indicator?indicator=handover_rate&fy=2023&area=992011"
    again = open_page("indicator", indicator="handover_rate", fy="2023", area="992011")
    assert again.title[0].value == "指標：つなぎの実施率"
    assert "選択中：夕凪原市" in words(again)


def test_the_key_figures_cover_referrals_consent_bodies_and_daily_practice(
    internal: SampleDatabase, open_page: Opened
) -> None:
    linked = {card.link.partition("=")[2] for card in cards(open_page("overview")).values()}
    items = {item for one in linked for item in load_catalog()[one].notice}
    assert items >= {"N2", "N3", "N4", "N5", "N6", "N7", "N8", "N10"}
    assert 8 <= len(linked) <= 10


def heat_cells(app: AppTest) -> dict[str, list[tuple[str, str]]]:
    """Class and text of every cell of the heat table by municipality."""
    (text,) = [one.proto.body for one in app.get("html") if "<div class=mx" in one.proto.body]
    rows = re.findall(r"<tr[^>]*><th>([^<]+)((?:<td[^>]*>[^<]*)+)", text)
    return {name: re.findall(r"<td(?: class='([^']*)')?>([^<]*)", cells) for name, cells in rows}


def test_the_heat_table_shows_the_figures_of_the_single_indicators(internal: SampleDatabase, open_page: Opened) -> None:
    app = open_page("overview", indicator="handover_rate")
    shown, table = heat_cells(app), table_with(app, "市区町村").set_index("市区町村")
    assert list(shown) == ["県全体", *[name for name in table.index if name != "県全体"]]
    for name, cells in shown.items():
        marks, text = cells[1]  # つなぎ is the second column
        expected = table.loc[name, "値（％）"]
        assert text.replace("*", "（一部）") == expected, name
        assert ("p" in marks.split()) == expected.endswith("（一部）")
        assert ("n" in marks.split()) == (expected in ("未提出", "-"))


def test_the_heat_table_marks_the_chosen_municipality_and_its_table_has_the_same_cells(
    internal: SampleDatabase, open_page: Opened
) -> None:
    app = open_page("overview", area="992011")
    (text,) = [one.proto.body for one in app.get("html") if "<div class=mx" in one.proto.body]
    assert re.findall(r"<tr class=c><th>([^<]+)", text) == ["夕凪原市"]
    table = table_with(app, "市区町村名")
    for name, cells in heat_cells(app).items():
        row = table[table["市区町村名"] == name].iloc[0].tolist()[1:]
        assert [text.replace("*", "（一部）") for _, text in cells] == row, name


def test_the_three_sentences_name_who_differs_as_the_table_does(internal: SampleDatabase, open_page: Opened) -> None:
    app = open_page("overview", indicator="recommendation_rate")
    table = table_with(app, "市区町村").set_index("市区町村")["県全体との差"]
    said = next(one.value for one in app.markdown if one.value.startswith("- ")).split("\n")
    assert len(said) == 3
    differing = table[table.isin(["高い", "低い"])].index
    for name in differing:
        assert f"**{name}**" in said[2]
    if differing.empty:
        assert "利用勧奨の実施率" in said[2].partition("差があるとは言えません")[0]
    assert len(table) == len(set(table.index))  # nobody stands twice, so nobody is both high and low


def test_a_chosen_municipality_is_named_and_can_be_let_go(internal: SampleDatabase, open_page: Opened) -> None:
    app = open_page("overview", area="992011", indicator="handover_rate")
    open_folds(app)
    table = table_with(app, "市区町村").set_index("市区町村").loc["夕凪原市"]
    assert f"選択中：夕凪原市　つなぎの実施率 {table['値（％）'].replace('（一部）', '')}％" in words(app)
    app.button(key="unchoose").click().run()
    assert "選択中" not in words(app)
    assert "area" not in app.query_params
