"""受付: names that no category is known for are sorted there and then, and the sorting can be taken back."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from desk import aliases
from desk.records import Desk, desk_url
from tests.pages.conftest import Opened
from tests.pages.page_text import table_with, words
from tests.sample_database import SampleDatabase

NAME = "まちの縁側の会"


def pressed(app: AppTest, label: str) -> AppTest:
    next(one for one in app.button if one.label == label).click()
    app.run()
    assert [found.message for found in app.exception] == []
    return app


def sorted_into(app: AppTest, category: str) -> AppTest:
    app.multiselect(key="names").set_value([NAME])
    app.selectbox(key="category").set_value(category)
    return pressed(app, "保存して集計に反映する")


def in_rows(database: SampleDatabase) -> int:
    """How often the name stands in any return, counted by hand."""
    places = (("raw.meeting", ("organisation",)), ("raw.referral", ("from_department", "to_agency")))
    return sum(row[column] == NAME for table, columns in places for row in database.rows(table) for column in columns)


def test_a_name_without_category_is_listed_with_how_often_and_where(
    internal: SampleDatabase, open_page: Opened
) -> None:
    table = table_with(open_page("intake"), "名前").set_index("名前")
    assert list(table.index) == [NAME]
    assert table.loc[NAME, "行数"] == in_rows(internal)
    assert "会議開催・出席記録の参加機関" in table.loc[NAME, "どこで"]


def test_a_sorted_name_counts_in_its_category_and_leaves_the_list(own_copy: SampleDatabase, open_page: Opened) -> None:
    app = open_page("intake")
    app.text_input(key="who").set_value("佐竹").run()
    sorted_into(app, "NPO")
    assert f"{NAME}を「NPO」に分類し、集計に反映しました" in app.success[0].value
    assert "分類の分からない機関名はありません" in words(app)
    categories = {row["name"]: row["category"] for row in own_copy.rows("raw.organisation")}
    assert categories[NAME] == "NPO"
    entry = table_with(app, "入力日時").to_dict("records")
    assert [(one["名前"], one["分類"], one["入力した人"], one["状態"]) for one in entry] == [
        (NAME, "NPO", "佐竹", "有効")
    ]


def test_a_sorting_taken_back_puts_the_name_on_the_list_again(own_copy: SampleDatabase, open_page: Opened) -> None:
    app = sorted_into(open_page("intake"), "企業")
    desk = Desk(desk_url(own_copy.place))
    assert aliases.mappings(desk) == {NAME: "企業"}
    app.selectbox(key="undo-name-id").set_value(aliases.history(desk)[0].id)
    pressed(app, "取り消して集計に反映する")
    assert aliases.mappings(desk) == {}
    assert list(table_with(app, "名前")["名前"]) == [NAME]
    assert list(table_with(app, "入力日時")["状態"]) == ["", "取り消し済み"]


@pytest.mark.parametrize("left_out", ["names", "category"])
def test_saving_without_a_choice_says_what_is_missing(
    own_copy: SampleDatabase, open_page: Opened, left_out: str
) -> None:
    app = open_page("intake")
    if left_out != "names":
        app.multiselect(key="names").set_value([NAME])
    if left_out != "category":
        app.selectbox(key="category").set_value("NPO")
    pressed(app, "保存して集計に反映する")
    assert any("名前と分類を選んでから" in one.value for one in app.warning)
    assert aliases.mappings(Desk(desk_url(own_copy.place))) == {}
