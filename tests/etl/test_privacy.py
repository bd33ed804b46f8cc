"""The guard: what is personal information, what only looks like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.privacy import find_personal, is_my_number, is_personal_heading, personal_kind
from etl.spelling.text import clean


def words(*lines: str) -> list[str]:
    return [word for line in lines for word in line.split("|")]


MAIL, PHONE, NUMBER, NAME = "メールアドレス", "電話番号", "個人番号（マイナンバー）", "氏名"


@pytest.mark.parametrize(
    "heading",
    [
        *words(
            "氏名|氏　名|相談者氏名|氏名（カナ）|氏名カナ|ﾌﾘｶﾞﾅ|ふりがな|姓|本人の生年月日",
            "生年月日(西暦)",
            "電話|電話番号|携帯電話|TEL|Ｔｅｌ|本人連絡先電話番号|住所|現住所|本人の住所|郵便番号",
            "個人番号|マイナンバー|メール|E-mail|Ｅメール|メールアドレス|緊急連絡先|本人名",
            "備考（氏名）|LINE",
            "紹介元担当者氏名|担当者氏名|世帯主名|宛名番号",
        ),
    ],
)
def test_headings_that_name_a_person_are_found(heading):
    assert is_personal_heading(heading)


@pytest.mark.parametrize(
    "heading",
    [
        *words(
            "紹介番号|市区町村|市区町村名|機関名|参加機関名|団体名|施設名|会議名|件名|備考|名称|世帯",
            "機関電話番号|施設の電話番号|紹介先電話番号|会場住所|事業所所在地|開催方法|オンライン",
            "性別|年代|",
            "氏名の提供同意|氏名の有無|個人番号の確認|紹介番号（個人を特定できない番号）|連絡日|番号",
        ),
    ],
)
def test_other_headings_are_not(heading):
    assert not is_personal_heading(heading)


def test_no_heading_of_a_return_is_personal():
    from etl.declare import all_returns

    for declared in all_returns().values():
        for field in declared.fields:
            for heading in (field.heading, *field.aliases):
                assert not is_personal_heading(heading), heading


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("taro.yamada@example.jp に連絡", MAIL),
        ("ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐ", MAIL),
        ("090-1234-5678", PHONE),
        ("０９０－１２３４－５６７８", PHONE),
        ("090‐1234‐5678", PHONE),
        ("090―1234―5678", PHONE),
        ("090ー1234ー5678", PHONE),
        ("090 1234 5678", PHONE),
        ("090.1234.5678", PHONE),
        ("09012345678", PHONE),
        ("080(1234)5678", PHONE),
        ("+81-90-1234-5678", PHONE),
        ("自宅は024-535-1111です", PHONE),
        ("(024)535-1111", PHONE),
        ("03(1234)5678", PHONE),
        ("電話0245351111", PHONE),
        ("TEL：0245351111", PHONE),
        ("連絡先 024 535 1111", PHONE),
        ("マイナンバー 123456789018", NUMBER),
        ("ﾏｲﾅﾝﾊﾞｰ：1234-5678-9018", NUMBER),
        ("個人番号は１２３４　５６７８　９０１８", NUMBER),
        ("山田太郎様から相談", NAME),
        ("山田 太郎　様", NAME),
        ("山田様", NAME),
        ("佐藤さんの件", NAME),
        ("花子さん（長女）", NAME),
        ("健一さん", NAME),
        ("服部様", NAME),
        ("敦士さん", NAME),
        ("土屋さん", NAME),
        ("山田様方に居住", NAME),
        ("佐藤さん宅を訪問", NAME),
        ("鈴木氏", NAME),
        ("ヤマダ様", NAME),
        ("ﾔﾏﾀﾞ様", NAME),
        ("氏名：山田太郎", NAME),
        ("氏名 山田", NAME),
        ("氏名（山田太郎）", NAME),
        ("名前はやまだたろう", NAME),
        ("世帯主：鈴木一郎", NAME),
    ],
)
def test_personal_information_is_found_and_called_by_its_kind(text, kind):
    assert personal_kind(text) == kind
    assert find_personal(["何もない", text]).kind == kind, "the coarse net must not be finer than the close look"
    assert find_personal([f"何もない{n}" for n in range(600)] + [text]).index == 600


@pytest.mark.parametrize(
    "text",
    [
        *words(
            "お客様|お客様窓口|皆様|皆さん|みなさん|相談者本人様|ご本人様|御家族様|ご家族様|奥様",
            "お母さん|息子さん",
            "民生委員さん|ケアマネさん|ヘルパーさん|社会福祉協議会様|福祉課様|大家さん|隣人さん",
            "利用者様|担当者様|長男さん",
            "様子を見る|多様な課題|同様に|様式第1号|仕様|様々な支援|摂氏30度|源氏|氏名不明|氏名：不明",
            "氏名は伏せる",
            "氏名：非公開|氏名等の情報なし|名前：なし|世帯主の失業|世帯主：本人|様似町|たくさん",
            "さんさん広場|朝日さんさん会",
        ),
        *[
            "2024-06-24 10:30:00",
            "令和6年6月24日",
            "0120",
            "1234-5678-9018",
            "123456789018",
            "受付番号 123456789018",
            "R6-001-0001",
        ],
        *words(
            "20240624-0001-0002|012-345|1,234,567,890|072010|〒960-8601||a@b|弁護士さん|町内会長さん",
            "自治会長様",
        ),
    ],
)
def test_what_only_looks_like_it_is_let_through(text):
    assert personal_kind(text) is None
    assert find_personal([text]) is None


def test_an_organisation_may_have_a_telephone_but_no_person():
    assert personal_kind("福島市社会福祉協議会（024-533-8877）", is_organisation=True) is None
    assert personal_kind("相談室 soudan@city.example.jp", is_organisation=True) is None
    assert personal_kind("ヤマト様", is_organisation=True) is None
    assert personal_kind("民生委員 山田様", is_organisation=True) == NAME


def test_a_number_under_a_heading_that_calls_it_one_is_personal():
    assert find_personal(["123456789018"], heading="マイナンバーの控え").kind == NUMBER
    assert find_personal(["123456789012"], heading="マイナンバーの控え") is None
    assert find_personal(["123456789018"], heading="受付番号") is None


def test_the_check_digit_is_that_of_the_ordinance():
    def slow(digits):  # 総務省令第85号 第5条, written down term by term
        total = 0
        for n in range(1, 12):
            p = int(digits[11 - n])
            q = n + 1 if 1 <= n <= 6 else n - 5
            total += p * q
        rest = total % 11
        return 0 if rest in (0, 1) else 11 - rest

    for number in ("12345678901", "00000000000", "99999999999", "31415926535", "10000000000"):
        valid = number + str(slow(number))
        assert is_my_number(valid)
        assert sum(is_my_number(number + str(last)) for last in range(10)) == 1
    assert not is_my_number("1234567890")
    assert not is_my_number("１２３４５６７８９０１８")


LETTERS = "山田太郎様さん氏名前：(0９0-‐ー1234５6 @.jp、の方)ヤマダマイナンバー電話"


@given(st.text(st.sampled_from(LETTERS), max_size=24))
def test_whatever_the_close_look_finds_the_net_has_caught(text):
    for is_organisation in (False, True):
        kind = personal_kind(text, is_organisation=is_organisation)
        found = find_personal([text], is_organisation=is_organisation)
        assert (found.kind if found else None) == kind


@given(st.text(max_size=40))
def test_cleaning_hides_nothing(text):
    assert personal_kind(text) == personal_kind(clean(text))
