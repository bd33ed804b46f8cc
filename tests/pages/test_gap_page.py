"""地域差: what the page says against a recount, and that it keeps quiet where nothing can be told."""

from __future__ import annotations

import re
from statistics import median

import duckdb
import pytest

from metrics.catalog import load_catalog
from tests import recount
from tests.pages.conftest import Opened
from tests.pages.page_text import choices, words
from tests.pages.tables import table_having
from tests.sample_database import SENDERS, SampleDatabase

LAST_YEAR = recount.fiscal_year(2024)
NO_GAP = "偶然で説明できる範囲を超える差があるとは言えません。"
LEAST_CASES = 10  # a smaller denominator takes no part in the median


def recommended(internal: SampleDatabase) -> dict[str, recount.Counted]:
    """Numerator and denominator by municipality, of those that have a value."""
    rows = recount.within(internal.rows("core.referral"), LAST_YEAR)
    counted = {
        name: recount.recommended([row for row in rows if row["area_code"] == code]) for name, code in SENDERS.items()
    }
    return {name: one for name, one in counted.items() if one[1]}


@pytest.mark.parametrize("indicator", load_catalog())
def test_every_indicator_has_its_gap_page(internal: SampleDatabase, open_page: Opened, indicator: str) -> None:
    app = open_page("gap", indicator=indicator, area=SENDERS["青苑市"])
    shown = words(app)
    assert app.title[0].value == f"地域差：{load_catalog()[indicator].title}（市区町村の報告による集計）"
    assert "nan" not in shown
    assert "inf" not in shown.replace("information_sharing", "")
    for because in ("によって上がった", "原因", "効果があ", "ワースト"):
        assert because not in shown


def test_the_gain_as_observed_equals_a_recount(internal: SampleDatabase, open_page: Opened) -> None:
    counted = recommended(internal)
    level = median(yes / of for yes, of in counted.values() if of >= LEAST_CASES)
    lacking = {name: max(0.0, level * of - yes) for name, (yes, of) in counted.items()}
    app = open_page("gap")
    table = table_having(app, "増える計算（件／年）").set_index("市区町村")
    for name, count in lacking.items():
        if count:
            assert float(table.loc[name, "観測された値のまま（件／年）"]) == pytest.approx(count, abs=0.051), name
    assert float(table.loc["合計", "観測された値のまま（件／年）"]) == pytest.approx(sum(lacking.values()), abs=0.051)
    assert f"観測された値をそのまま足すと{sum(lacking.values()):,.0f}件" in words(app)
    assert f"中央値（{level * 100:.1f}％）より低い市区町村" in words(app)


def test_the_gain_to_speak_of_adds_up_and_lies_in_its_interval(internal: SampleDatabase, open_page: Opened) -> None:
    app = open_page("gap")
    table = table_having(app, "増える計算（件／年）").set_index("市区町村")["増える計算（件／年）"].astype(float)
    found = re.search(r"1年に(\d+)件増える計算です（95％以上の確からしさで(\d+)～(\d+)件）", words(app))
    assert found
    said, low, high = map(int, found.groups())
    assert low <= said <= high
    assert table["合計"] == pytest.approx(said, abs=0.51)
    assert table.drop("合計").sum() == pytest.approx(table["合計"], abs=0.05 * len(table))


def test_one_month_of_a_year_counts_twelve_times(internal: SampleDatabase, open_page: Opened) -> None:
    rows = recount.within(internal.rows("core.referral"), ["2024-09"])
    counted = [recount.recommended([row for row in rows if row["area_code"] == code]) for code in SENDERS.values()]
    lacking = sum(max(0.0, 0.9 * of - yes) for yes, of in counted)
    app = open_page("gap", month="9", benchmark="value", target="90")
    table = table_having(app, "増える計算（件／年）").set_index("市区町村")
    assert float(table.loc["合計", "観測された値のまま（件／年）"]) == pytest.approx(12 * lacking, abs=0.051)


def test_a_value_of_the_readers_own_comes_from_the_link(internal: SampleDatabase, open_page: Opened) -> None:
    app = open_page("gap", benchmark="value", target="80")
    assert app.number_input(key="target").value == 80.0
    assert "決めた値（80.0％）より低い市区町村" in words(app)
    lacking = sum(max(0.0, 0.8 * of - yes) for yes, of in recommended(internal).values())
    assert f"観測された値をそのまま足すと{lacking:,.0f}件" in words(app)


def test_similar_municipalities_are_a_benchmark_only_for_a_chosen_one(
    internal: SampleDatabase, open_page: Opened
) -> None:
    assert len(open_page("gap").selectbox(key="benchmark").options) == 2
    peers = [SENDERS[name] for name in ("夕凪原市", "風待市", "ひだまり市")]
    app = open_page("gap", area=SENDERS["青苑市"], benchmark="peers", peers="-".join([SENDERS["青苑市"], *peers]))
    assert choices(app)["benchmark"] == "peers"
    counted = recommended(internal)
    level = median(counted[name][0] / counted[name][1] for name in ("夕凪原市", "風待市", "ひだまり市"))
    assert f"類似する市区町村の中央値（{level * 100:.1f}％）より低い" in words(app)


