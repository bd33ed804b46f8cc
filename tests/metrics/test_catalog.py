from __future__ import annotations

from pathlib import Path

import pytest

from metrics.catalog import INDICATORS, CatalogError, Indicator, load_catalog, read_indicator

HEADER = """/*
title = "試験の指標"
kind = "proportion"
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


every_indicator = pytest.mark.parametrize("indicator", load_catalog().values(), ids=lambda one: one.id)


def test_every_file_of_the_folder_is_an_indicator() -> None:
    assert sorted(load_catalog()) == sorted(path.stem for path in INDICATORS.iterdir())
    assert len(load_catalog()) == 10


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
    better = {one.id for one in load_catalog().values() if one.reading != "neither"}
    assert better == {"recommendation_rate", "platform_attendance", "support_meeting_participation"}
    assert all(one.reading == "neither" for one in load_catalog().values() if one.kind == "rate")


def test_only_the_ministrys_table_has_fiscal_years() -> None:
    yearly = [one.id for one in load_catalog().values() if one.period_is_fiscal_year]
    assert yearly == ["consultations_per_100k_month"]


def test_a_header_becomes_an_indicator(write) -> None:
    indicator = read_indicator(write())
    assert (indicator.id, indicator.title, indicator.notice) == ("trial_rate", "試験の指標", ("N4",))
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
