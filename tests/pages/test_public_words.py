"""Every public indicator has words of everyday life, and one without them is explained by its definition."""

from __future__ import annotations

from metrics.catalog import load_catalog
from ui.public.plain import KEY_INDICATORS, english_title, in_plain_words


def test_every_public_indicator_has_plain_words_in_two_languages() -> None:
    for one in load_catalog().values():
        if one.public:
            said = {"indicator_id": one.id, "title": one.title, "numerator_text": one.numerator, "denominator_text": ""}
            assert one.numerator not in in_plain_words(said), one.id
            assert in_plain_words(said).endswith("。"), one.id
            assert english_title(said).isascii(), one.id


def test_key_indicators_are_public() -> None:
    assert [one for one in KEY_INDICATORS if not load_catalog()[one].public] == []


def test_an_indicator_without_plain_words_is_explained_by_its_definition() -> None:
    new = {"indicator_id": "new", "title": "新", "numerator_text": "上", "denominator_text": "下"}
    assert in_plain_words(new) == "「下」に対する「上」です。"
    assert english_title(new) == "新"
