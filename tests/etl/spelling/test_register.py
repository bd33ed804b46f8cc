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
