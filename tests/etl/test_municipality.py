"""Whose row is it: codes and names read together, then the title, then the option."""

import pytest

from etl.declare import all_returns
from etl.gather import gather
from etl.load import register
from etl.municipality import resolve_areas
from etl.read import read_sheets
from etl.recognise import recognise


def areas_of(*rows, above=(), heading="紹介番号,把握日,団体コード,市区町村", prefecture=None, given=None):
    text = "\n".join((*above, heading, *rows))
    batch = gather([recognise(read_sheets(text.encode(), "x.csv")[0], all_returns())])
    return resolve_areas(batch, register(), prefecture, given)


def found(*rows, **terms):
    return areas_of(*rows, **terms).by_row().to_pylist()


def rules(*rows, **terms):
    return {rule.rule: lines.tolist() for rule, lines in areas_of(*rows, **terms).rules}


def row(code="", name="", number=1):
    return f"A-{number},R6.6.24,{code},{name}"


@pytest.mark.parametrize("code", ["072010", "72010", "07201", "7201", "０７２０１０", "072010.0", "72,010"])
def test_a_code_is_read_with_and_without_zero_and_check_digit(code):
    cell = f'"{code}"' if "," in code else code
    assert found(row(cell, "福島市")) == ["072010"]
    assert found(row(cell), prefecture="07") == ["072010"]


@pytest.mark.parametrize("name", ["福島市", "福島県福島市", "福島市役所", " 福島市 "])
def test_a_name_is_enough(name):
    assert found(row("", name)) == ["072010"]


def test_rows_may_be_of_several_municipalities():
    assert found(row("072010"), row("", "郡山市"), row("072028", "会津若松市")) == ["072010", "072036", "072028"]


def test_a_municipality_in_the_title_stands_in():
    for title in ("福島市", "相互紹介記録　福島市　令和6年6月分", "福島県福島市（生活福祉課）", "団体名：福島市"):
        assert found(row(), above=[title]) == ["072010"], title


def test_the_option_stands_in_and_wins_over_the_title():
    assert found(row(), given="072036") == ["072036"]
    assert found(row(), above=["福島市"], given="072036") == ["072036"]


def test_the_longest_name_in_a_title_is_meant():
    assert found(row(), above=["大和郡山市の記録"], prefecture="29") == ["292036"]


def test_two_municipalities_in_a_title_decide_nothing():
    assert rules(row(), above=["福島市・郡山市の記録"]) == {"required_empty": [0]}


def test_a_title_settles_what_a_five_digit_code_means():
    assert areas_of(row("12203")).file_rule.rule == "code_ambiguous"
    assert found(row("12203"), above=["千葉県市川市"]) == ["122033"]
    assert found(row("12203"), above=["北海道士別市"]) == ["012203"]
    assert found(row("12203"), prefecture="12") == ["122033"]
    assert found(row("12203", "士別市")) == ["012203"]


@pytest.mark.parametrize(
    ("cells", "rule"),
    [
        (("072011", ""), "code_check_digit"),
        (("999999", ""), "code_check_digit"),
        (("072010", "郡山市"), "municipality_contradiction"),
        (("", "福嶋市"), "municipality_unknown"),
        (("", "府中市"), "municipality_ambiguous"),
        (("", ""), "required_empty"),
        (("131016", ""), "other_prefecture"),
        (("", "大和郡山市"), "other_prefecture"),
    ],
)
def test_a_row_that_can_not_be_placed_says_why(cells, rule):
    terms = {"prefecture": "07"} if rule == "other_prefecture" else {}
    assert rules(row("072010"), row(*cells, number=2), **terms) == {rule: [1]}
    assert found(row("072010"), row(*cells, number=2), **terms) == ["072010", None]


def test_a_name_of_many_prefectures_is_that_of_the_served_one():
    assert found(row("", "府中市"), prefecture="34") == ["342084"]


def test_a_row_against_the_title_or_the_option_is_set_aside():
    assert rules(row("", "郡山市"), row(), above=["福島市"]) == {"municipality_contradiction": [0]}
    assert rules(row("072036"), row(), given="072010") == {"municipality_contradiction": [0]}


def test_the_invented_prefecture_is_known():
    assert found(row("991007"), row("", "見本県夕凪原市")) == ["991007", "992011"]


def test_a_file_without_rows_still_says_whose_it_is():
    areas = areas_of(above=["福島市"])
    assert (areas.codes, areas.title_areas, len(areas.index)) == ((), ("072010",), 0)


@pytest.mark.parametrize(
    ("cells", "area", "told"),
    [
        (("", "福島"), "072010", "福島市"),
        (("", "福島市生活福祉課"), "072010", "福島市"),
        (("072010", "福島"), "072010", "福島市"),
        (("", "郡山市(本庁)"), "072036", "郡山市"),
    ],
)
def test_a_name_that_is_not_quite_one_is_read_with_a_notice(check, csv_of, referral, cells, area, told):
    code, name = cells
    checked = check(csv_of(referral("A-1", 団体コード=code, 市区町村=name)))
    assert checked.table["area_code"].to_pylist() == [area]
    assert [(p.rule, p.value, p.detail) for p in checked.problems] == [("municipality_part", name, told)]


def test_a_ward_of_a_designated_city_is_the_city(check, csv_of, referral):
    rows = [
        referral("A-1", 団体コード="", 市区町村="札幌市中央区"),
        referral("A-2", 団体コード="", 市区町村="札幌市北区"),
    ]
    checked = check(csv_of(*rows), prefecture="01")
    assert checked.table["area_code"].to_pylist() == ["011002", "011002"]
    assert [p.rule for p in checked.problems] == ["municipality_part", "municipality_part"]


def test_a_name_without_its_kind_that_means_several_places_is_unknown(check, csv_of, referral):
    checked = check(csv_of(referral("A-1", 団体コード="", 市区町村="府中"), referral("A-2")), prefecture=None)
    assert ("municipality_unknown", 1) in [(p.rule, p.row) for p in checked.problems]


def test_a_name_that_contradicts_its_code_stays_a_contradiction(check, csv_of, referral):
    checked = check(csv_of(referral("A-1", 団体コード="072010", 市区町村="郡山"), referral("A-2")))
    assert [(p.rule, p.row) for p in checked.problems if p.row == 1] == [("municipality_contradiction", 1)]