@pytest.mark.parametrize(
    ("indicator", "why"),
    [
        ("days_to_contact", "足し合わせて件数にできない"),
        ("platform_established", "全数で数えた指標"),
        ("consultations_per_100k_month", "支援の必要の大きさも表す"),
    ],
)
def test_an_indicator_without_a_gain_says_why(
    internal: SampleDatabase, open_page: Opened, indicator: str, why: str
) -> None:
    app = open_page("gap", indicator=indicator)
    assert why in words(app)
    assert "件増える計算です" not in words(app)


def test_without_a_gap_beyond_chance_the_page_says_so_and_words_no_measure(
    internal: SampleDatabase, open_page: Opened
) -> None:
    quiet = []
    for indicator in load_catalog():
        shown = words(open_page("gap", indicator=indicator))
        if NO_GAP in shown:
            quiet.append(indicator)
            assert "偶然で説明できる範囲を超える差があります" not in shown
            assert "倍です" not in shown
            assert "境界" not in shown.split("種別・福祉事務所")[0].split("均質性")[-1]
    assert quiet


def test_values_of_kinds_equal_a_recount(internal: SampleDatabase, open_page: Opened) -> None:
    table = table_having(open_page("gap"), "区分", "区分の値（％）").set_index("区分")
    kinds = {row["area_code"]: row["type"] for row in internal.rows("core.area")}
    counted = recommended(internal)
    assert set(table.index) == set(kinds.values())
    for kind in table.index:
        own = [counted[name] for name, code in SENDERS.items() if kinds[code] == kind and name in counted]
        total = (sum(yes for yes, _ in own), sum(of for _, of in own))
        expected = recount.per_cent(total) if total[1] else "-"
        assert table.loc[kind, "区分の値（％）"] == expected, kind
        assert table.loc[kind, "値のある市区町村"] == str(len(own))


def test_municipalities_of_which_the_welfare_office_is_unknown_stand_apart(
    internal: SampleDatabase, open_page: Opened
) -> None:
    table = table_having(open_page("gap", group="office"), "区分", "区分の値（％）").set_index("区分")
    members = table[["値のある市区町村", "値のない市区町村"]].astype(int).sum(axis=1)
    assert members.sum() == 41
    assert members["福祉事務所の有無が不明"] > 0


def test_regions_come_from_the_list_of_the_prefecture(internal: SampleDatabase, open_page: Opened) -> None:
    table = table_having(open_page("gap", group="region"), "区分", "区分の値（％）")
    assert set(table["区分"]) == {row["region"] for row in internal.rows("core.area")}


def test_without_a_list_of_regions_the_page_says_how_to_give_one(own_copy: SampleDatabase, open_page: Opened) -> None:
    with duckdb.connect(str(own_copy.place.current())) as con:
        con.execute("update cube.area set region = null")
    shown = words(open_page("gap", group="region"))
    assert "圏域の一覧がありません" in shown
    assert "data/regions.csv" in shown


def test_few_years_give_figures_and_no_trend(internal: SampleDatabase, open_page: Opened) -> None:
    app = open_page("gap")
    assert "年度が3で5に満たないため、縮小・拡大の傾向は判定していません" in words(app)
    assert list(table_having(app, "年度", "P90/P10")["年度"]) == ["令和4年度", "令和5年度", "令和6年度"]


def test_changed_peers_stay_in_the_link(internal: SampleDatabase, open_page: Opened) -> None:
    area = SENDERS["青苑市"]
    app = open_page("gap", area=area)
    assert "peers" not in app.query_params
    box = app.multiselect(key=f"peers-of-{area}")
    assert len(box.value) == 8
    box.set_value(box.value[:3]).run()
    assert app.query_params["peers"] == "-".join([area, *box.value[:3]])
    again = open_page("gap", **app.query_params)
    assert again.multiselect(key=f"peers-of-{area}").value == box.value[:3]
    assert len(table_having(again, "類似度", "距離")) == 3


def test_the_peers_of_another_municipality_are_not_taken(internal: SampleDatabase, open_page: Opened) -> None:
    area = SENDERS["青苑市"]
    app = open_page("gap", area=area, peers="992011-992054")
    assert len(app.multiselect(key=f"peers-of-{area}").value) == 8


def test_the_parts_of_a_distance_add_up(internal: SampleDatabase, open_page: Opened) -> None:
    table = table_having(open_page("gap", area=SENDERS["青苑市"]), "類似度", "距離")
    parts = [column for column in table if column.startswith("内訳：")]
    for _, row in table.iterrows():
        known = [float(row[part]) for part in parts if row[part] != "…"]
        assert sum(known) == pytest.approx(float(row["距離"]), abs=0.003)
        assert float(row["類似度"]) == pytest.approx(1 - float(row["距離"]), abs=0.0011)
