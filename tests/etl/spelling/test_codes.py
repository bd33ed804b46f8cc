from __future__ import annotations

from collections.abc import Callable

import pytest

from etl.spelling.codes import CodeColumn, Municipality, Register, check_digit, is_valid6, read_code_column

Codes = Callable[..., list[str | None]]


@pytest.fixture
def codes(register: Register) -> Codes:
    def read(
        values: list[str], prefecture: str | None = None, names: list[str | None] | None = None
    ) -> list[str | None]:
        return read_code_column(values, register, prefecture, names).area_codes

    return read


@pytest.mark.parametrize(
    ("code5", "digit"),
    [
        ("01100", "2"),  # 札幌市
        ("07201", "0"),  # 福島市
        ("13101", "6"),  # 千代田区
        ("13104", "1"),  # 新宿区: weighted sum 33, remainder 0
        ("01224", "6"),  # 千歳市
        ("12203", "3"),  # 市川市
        ("28100", "0"),  # 神戸市: remainder 1
        ("47201", "8"),  # 那覇市
    ],
)
def test_the_check_digit_is_that_of_the_official_list(code5: str, digit: str) -> None:
    assert check_digit(code5) == digit


def test_every_real_code_has_the_right_check_digit(municipalities: list[Municipality]) -> None:
    assert [row.area_code for row in municipalities if not is_valid6(row.area_code)] == []


@pytest.mark.parametrize("code", ["072011", "07201", "0720100", "", "07201x", "０７２０１０", "-72010"])
def test_a_wrong_code_is_not_valid(code: str) -> None:
    assert not is_valid6(code)


@pytest.mark.parametrize(
    "written",
    [
        "072010",
        "０７２０１０",
        "'072010",
        "072010.0",
        "72010",
        "72010.0",
        "72,010",
        "07201",
        "7201",
        "7201.0",
        "7,201",
        "07-201-0",
        "07－201",
        "07 201 0",
        " 072010　",
        "０７２０１－０",
        "072010 福島市",
        "072010福島市",
        "072010（福島市）",
        "07201：福島市",
        "福島市(072010)",
        "7201 福島市",
        "072010_福島市",
    ],
)
def test_one_code_comes_in_many_spellings(codes: Codes, written: str) -> None:
    assert codes([written]) == ["072010"]


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ("072011", "code_check_digit"),
        ("007201", "code_check_digit"),
        ("070009", "municipality_unknown"),  # the prefecture itself
        ("99999", "municipality_unknown"),
        ("720", "municipality_unknown"),
        ("0720100", "municipality_unknown"),
        ("福島市", "municipality_unknown"),
        ("٠٧٢٠١٠", "municipality_unknown"),
        ("①", "municipality_unknown"),
        ("072010 見本町", "municipality_unknown"),
        ("7.2E+04", "municipality_unknown"),
        ("72010.5", "municipality_unknown"),
    ],
)
def test_an_unknown_code_says_which_rule_it_breaks(register: Register, written: str, rule: str) -> None:
    assert read_code_column([written], register) == CodeColumn([None], [rule], [None], ambiguous=False)


def test_blank_and_marks_are_no_code_and_no_problem(register: Register) -> None:
    assert read_code_column(["", "　", "-"], register) == CodeColumn([None] * 3, [None] * 3, [None] * 3, False)


def test_a_column_without_check_digits_that_lost_its_zero_is_read(codes: Codes) -> None:
    assert codes(["7201", "7202", "7203"]) == ["072010", "072028", "072036"]


def test_a_column_with_check_digits_that_lost_its_zero_is_read(codes: Codes) -> None:
    assert codes(["72010", "72028", "72036"]) == ["072010", "072028", "072036"]


def test_one_number_with_two_meanings_is_asked_back(register: Register) -> None:
    column = read_code_column(["12203", ""], register)
    assert column == CodeColumn([None, None], ["code_ambiguous", None], [None, None], ambiguous=True)


def test_the_name_beside_a_number_with_two_meanings_decides(codes: Codes) -> None:
    assert codes(["12203"], names=["市川市"]) == ["122033"]
    assert codes(["12203"], names=["士別市"]) == ["012203"]
    assert codes(["12203", "12203"], names=["市川市", "士別市"]) == ["122033", "012203"]


def test_the_prefecture_decides_a_number_with_two_meanings(codes: Codes) -> None:
    assert codes(["12203"], "12") == ["122033"]
    assert codes(["12203"], "01") == ["012203"]


