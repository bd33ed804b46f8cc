from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.spelling.text import clean, key


@pytest.mark.parametrize(
    ("written", "cleaned"),
    [
        ("", ""),
        ("abc", "abc"),
        ("  a  b ", "a b"),
        ("\ufeff紹介番号", "紹介番号"),
        ("把握日\n(受付日)", "把握日 (受付日)"),
        ("把握日\r\n（受付日）", "把握日 (受付日)"),
        ("把握日_x000D_\n受付日", "把握日 受付日"),
        ("\u3000福島市\u3000", "福島市"),
        ("福島\u3000\u3000市", "福島 市"),
        ("\xa0福島市\xa0", "福島市"),
        ("福\u200b島\u200d市", "福島市"),
        ("福島\x00市\x07", "福島市"),
        ("a\tb", "a b"),
        ("a\x00b", "ab"),
        ("ＡＢＣａｂｃ", "ABCabc"),
        ("０１２３４５６７８９", "0123456789"),
        ("１，２３４．５％", "1,234.5%"),
        ("（株）", "(株)"),
        ("2024－06－24", "2024-06-24"),
        ("２０２４／６／２４", "2024/6/24"),
        ("＝１＋１", "=1+1"),
        ("～", "~"),
        ("ｱｲｳ", "アイウ"),
        ("ﾊﾟｰﾄﾅｰｼｯﾌﾟ", "パートナーシップ"),
        ("ｶﾞｷﾞｸﾞ", "ガギグ"),
        ("ｳﾞ", "ヴ"),
        ("ﾊﾛｰﾜｰｸ", "ハローワーク"),
        ("カ゛", "ガ"),
        ("か\u3099は\u309a", "がぱ"),
        ("ハﾞ", "バ"),
        ("｢孤独･孤立｣｡", "「孤独・孤立」。"),
        ("⼀", "一"),
        ("⽅", "方"),
        ("⾃⽴相談⽀援", "自立相談支援"),
        ("神⼾市", "神戸市"),
        ("⻑野市", "長野市"),
        ("⻄宮市", "西宮市"),
        ("⻘森市", "青森市"),
        ("⿊部市", "黒部市"),
        ("⻲岡市", "亀岡市"),
        ("⺠⽣委員", "民生委員"),
        ("㈱見本", "(株)見本"),
        ("㈲見本", "(有)見本"),
        ("㈳見本会", "(社)見本会"),
        ("①", "①"),
        ("②", "②"),
        ("²", "²"),
        ("Ⅳ", "Ⅳ"),
        ("髙﨑", "髙﨑"),
        ("德濵", "德濵"),
        ("㎡", "㎡"),
        ("鰺ヶ沢町", "鰺ヶ沢町"),
        ("1_000", "1_000"),
    ],
)
def test_a_cell_loses_only_what_has_no_meaning(written: str, cleaned: str) -> None:
    assert clean(written) == cleaned


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("把握日\n（受付日）", "把握日(受付日)"),
        ("紹 介 番 号", "紹介番号"),
        ("※紹介番号", "紹介番号"),
        ("紹介番号：", "紹介番号"),
        ("紹介番号*", "紹介番号"),
        ("●紹介番号", "紹介番号"),
        ("孤独･孤立", "孤独・孤立"),
        ("ＮＰＯ法人", "npo法人"),
        ("龍ヶ崎市", "龍ケ崎市"),
        ("竜ケ崎市", "龍ケ崎市"),
        ("鎌ｹ谷市", "鎌ケ谷市"),
        ("髙松市", "高松市"),
        ("宮﨑市", "宮崎市"),
        ("德島市", "徳島市"),
        ("横濵市", "横浜市"),
        ("橫濱市", "横浜市"),
        ("川邊町", "川辺町"),
        ("田邉市", "田辺市"),
        ("鯵ケ沢町", "鰺ヶ沢町"),
        ("梼原町", "檮原町"),
        ("飛騨市", "飛驒市"),
        ("葛\U000e0100城市", "葛城市"),
        ("神\ufa19", "神神"),
        ("くらしサポ－トセンタ－", "くらしサポートセンター"),
        ("くらしサポ―トセンタ―", "くらしサポートセンター"),
        ("くらしｻﾎﾟｰﾄｾﾝﾀｰ", "くらしサポートセンター"),
        ("2024−06", "2024-06"),
    ],
)
def test_two_spellings_of_one_name_have_one_key(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("把握日(受付日)", "把握日"),
        ("孤独・孤立", "孤独孤立"),
        ("中嶋医院", "中島医院"),
        ("斎藤", "斉藤"),
        ("①", "1"),
        ("上ノ国町", "上之国町"),
        ("○", "●"),
    ],
)
def test_different_names_keep_different_keys(one: str, other: str) -> None:
    assert key(one) != key(other)


TEXTS = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(list(" \t\n\u3000\xa0\u200b_x0Dかハﾊﾞﾟカガうﾞ゛゜\u3099\u309a⼀⻑㈱ー－ＡＤ０＿Ｘ")),
    ),
    max_size=12,
)


@given(TEXTS)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(TEXTS)
def test_a_clean_text_has_no_stray_space_and_no_control_character(text: str) -> None:
    cleaned = clean(text)
    assert cleaned == " ".join(cleaned.split(" ")).strip()
    assert not any(unicodedata.category(char) == "Cc" for char in cleaned)


@given(st.text(st.characters(max_codepoint=127)))
def test_printable_ascii_keeps_its_characters(text: str) -> None:
    if "_x000" not in text:
        assert clean(text).replace(" ", "") == "".join(c for c in text if "!" <= c <= "~")


def test_every_kangxi_radical_becomes_an_ordinary_ideograph() -> None:
    for code in range(0x2F00, 0x2FD6):
        assert unicodedata.name(clean(chr(code))).startswith("CJK UNIFIED IDEOGRAPH")
