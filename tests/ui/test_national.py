"""Words and tables of the national page over a few made-up prefectures."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from ui import national

PREFECTURES = pd.DataFrame(
    {
        "pref_code": ["33", "01", "13"],
        "pref_name": ["岡山県", "北海道", "東京都"],
        "value": [34.1, 10.0, 17.0],
        "low": [33.0, 9.0, 16.0],
        "high": [35.0, 11.0, 18.0],
        "count": [7636, 1200, 28000],
        "population": [1_866_000, 1_000_000, 13_700_000],
    }
)
YEARS = pd.DataFrame(
    {
        "fiscal_year": [2019, 2020, 2024],
        "new_consultations": [248398.0, 786163.0, 302828.0],
        "plans": [math.nan, 139060.0, 89492.0],
        "population": [math.nan, math.nan, 124_000_000.0],
    }
)
BODIES = pd.DataFrame(
    {
        "pref_code": ["33", "33", "33", "01"],
        "pref_name": ["岡山県", "岡山県", "岡山県", "北海道"],
        "body": ["岡山県（指定都市・中核市を除く県内）", "岡山市", "倉敷市", "札幌市"],
        "kind": ["都道府県", "指定都市", "中核市", "指定都市"],
        "value": [12.4, 29.1, 72.1, 20.0],
        "low": [12.0, 28.0, 70.0, 19.0],
        "high": [13.0, 30.0, 74.0, 21.0],
        "count": [1000, 2500, 4136, 3000],
        "population": [672_000, 716_000, 478_000, 1_950_000],
    }
)


def test_the_headline_names_counts_median_and_both_ends() -> None:
    said = national.headline(PREFECTURES, YEARS, 2024, "新規相談受付件数").replace("**", "")
    assert "令和6年度の全国の新規相談受付件数は302,828件、プラン作成件数は89,492件です。" in said
    assert "中央値は17.0件" in said
    assert "最も少ない北海道の10.0件から、最も多い岡山県の34.1件まで" in said
    assert not any(word in said for word in ("良い", "悪い", "優れ", "ワースト"))


def test_the_bodies_of_a_prefecture_are_its_own_only_and_the_greatest_comes_first() -> None:
    found = national.bodies_of(BODIES, "33")
    assert found["body"].tolist() == ["倉敷市", "岡山市", "岡山県（指定都市・中核市を除く県内）"]
    assert found["short"].tolist() == ["倉敷市（中核市）", "岡山市（指定都市）", "岡山県（指定都市・中核市を除く）"]
    said = national.bodies_sentence(found, PREFECTURES, "33", "新規相談受付件数").replace("**", "")
    assert "34.1件で、内訳は倉敷市（中核市）が72.1件、岡山市（指定都市）が29.1件、" in said


@pytest.mark.parametrize(
    ("measure", "said"),
    [
        ("new_consultations", "令和2年度の786,163件が最も多く、令和6年度は302,828件です"),
        ("plans", "令和2年度の139,060件が最も多く、令和6年度は89,492件です"),
    ],
)
def test_the_years_sentence_names_the_peak_and_the_latest(measure: str, said: str) -> None:
    assert said in national.years_sentence(YEARS, measure, "件数")


def test_a_count_the_ministry_did_not_publish_is_unknown_and_not_zero() -> None:
    table = national.year_table(YEARS).set_index("年度")
    assert table.loc["令和元年度", "プラン作成件数"] == "…"
    assert table.loc["令和2年度", "対象地区人口"] == "…"
    assert table.loc["令和6年度", "対象地区人口"] == "124,000,000"


def test_prefectures_stand_in_the_table_by_code() -> None:
    table = national.prefecture_table(PREFECTURES, "新規相談受付件数")
    assert table["都道府県"].tolist() == ["北海道", "東京都", "岡山県"]
    assert table["人口10万人・1か月当たり（件）"].tolist() == ["10.0", "17.0", "34.1"]
    assert table["95％信頼区間"].tolist() == ["9.0～11.0", "16.0～18.0", "33.0～35.0"]
