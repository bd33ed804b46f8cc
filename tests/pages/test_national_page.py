"""全国: the ministry's published figures, read from its own file and not from our tables."""

from __future__ import annotations

import csv
import statistics
from collections import defaultdict

import pytest

from tests.pages.conftest import Opened
from tests.pages.page_text import table_with, words
from tests.sample_database import ROOT, SampleDatabase

COLUMNS = {"new_consultations": "新規相談受付件数", "plans": "プラン作成件数"}


def bodies(year: int) -> list[dict[str, str]]:
    path = ROOT / "data" / "reference" / f"konkyu_fy{year}_by_body.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def by_prefecture(year: int, column: str) -> dict[str, tuple[int, int]]:
    """Count and population of each prefecture: its own area, its designated and its core cities, each once."""
    sums: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    for row in bodies(year):
        sums[row["都道府県名"]][0] += int(row[column])
        sums[row["都道府県名"]][1] += int(row["対象地区人口"])
    return {name: (count, people) for name, (count, people) in sums.items()}


def monthly_rate(count: int, people: int) -> float:
    return count / 12 / people * 100_000


def test_the_page_shows_the_published_figures_of_fiscal_2024(internal: SampleDatabase, open_page: Opened) -> None:
    shown = words(open_page("national"))
    assert "令和6年度の全国の新規相談受付件数は302,828件、プラン作成件数は89,492件です" in shown
    assert "47都道府県の中央値は17.0件" in shown
    assert "最も少ない富山県の6.9件から、最も多い岡山県の34.1件まで" in shown
    assert "倉敷市（中核市）が72.1件" in shown


@pytest.mark.parametrize("year", [2024, 2023])
@pytest.mark.parametrize("measure", COLUMNS)
def test_prefectures_equal_sums_over_the_published_file(
    internal: SampleDatabase, open_page: Opened, year: int, measure: str
) -> None:
    app = open_page("national", survey_fy=str(year), measure=measure)
    table = table_with(app, "都道府県").set_index("都道府県")
    expected = by_prefecture(year, COLUMNS[measure])
    assert len(table) == len(expected) == 47
    for name, (count, people) in expected.items():
        shown = table.loc[name]
        assert shown[f"{COLUMNS[measure]}（年度計、件）"] == f"{count:,}"
        assert shown["対象地区人口（人）"] == f"{people:,}"
        assert shown["人口10万人・1か月当たり（件）"] == f"{monthly_rate(count, people):.1f}"
    median = statistics.median(monthly_rate(*pair) for pair in expected.values())
    assert f"47都道府県の中央値は{median:.1f}件" in words(app)


def test_bodies_show_the_rate_the_ministry_published(internal: SampleDatabase, open_page: Opened) -> None:
    published = {
        (row["都道府県名"], row["実施主体"]): row["新規相談受付件数_人口10万人1か月当たり_公表値"]
        for row in bodies(2024)
    }
    codes = {"岡山県": "33", "北海道": "01", "大阪府": "27", "鳥取県": "31"}
    for name, code in codes.items():
        table = table_with(open_page("national", pref=code), "実施主体")
        shown = dict(zip(table["実施主体"], table["人口10万人・1か月当たり（件）"], strict=True))
        assert shown == {body: rate for (prefecture, body), rate in published.items() if prefecture == name}


def test_the_bodies_sentence_keeps_the_prefecture_apart_from_its_cities(
    internal: SampleDatabase, open_page: Opened
) -> None:
    shown = words(open_page("national", pref="33"))
    assert "岡山県の新規相談受付件数は人口10万人・1か月当たり34.1件" in shown
    assert "岡山県（指定都市・中核市を除く）が12.4件" in shown


def test_years_carry_the_pandemic_and_the_change_of_definition(internal: SampleDatabase, open_page: Opened) -> None:
    app = open_page("national")
    table = table_with(app, "年度").set_index("年度")
    assert table.loc["令和2年度", "新規相談受付件数"] == "786,163"
    assert table.loc["令和3年度", "新規相談受付件数"] == "555,779"
    assert table.loc["令和6年度", "プラン作成件数"] == "89,492"
    shown = words(app)
    assert "新型コロナウイルス" in shown
    assert "平成28年度" in shown


def test_the_page_says_that_its_rate_is_per_month(internal: SampleDatabase, open_page: Opened) -> None:
    assert "年度の件数÷12か月÷対象地区人口×100,000" in words(open_page("national"))
