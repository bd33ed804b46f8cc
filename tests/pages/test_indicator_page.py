"""指標: every table of the page against a recount of the rows it was made from."""

from __future__ import annotations

import json

import pytest
from streamlit.testing.v1 import AppTest

from metrics.catalog import load_catalog
from tests import recount
from tests.pages.conftest import Opened
from tests.pages.page_text import choices, table_with, words
from tests.sample_database import SENDERS, SILENT, Row, SampleDatabase
from ui import labels

LAST_YEAR = recount.fiscal_year(2024)
ALL_MONTHS = [month for year in (2022, 2023, 2024) for month in recount.fiscal_year(year)]
COUNTED = {
    "recommendation_rate": ("core.referral", recount.recommended),
    "handover_rate": ("core.referral", recount.handed_over),
    "consent_rate": ("core.referral", recount.consent_given),
    "platform_attendance": ("core.attendance", recount.attended),
    "support_meeting_participation": ("core.attendance", recount.joined_support_meetings),
}


def era_month(period: str) -> str:
    """令和6年6月 for 2024-06."""
    return f"令和{int(period[:4]) - 2018}年{int(period[5:])}月"


def test_the_page_offers_every_indicator_in_the_order_of_the_notice(
    internal: SampleDatabase, open_page: Opened
) -> None:
    offered = open_page("indicator").selectbox(key="indicator").options
    assert {one.partition("　")[2] for one in offered} == {entry.title for entry in load_catalog().values()}
    assert len(offered) == len(load_catalog())
    items = [int(one.partition("　")[0][1:]) for one in offered]
    assert items == sorted(items)


@pytest.mark.parametrize("indicator", load_catalog())
def test_every_indicator_has_its_page_with_definition_and_tables(
    internal: SampleDatabase, open_page: Opened, indicator: str
) -> None:
    app = open_page("indicator", indicator=indicator)
    entry = load_catalog()[indicator]
    shown = words(app)
    assert app.title[0].value == f"指標：{entry.title}"
    assert f"分子：{entry.numerator}" in shown
    assert f"分母：{entry.denominator}" in shown
    assert len(table_with(app, "市区町村")) == 42
    if entry.is_yearly:
        assert list(table_with(app, "年度")["年度"]) == ["令和4年度", "令和5年度", "令和6年度"]
    else:
        assert list(table_with(app, "月")["月"]) == [era_month(month) for month in ALL_MONTHS]
    measures = ["市区町村間の差（I²）", "市区町村間の分散（τ²）", "P90/P10", "タイル指数", "モランのI"]
    assert list(table_with(app, "指標")["指標"]) == measures
    assert "nan" not in shown
    for because in ("のため上昇", "によって上がった", "原因"):
        assert because not in shown


@pytest.mark.parametrize("indicator", COUNTED)
def test_counts_of_municipalities_equal_a_recount(internal: SampleDatabase, open_page: Opened, indicator: str) -> None:
    source, count = COUNTED[indicator]
    table = table_with(open_page("indicator", indicator=indicator), "市区町村").set_index("市区町村")
    rows = recount.within(internal.rows(source), LAST_YEAR)
    compared = 0
    for name, code in SENDERS.items():
        yes, of = count([row for row in rows if row["area_code"] == code])
        if of:
            shown = table.loc[name]
            assert (shown["分子"], shown["分母"]) == (f"{yes:,}", f"{of:,}"), name
            assert shown["値（％）"].removesuffix("（一部）") == recount.per_cent((yes, of)), name
            compared += 1
    assert compared >= 2
    assert (table.loc["県全体"]["分子"], table.loc["県全体"]["分母"]) == tuple(f"{part:,}" for part in count(rows))


