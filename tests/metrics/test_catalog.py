from __future__ import annotations

from pathlib import Path

import pytest

from metrics.catalog import INDICATORS, CatalogError, Indicator, load_catalog, read_indicator

HEADER = """/*
title = "試験の指標"
kind = "proportion"
period = "month"
unit = "％"
numerator = "分子"
denominator = "分母"
notice = ["N4"]
reading = "neither"
returns = ["referral"]
source = "試験"
note = "注"
public = true

[breakdown]
name = "内訳"
splits = "numerator"
headline = ["given"]
labels = { given = "あり", refused = "なし" }
*/
-- One row per area.
select area_code, period, 'given' as breakdown, 0 as numerator, 0 as denominator from core.referral;
"""


@pytest.fixture
def write(tmp_path: Path):
    def with_change(old: str = "", new: str = "") -> Path:
        path = tmp_path / "trial_rate.sql"
        path.write_text(HEADER.replace(old, new), encoding="utf-8")
        return path

    return with_change


# The table of the design, theme by theme.
TABLE = {
    "相互紹介": (
        *("recommendation_rate", "handover_rate", "contact_within_30_days", "days_to_contact", "plan_rate"),
        *("loop_closed_rate", "rereferral_rate", "capacity_refusal_rate", "referrals_per_100k_month"),
        *("direction_balance", "support_linkage", "connection_linkage", "department_coverage", "outreach_share"),
    ),
    "同意": ("consent_rate", "basis_missing_rate"),
    "会議体": (
        *("platform_established", "platform_membership", "invitation_acceptance", "platform_attendance"),
        *("platform_activity_coverage", "council_established", "council_participation"),
        *("support_meeting_established", "support_meeting_participation", "joint_operation_rate"),
        *("member_overlap", "shared_case_rate", "cases_per_meeting"),
    ),
    "日常の連携": (
        *("liaison_designated", "information_sharing", "joint_training", "leaflets_both"),
        "daily_practice_coverage",
    ),
    "都道府県の役割": ("example_contribution", "example_adoption"),
    "需要と全国": ("both_needs_share", "consultations_per_100k_month", "plans_per_consultation"),
}
# What counts distinct things, comes from the yearly return, or makes sense over a year only.
YEARLY = {
    *("department_coverage", "plans_per_consultation", "example_contribution", "example_adoption"),
    *("platform_established", "platform_membership", "invitation_acceptance", "platform_activity_coverage"),
    *("council_established", "support_meeting_established", "member_overlap"),
    *TABLE["日常の連携"],
}
# The notice asks for it: 利用勧奨, taking part in each other's bodies, accepting invitations, the daily practices.
BETTER_HIGHER = {
    *("recommendation_rate", "platform_membership", "invitation_acceptance", "platform_attendance"),
    *("council_established", "council_participation", "support_meeting_participation"),
    *TABLE["日常の連携"],
}

every_indicator = pytest.mark.parametrize("indicator", load_catalog().values(), ids=lambda one: one.id)


def test_every_file_of_the_folder_is_an_indicator_of_the_designs_table() -> None:
    assert sorted(load_catalog()) == sorted(path.stem for path in INDICATORS.iterdir())
    assert sorted(load_catalog()) == sorted(one for theme in TABLE.values() for one in theme)


@every_indicator
def test_a_title_fits_on_a_phone(indicator: Indicator) -> None:
    assert len(indicator.title) <= 25


def test_titles_differ() -> None:
    assert len({one.title for one in load_catalog().values()}) == len(load_catalog())


@every_indicator
def test_every_return_named_is_one_that_municipalities_send(indicator: Indicator) -> None:
    assert set(indicator.returns) <= {"referral", "meeting", "consultation", "practice", "example"}


@every_indicator
def test_every_word_for_the_reader_is_japanese(indicator: Indicator) -> None:
    words = [indicator.title, indicator.numerator, indicator.denominator, indicator.source, indicator.note]
    if indicator.breakdown:
        words += [indicator.breakdown.name, *indicator.breakdown.labels.values()]
    assert all(any(ord(letter) > 0x3000 for letter in word) for word in words)


@every_indicator
def test_every_file_is_short(indicator: Indicator) -> None:
    lines = (INDICATORS / f"{indicator.id}.sql").read_text(encoding="utf-8").splitlines()
    assert 15 <= len(lines) <= 45
    assert max(map(len, lines)) <= 160


def test_only_the_notice_says_which_way_is_better() -> None:
    assert {one.id for one in load_catalog().values() if one.reading == "higher_better"} == BETTER_HIGHER
    assert {one.reading for one in load_catalog().values()} == {"higher_better", "neither"}
    assert all(one.reading == "neither" for one in load_catalog().values() if one.kind in ("rate", "ratio"))


def test_what_has_a_fiscal_year_as_its_period_is_known() -> None:
    assert {one.id for one in load_catalog().values() if one.is_yearly} == YEARLY


def test_a_header_becomes_an_indicator(write) -> None:
    indicator = read_indicator(write())
    assert (indicator.id, indicator.title, indicator.notice, indicator.is_yearly) == ("trial_rate", "試験の指標", ("N4",), False)
    assert indicator.breakdown.headline == ("given",)
    assert (indicator.breakdown.label("given"), indicator.breakdown.label("福祉")) == ("あり", "福祉")
    assert indicator.sql.startswith("-- One row per area.")
    assert not indicator.sql.endswith(";")
    assert isinstance(hash(indicator), int)


def test_the_catalog_is_loaded_once() -> None:
    assert load_catalog() is load_catalog()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("/*\n", "", "trial_rate.sql: must begin with its header"),
        ('unit = "％"', "unit = ％", "trial_rate.sql: the header is not TOML"),
        ('unit = "％"\n', "", "trial_rate.sql: missing key unit"),
        ('unit = "％"', 'unit = "％"\nunits = "％"', "trial_rate.sql: unknown key units"),
        ("public = true", 'public = "yes"', "trial_rate.sql: public must be of type bool"),
        ('kind = "proportion"', 'kind = "share"', "trial_rate.sql: kind must be one of proportion"),
        ('period = "month"\n', "", "trial_rate.sql: missing key period"),
        ('period = "month"', 'period = "week"', "trial_rate.sql: period must be one of month, fiscal_year"),
        ('reading = "neither"', 'reading = "up"', "trial_rate.sql: reading must be one of higher_better"),
        ('notice = ["N4"]', 'notice = ["N11"]', "trial_rate.sql: notice does not know 'N11'"),
        ('splits = "numerator"', "", "trial_rate.sql: missing key breakdown.splits"),
        ('name = "内訳"', 'name = "内訳"\nlabel = "x"', "trial_rate.sql: unknown key breakdown.label"),
        ('splits = "numerator"', 'splits = "none"', "trial_rate.sql: breakdown.splits must be one of both"),
        ('headline = ["given"]', 'headline = ["yes"]', "trial_rate.sql: breakdown.headline does not know"),
    ],
)
def test_a_faulty_header_is_refused_naming_file_and_key(write, old: str, new: str, message: str) -> None:
    with pytest.raises(CatalogError, match=message):
        read_indicator(write(old, new))
