"""指標: every table of the page against a recount of the rows it was made from."""

from __future__ import annotations

import pytest

from metrics.catalog import load_catalog
from tests import recount
from tests.pages.conftest import Opened
from tests.pages.page_text import choices, table_with, words
from tests.sample_database import SENDERS, SILENT, Row, SampleDatabase

MONTHLY = [one for one, entry in load_catalog().items() if not entry.is_yearly]
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


def test_the_page_offers_every_monthly_indicator_of_the_catalog(internal: SampleDatabase, open_page: Opened) -> None:
    titles = {load_catalog()[one].title for one in MONTHLY}
    assert set(open_page("indicator").selectbox(key="indicator").options) == titles


@pytest.mark.parametrize("indicator", MONTHLY)
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
    assert list(table_with(app, "月")["月"]) == [era_month(month) for month in ALL_MONTHS]


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
    assert compared >= 3
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
    months = recount.within(internal.rows("core.area_month"), LAST_YEAR)
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
