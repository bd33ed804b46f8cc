"""The declarations in words."""

import re

from etl.declare import all_returns
from etl.dictionary import (
    choices,
    entries,
    identity_words,
    other_spellings,
    rules_in_words,
    version_words,
    without_places,
)
from etl.problems import all_rules


def entry(name, heading):
    return next(one for one in entries(all_returns()[name]) if one.heading == heading)


def test_a_field_is_told_with_all_that_is_declared():
    told = entry("referral", "本人同意")
    assert (told.kind, told.is_required, told.choices) == ("選択", False, ("有", "無", "未確認"))
    assert told.accepted[:2] == ("本人同意", "同意")
    assert told.list_version == "第1版（令和6年4月1日から）"
    assert entry("consultation", "年月").is_required


def test_rules_between_fields_are_told_in_words():
    assert entry("consultation", "うちアウトリーチ").rules == ("「新規相談」以下",)
    assert entry("practice", "PF設置日").rules == (
        "受領日より後の日付は書けない",
        "「PF設置」が「無」のときは空欄",
    )
    assert "把握日・つなぎ日と同じ日か、その後" in entry("referral", "初回相談日").rules
    assert "空欄のときは会議体・開催日から決める" in entry("meeting", "会議番号").rules
    assert "表題又はシート名に書けば、列を省略できる" in entry("practice", "年度").rules


def test_the_identity_and_the_version_are_told_in_words():
    assert identity_words(all_returns()["consultation"]) == "市区町村・年月・側"
    assert version_words(all_returns()["example"]) == "第1版（令和6年4月1日から）"


def test_a_question_offers_yes_and_no_with_its_own_words_beside():
    field = all_returns()["practice"].field("platform")
    assert choices(field) == ("有", "無")
    assert "設置済" in other_spellings(field)["有"]
    assert "未設置" in other_spellings(field)["無"]
    assert choices(all_returns()["meeting"].field("case_count")) == ()


def test_every_field_of_every_return_says_how_it_is_written():
    for declared in all_returns().values():
        assert len(entries(declared)) == len(declared.fields)
        for one in entries(declared):
            assert one.kind
            assert one.how.endswith(("。", "）")), one.how


def test_every_rule_is_told_without_a_place_left_open():
    rules = rules_in_words()
    assert {rule.id for rule in rules} == set(all_rules())
    assert [rule.level for rule in rules] == sorted((rule.level for rule in rules), key=["file", "row", "notice"].index)
    for rule in rules:
        for text in (rule.message, rule.action):
            assert not re.search(r"[{}]", without_places(text))
