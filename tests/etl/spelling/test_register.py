from __future__ import annotations

import pytest

from etl.spelling.register import Municipality, Register


@pytest.mark.parametrize(
    ("written", "area_codes"),
    [
        ("福島市", ["072010"]),
        ("福島県福島市", ["072010"]),
        ("福島県　福島市", ["072010"]),
        ("福島県 石川郡 平田村", ["075035"]),
        ("石川郡平田村", ["075035"]),
        ("平田村", ["075035"]),
        ("平田村役場", ["075035"]),
        ("福島県石川郡石川町", ["075019"]),
        ("石川町役場", ["075019"]),
        ("福島市役所", ["072010"]),
        ("千代田区役所", ["131016"]),
        ("郡山市", ["072036"]),
        ("福島県郡山市", ["072036"]),
        ("郡上市", ["212199"]),
        ("大和郡山市", ["292036"]),
        ("奈良県大和郡山市", ["292036"]),
        ("蒲郡市", ["232149"]),
        ("小郡市", ["402168"]),
        ("上郡町", ["284815"]),
        ("赤穂郡上郡町", ["284815"]),
        ("余市郡余市町", ["014087"]),
        ("北海道余市町", ["014087"]),
        ("四日市市", ["242021"]),
        ("廿日市市", ["342131"]),
        ("野々市市", ["172120"]),
        ("町田市", ["132098"]),
        ("村上市", ["152129"]),
        ("京都府京都市", ["261009"]),
        ("京都市", ["261009"]),
        ("東京都府中市", ["132063"]),
        ("西多摩郡檜原村", ["133078"]),
        ("西多摩郡桧原村", ["133078"]),
        ("神⼾市", ["281000"]),
        ("⻑野市", ["202011"]),
        ("茅ケ崎市", ["142077"]),
        ("茅ヶ崎市", ["142077"]),
        ("茅ｹ崎市", ["142077"]),
        ("竜ヶ崎市", ["082082"]),
        ("髙松市", ["372013"]),
        ("宮﨑市", ["452017"]),
        ("葛\U000e0100城市", ["292117"]),
        ("府中市", ["132063", "342084"]),
        ("伊達市", ["012335", "072133"]),
        ("福島県伊達市", ["072133"]),
        ("千葉県石川郡石川町", []),
        ("福島県市川市", []),
        ("福島県", []),
        ("山市", []),
        ("福島", []),
        ("札幌市中央区", []),
        ("", []),
    ],
)
def test_a_municipality_is_found_by_the_name_as_written(
    register: Register, written: str, area_codes: list[str]
) -> None:
    assert sorted(row.area_code for row in register.find_name(written)) == area_codes


@pytest.mark.parametrize(
    ("written", "area_code"),
    [
        ("塩釜市", "042030"),
        ("塩竃市", "042030"),
        ("龍が崎市", "082082"),
        ("竜ケ崎市", "082082"),
        ("鎌が谷市", "122246"),
        ("袖が浦市", "122297"),
        ("七ケ宿町", "043028"),
        ("七が宿町", "043028"),
        ("上之国町", "013625"),
        ("上の国町", "013625"),
        ("諌早市", "422045"),
        ("曾於市", "462179"),
        ("惠庭市", "012319"),
        ("蘆屋市", "282065"),
        ("四条畷市", "272299"),
        ("五が瀬町", "454435"),
        ("渋川市", "102083"),
        ("澁川市", "102083"),
        ("館林市", "102075"),
        ("舘林市", "102075"),
        ("與論町", "465356"),
        ("氣仙沼市", "042056"),
        ("沖繩市", "472115"),
        ("亙理町", "043613"),
        ("福島県・福島市", "072010"),
        ("福島県/福島市", "072010"),
        ("髙﨑市", "102024"),
        ("富士吉田市", "192023"),
        ("冨士吉田市", "192023"),
    ],
)
def test_older_and_looser_forms_of_a_name_are_the_same_place(register: Register, written: str, area_code: str) -> None:
    assert [row.area_code for row in register.find_name(written)] == [area_code]


def test_places_that_differ_by_such_a_form_stay_two(register: Register) -> None:
    assert [row.pref_name for row in register.find_name("鹿嶋市")] == ["茨城県"]
    assert [row.pref_name for row in register.find_name("鹿島市")] == ["佐賀県"]


@pytest.mark.parametrize(
    ("written", "prefecture", "area_codes"),
    [
        ("札幌市中央区", None, ["011002"]),
        ("さいたま市（浦和区）", None, ["111007"]),
        ("さいたま市 浦和区", None, ["111007"]),
        ("京都市北区", None, ["261009"]),
        ("大阪市都島区", None, ["271004"]),
        ("横浜市青葉区役所", "14", ["141003"]),
        ("神戸市(中央区)", None, ["281000"]),
        ("福島", "07", ["072010"]),
        ("福島県福島", None, ["072010"]),
        ("福島", None, ["013323", "072010"]),
        ("千代田", "13", ["131016"]),
        ("府中", "13", ["132063"]),
        ("福島市生活福祉課", None, ["072010"]),
        ("福島市役所 生活福祉課", None, ["072010"]),
        ("四日市市福祉課", None, ["242021"]),
        ("町田市民生課", None, ["132098"]),
        ("072010 福島市", None, ["072010"]),
        ("07201福島市", None, ["072010"]),
        ("【福島市】", None, ["072010"]),
        ("(福島市)", None, ["072010"]),
        ("1.福島市", None, ["072010"]),
        ("①福島市", None, ["072010"]),
        ("福島市様", None, ["072010"]),
        ("福島市分", None, ["072010"]),
        ("三春町（田村郡）", None, ["075213"]),
        ("田村郡三春", None, ["075213"]),
        ("石川", "07", ["075019"]),
        ("姶良", None, ["462250"]),
        ("福島市立", "07", []),
        ("山", "07", []),
        ("福嶋市", "07", []),
        ("見本の市", None, []),
        ("郡山市湖南町", "07", []),
        ("高松市中央区", None, []),
        ("", None, []),
        ("大網白里町", None, []),
        ("県", None, []),
        ("市", None, []),
        ("本庁", None, []),
    ],
)
def test_what_is_not_quite_a_name_is_found_loosely(
    register: Register, written: str, prefecture: str | None, area_codes: list[str]
) -> None:
    assert sorted(row.area_code for row in register.find_loosely(written, prefecture)) == area_codes


def test_every_real_name_without_its_kind_finds_itself_among_others(
    municipalities: list[Municipality], register: Register
) -> None:
    for row in municipalities:
        assert row in register.find_loosely(row.name[:-1], row.pref_code) or register.find_name(row.name[:-1])


def test_the_prefecture_narrows_a_name_that_does_not_name_one(register: Register) -> None:
    assert [row.area_code for row in register.find_name("伊達市", "07")] == ["072133"]
    assert register.find_name("市川市", "07") == []
    assert [row.area_code for row in register.find_name("北海道伊達市", "07")] == ["012335"]


def test_every_real_name_is_found_with_and_without_its_prefecture(
    municipalities: list[Municipality], register: Register
) -> None:
    for row in municipalities:
        assert register.find_name(row.pref_name + row.name) == [row]
        assert row in register.find_name(row.name)
        assert register.find_name(
            row.name + "役所" if row.name[-1] in "市区" else row.name + "役場", row.pref_code
        ) == [row]