@pytest.mark.parametrize("area", [None, "992011", "992054"])
@pytest.mark.parametrize("indicator", ["handover_rate", "consent_rate"])
def test_counts_by_month_equal_a_recount(
    internal: SampleDatabase, open_page: Opened, indicator: str, area: str | None
) -> None:
    source, count = COUNTED[indicator]
    query = {"indicator": indicator} | ({"area": area} if area else {})
    table = table_with(open_page("indicator", **query), "月").set_index("月")
    rows = internal.rows(source)
    sent = {row["period"] for row in internal.rows("core.coverage") if row["return_id"] == "referral"} & {
        row["period"]
        for row in internal.rows("core.coverage")
        if row["return_id"] == "referral" and area in (None, row["area_code"])
    }
    for month in ALL_MONTHS:
        shown = table.loc[era_month(month)]
        yes, of = count(recount.within(rows, [month], area))
        if month in sent:
            assert (shown["分子"], shown["分母"]) == (f"{yes:,}", f"{of:,}"), month
        else:
            assert set(shown[["値（％）", "分子", "分母"]]) == {"未提出"}, month


def test_months_a_municipality_did_not_send_are_marked(internal: SampleDatabase, open_page: Opened) -> None:
    app = open_page("indicator", indicator="handover_rate", area=SENDERS["風待市"])
    table = table_with(app, "月").set_index("月")
    for month in ("2025-01", "2025-02", "2025-03"):
        assert table.loc[era_month(month), "値（％）"] == "未提出"
    assert table.loc[era_month("2024-12"), "値（％）"] != "未提出"
    assert "値のない月が3か月あります" in words(app)


def test_a_municipality_that_never_sent_anything_gets_words_instead_of_figures(
    internal: SampleDatabase, open_page: Opened
) -> None:
    app = open_page("indicator", indicator="handover_rate", area=SILENT["水琴町"])
    assert "水琴町には、この指標を計算できる報告がありません" in words(app)
    assert set(table_with(app, "月")["値（％）"]) == {"未提出"}


def test_a_breakdown_by_department_adds_up_to_a_recount(internal: SampleDatabase, open_page: Opened) -> None:
    app = open_page("indicator", indicator="recommendation_rate")
    table = table_with(app, load_catalog()["recommendation_rate"].breakdown.name)
    rows = recount.within(internal.rows("core.referral"), LAST_YEAR)
    departments: dict[str, list[Row]] = {}
    for row in rows:
        departments.setdefault(row["from_department"], []).append(row)
    expected = {name: recount.recommended(group) for name, group in departments.items()}
    shown = {row.iloc[0]: (row["分子"], row["分母"]) for _, row in table.iterrows()}
    assert shown == {name: (f"{yes:,}", f"{of:,}") for name, (yes, of) in expected.items() if of}


def test_directions_of_referrals_add_up_to_all_referrals(internal: SampleDatabase, open_page: Opened) -> None:
    app = open_page("indicator", indicator="referrals_per_100k_month")
    rows = recount.within(internal.rows("core.referral"), LAST_YEAR)
    shown = table_with(app, load_catalog()["referrals_per_100k_month"].breakdown.name)
    assert sum(int(count.replace(",", "")) for count in shown["分子"]) == len(rows)
    whole = table_with(app, "市区町村").set_index("市区町村").loc["県全体"]
    assert whole["分子"] == f"{len(rows):,}"
    assert set(shown["分母"]) == {whole["分母"]}


def test_a_monthly_rate_divides_by_the_people_of_the_months_reported(
    internal: SampleDatabase, open_page: Opened
) -> None:
    table = table_with(open_page("indicator", indicator="referrals_per_100k_month"), "市区町村").set_index("市区町村")
    reported = recount.within(internal.rows("core.area_month"), LAST_YEAR)
    months = [row for row in reported if row["return_id"] == "referral"]
    rows = recount.within(internal.rows("core.referral"), LAST_YEAR)
    for name, code in SENDERS.items():
        people = sum(row["population"] for row in months if row["area_code"] == code)
        count = sum(row["area_code"] == code for row in rows)
        assert table.loc[name, "分母"] == f"{people:,}"
        assert table.loc[name, "値（件）"].removesuffix("（一部）") == f"{count / people * 100_000:.1f}"


