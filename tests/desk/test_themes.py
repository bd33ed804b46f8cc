"""The list of themes, and how free words of municipalities find their place in it."""

import pytest

from desk.themes import themes, themes_of


def test_the_list_is_in_order_and_each_name_stands_once():
    assert [theme.id for theme in themes()] == [
        *("liaison", "training", "leaflet", "recommendation", "departments", "consent", "outreach", "place"),
        *("platform", "meeting_seat", "joint_meeting", "other"),
    ]
    assert len({theme.name for theme in themes()}) == len(themes())


def test_the_items_of_the_notice_that_ask_for_practice_have_a_theme():
    assert {item for theme in themes() for item in theme.notice} == {"N1", "N3", "N4", "N5", "N6", "N7", "N8", "N10"}


@pytest.mark.parametrize(
    ("category", "expected"),
    [
        ("アウトリーチ", ("outreach",)),
        ("ｱｳﾄﾘｰﾁ・訪問", ("outreach",)),
        ("家庭訪問", ("outreach",)),
        ("税務部署からの紹介", ("departments",)),
        ("PF", ("platform",)),
        ("ＰＦ", ("platform",)),
        ("会議体の連携", ("joint_meeting",)),
        ("同じ日の開催", ("joint_meeting",)),
        ("支援会議と協議会の同日開催", ("meeting_seat", "joint_meeting")),
        ("庁内連携", ("liaison", "departments")),
        ("居場所づくり", ("place",)),
        ("その他の取組", ("other",)),
        ("", ("other",)),
        (None, ("other",)),
    ],
)
def test_a_category_finds_its_themes(category, expected):
    assert themes_of(category) == expected