def test_a_third_prefecture_decides_nothing(register: Register) -> None:
    assert read_code_column(["12203"], register, "07").ambiguous


def test_the_other_rows_decide_a_number_with_two_meanings(codes: Codes) -> None:
    assert codes(["12203", "12025"]) == ["012203", "012025"]  # 函館市: only with its check digit
    assert codes(["12203", "12204"]) == ["122033", "122041"]  # 船橋市: only without


def test_the_fit_of_the_column_goes_before_the_prefecture(codes: Codes) -> None:
    # Rows of Hokkaido in a return of Chiba stay rows of Hokkaido, so that they can be reported.
    assert codes(["12203", "12025"], "12") == ["012203", "012025"]


def test_the_prefecture_decides_between_equal_fits(codes: Codes) -> None:
    assert codes(["12203", "12211", "12025", "12204"], "12") == ["122033", "122114", None, "122041"]
    assert codes(["12203", "12211", "12025", "12204"], "01") == ["012203", "012211", "012025", None]


def test_all_in_one_prefecture_decides_between_equal_fits(codes: Codes, register: Register) -> None:
    # 雨竜町 and 士別市 are both of Hokkaido, 大井町 and 市川市 of two prefectures.
    assert codes(["14362", "12203"]) == ["014362", "012203"]
    # 士別市・名寄市 and 市川市・成田市 are equally likely.
    assert read_code_column(["12203", "12211"], register).ambiguous


def test_a_number_with_two_meanings_joins_a_column_that_lies_in_the_given_prefecture(codes: Codes) -> None:
    # Six digits and five digits in one column of Chiba: the fit alone would make the second one 士別市.
    assert codes(["122114", "12203"], "12") == ["122114", "122033"]


def test_mixed_styles_are_read_when_each_value_has_one_meaning(codes: Codes, register: Register) -> None:
    assert codes(["122033", "12204"]) == ["122033", "122041"]
    assert codes(["072010", "07202", "7203"]) == ["072010", "072028", "072036"]
    assert read_code_column(["12025", "12204"], register).ambiguous  # 函館市 and 船橋市: no column of one style


def test_a_value_of_the_other_style_is_taken_when_name_or_prefecture_confirm(register: Register) -> None:
    column = read_code_column(["122033", "122114", "122203", "12204"], register, "12")
    assert column.area_codes == ["122033", "122114", "122203", "122041"]
    assert column.notices == [None, None, None, "code_other_style"]
    named = read_code_column(["012025", "12033", "12204"], register, names=[None, None, "船橋市"])
    assert named.area_codes == ["012025", "012033", "122041"]
    assert named.notices == [None, None, "code_other_style"]


def test_a_value_of_the_other_style_is_refused_when_nothing_confirms(register: Register) -> None:
    column = read_code_column(["12025", "12033", "12204"], register)
    assert column.area_codes == ["012025", "012033", None]
    assert column.rules == [None, None, "municipality_unknown"]


def test_a_value_of_the_other_style_is_refused_when_its_name_says_otherwise(codes: Codes) -> None:
    assert codes(["122033", "122114", "12204"], "12", [None, None, "市川市"]) == ["122033", "122114", None]


def test_codes_of_another_prefecture_are_read_too(codes: Codes) -> None:
    assert codes(["072010", "131016"], "07") == ["072010", "131016"]


def test_a_contradicting_name_does_not_change_a_clear_code(codes: Codes) -> None:
    assert codes(["072010"], names=["郡山市"]) == ["072010"]


def test_a_name_of_several_places_still_confirms(codes: Codes) -> None:
    assert codes(["12335"], names=["伊達市"]) == ["012335"]


def test_every_real_code_comes_back_when_its_zero_is_lost(municipalities: list[Municipality], codes: Codes) -> None:
    for row in municipalities:
        for written in (row.area_code, row.area_code[:5]):
            assert codes([str(int(written))], row.pref_code) == [row.area_code]
            assert codes([str(int(written))], names=[row.pref_name + row.name]) == [row.area_code]


def test_every_prefecture_comes_back_as_a_column_in_every_style(
    municipalities: list[Municipality], codes: Codes
) -> None:
    by_prefecture: dict[str, list[str]] = {}
    for row in municipalities:
        by_prefecture.setdefault(row.pref_code, []).append(row.area_code)
    for expected in by_prefecture.values():
        assert codes(list(expected)) == expected
        assert codes([code[:5] for code in expected]) == expected
        assert codes([str(int(code)) for code in expected]) == expected
        assert codes([str(int(code[:5])) for code in expected]) == expected