def test_medians_of_days_equal_a_product_limit_recount(internal: SampleDatabase, open_page: Opened) -> None:
    table = table_with(open_page("indicator", indicator="days_to_contact"), "市区町村").set_index("市区町村")
    ends = {row["area_code"]: row["data_end"] for row in internal.rows("core.area")}
    rows = recount.within(internal.rows("core.referral"), LAST_YEAR)
    for name, code in SENDERS.items():
        own = [row for row in rows if row["area_code"] == code]
        median = recount.median_days(own, ends)
        shown = table.loc[name, "値（日）"].removesuffix("（一部）")
        if any(row["handover_date"] for row in own):
            assert shown == ("半数に達していない" if median is None else f"{median}"), name


def test_the_curve_of_days_starts_with_everyone_observed(internal: SampleDatabase, open_page: Opened) -> None:
    table = table_with(open_page("indicator", indicator="days_to_contact"), "つなぎからの日数")
    rows = recount.within(internal.rows("core.referral"), LAST_YEAR)
    handed = sum(row["handover_date"] is not None for row in rows)
    assert table["観察中の件数"].iloc[0] == f"{handed:,}"
    shares = [float(text) for text in table["初回相談に至った割合（％）"]]
    assert shares == sorted(shares)
    assert 0 <= shares[0] <= shares[-1] <= 100


def test_no_duration_is_shown_for_a_place_that_handed_nobody_over(internal: SampleDatabase, open_page: Opened) -> None:
    app = open_page("indicator", indicator="days_to_contact", area=SILENT["雪綿村"])
    assert "曲線を描けません" in words(app)


def test_the_sentence_names_the_range_that_the_table_shows(internal: SampleDatabase, open_page: Opened) -> None:
    app = open_page("indicator", indicator="handover_rate")
    rows = recount.within(internal.rows("core.referral"), LAST_YEAR)
    counted = recount.by_area(rows, SENDERS.values(), recount.handed_over)
    enough = {name: counted[code] for name, code in SENDERS.items() if counted[code][1] >= 10}
    low, high = (pick(enough, key=lambda name: enough[name][0] / enough[name][1]) for pick in (min, max))
    shown = words(app)
    assert f"{low}の{recount.per_cent(enough[low])}％から{high}の{recount.per_cent(enough[high])}％まで" in shown
    assert f"{41 - len(SENDERS)}市区町村は未提出です" in shown


def test_changing_the_filters_changes_the_figures(internal: SampleDatabase, open_page: Opened) -> None:
    app = open_page("indicator", indicator="handover_rate")
    rows = internal.rows("core.referral")
    for year, month in ((2023, 0), (2023, 9), (2022, 9)):
        app.selectbox(key="fy").set_value(year).run()
        app.selectbox(key="month").set_value(month).run()
        months = [period for period in recount.fiscal_year(year) if month in (0, int(period[5:]))]
        whole = table_with(app, "市区町村").set_index("市区町村").loc["県全体"]
        expected = recount.handed_over(recount.within(rows, months))
        assert (whole["分子"], whole["分母"]) == tuple(f"{part:,}" for part in expected)
        assert choices(app)["fy"] == year


NUMBERS = "0123456789"


def verdicts(app: AppTest) -> dict[str, str]:
    table = table_with(app, "市区町村")
    return dict(zip(table["市区町村"], table["県全体との差"], strict=True))


@pytest.mark.parametrize("indicator", ["recommendation_rate", "handover_rate", "referrals_per_100k_month"])
def test_verdicts_count_what_the_sentence_says_and_small_ones_are_not_judged(
    internal: SampleDatabase, open_page: Opened, indicator: str
) -> None:
    app = open_page("indicator", indicator=indicator)
    table = table_with(app, "市区町村").set_index("市区町村").drop("県全体")
    said = verdicts(app)
    count = {word: sum(one == word for one in said.values()) for word in labels.VERDICTS.values()}
    assert f"{count['差があるとは言えない']}市区町村は差があるとは言えません" in words(app)
    assert f"{count['件数が少なく判定しない']}市区町村は件数が少なく判定していません" in words(app)
    for name, row in table.iterrows():
        has_value = row["値（％）" if indicator != "referrals_per_100k_month" else "値（件）"][0] in NUMBERS
        assert (said[str(name)] != "") == has_value
        assert (row["順位の幅"] != "") == has_value
        if indicator != "referrals_per_100k_month" and has_value:
            assert (said[str(name)] == "件数が少なく判定しない") == (int(row["分母"].replace(",", "")) < 10)
    assert "過分散" in words(app)
    assert "件未満の市区町村は判定しません" in words(app)


def test_the_drawn_in_value_lies_between_the_own_and_the_prefectures(
    internal: SampleDatabase, open_page: Opened
) -> None:
    table = table_with(open_page("indicator", indicator="handover_rate"), "市区町村").set_index("市区町村")
    whole = float(table.loc["県全体", "値（％）"].removesuffix("（一部）"))
    for name in SENDERS:
        own = float(table.loc[name, "値（％）"].removesuffix("（一部）"))
        drawn = float(table.loc[name, "調整値（縮小推定）"])
        assert min(own, whole) - 0.1 <= drawn <= max(own, whole) + 0.1, name


@pytest.mark.parametrize(
    ("indicator", "reason"),
    [("days_to_contact", "日数の中央値では、県全体との差を判定していません"), ("leaflets_both", "検定は行いません")],
)
def test_a_kind_that_cannot_be_compared_says_why(
    internal: SampleDatabase, open_page: Opened, indicator: str, reason: str
) -> None:
    app = open_page("indicator", indicator=indicator)
    assert reason in words(app)
    assert "県全体との差" not in table_with(app, "市区町村").columns


def test_months_out_of_the_ordinary_are_those_of_the_table(internal: SampleDatabase, open_page: Opened) -> None:
    app = open_page("indicator", indicator="recommendation_rate")
    signals = [text for text in table_with(app, "月")["信号"] if text]
    text = words(app)
    if signals:
        assert f"信号が{len(signals)}か月にあります" in text
    else:
        assert "管理図の規則に当たる月はなく" in text
    limits = table_with(app, "月")["管理限界"]
    assert (limits != "").sum() >= 12


def test_three_years_are_too_few_for_a_trend(internal: SampleDatabase, open_page: Opened) -> None:
    assert "5に満たないため、上昇・下降の傾向は判定していません" in words(
        open_page("indicator", indicator="leaflets_both")
    )


def test_the_direction_of_a_trend_is_only_named_with_its_test(internal: SampleDatabase, open_page: Opened) -> None:
    text = words(open_page("indicator", indicator="handover_rate"))
    assert "Mann–Kendall検定 p" in text
    assert "傾向があると言えます" in text or "傾向があるとは言えません" in text


def test_the_ministrys_figures_stand_beside_the_two_indicators_that_count_the_same(
    internal: SampleDatabase, open_page: Opened
) -> None:
    country = next(row for row in internal.rows("ref.ministry_national") if row["fiscal_year"] == 2024)
    monthly = country["new_consultations"] / 12 / country["population"] * 100_000
    rate = words(open_page("indicator", indicator="consultations_per_100k_month"))
    assert f"令和6年度、人口10万人・1か月当たり）は、全国が{monthly:.1f}件です" in rate
    ratio = words(open_page("indicator", indicator="plans_per_consultation"))
    assert f"全国が{country['plans'] / country['new_consultations']:.2f}件です" in ratio
    assert "厚生労働省の公表値" not in words(open_page("indicator", indicator="handover_rate"))


def test_the_chosen_municipality_is_marked_in_every_chart(internal: SampleDatabase, open_page: Opened) -> None:
    app = open_page("indicator", indicator="handover_rate", area="992011")
    mounted_charts = [one.proto for one in app.get("bidi_component") if one.proto.component_name == "chart"]
    (funnel,) = [json.loads(one.json)["figure"] for one in mounted_charts if one.id.endswith("-funnel")]
    assert "<b>夕凪原市</b>" in [text for trace in funnel["data"] for text in trace.get("text", [])]
    mounted = {one.proto.component_name: json.loads(one.proto.json or "{}") for one in app.get("bidi_component")}
    assert mounted["outline_map"]["chosen"] == mounted["ranked_rows"]["chosen"] == "992011"
    assert "<tr class=c data-code=992011" in mounted["ranked_rows"]["html"]
