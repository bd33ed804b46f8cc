"""会議資料: choosing what goes into a pack, making it, keeping choices, recording what the meeting decided."""

from __future__ import annotations

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

from desk import choices, meetings
from desk.choices import Choice
from desk.records import Desk, desk_url
from metrics.catalog import load_catalog
from tests.pages.conftest import Opened
from tests.pages.page_text import cards, words
from tests.sample_database import SENDERS, SILENT, SampleDatabase


def desk_of(database: SampleDatabase) -> Desk:
    return Desk(desk_url(database.place))


def press(app: AppTest, label: str) -> AppTest:
    found = [one for one in app.button if one.label == label]
    assert len(found) == 1, [one.label for one in app.button]
    found[0].click()
    app.run()
    assert [one.message for one in app.exception] == []
    return app


def shown(app: AppTest) -> str:
    return "\n".join(one.proto.body for one in app.get("html"))


def pages_shown(app: AppTest) -> str:
    """What the pictures of pages say to a screen reader."""
    return "\n".join(one.alt for found in app.get("image") for one in found.proto.imgs)


def button(app: AppTest, label: str) -> Button:
    (found,) = (one for one in app.button if one.label == label)
    return found


def place(app: AppTest) -> str:
    """「2／7ページ」."""
    (found,) = (one.value.strip("*") for one in app.markdown if "ページ**" in one.value)
    return found


def said(app: AppTest) -> str:
    return "\n".join(one.value for one in (*app.success, *app.warning, *app.error, *app.info))


def test_the_link_chooses_and_what_is_chosen_is_in_the_link(internal: SampleDatabase, open_page: Opened) -> None:
    link = {"for": "municipality", "areas": f"m-{SENDERS['夕凪原市']}-{SENDERS['青苑市']}", "fy": "2023", "month": "6"}
    link |= {"sections": "municipality-facts-key", "as": "file-xlsx-pdf"}
    app = open_page("packs", **link)
    assert dict(app.query_params) == link
    assert "2市区町村、4ファイルをZIPにまとめます。" in words(app)
    assert "夕凪原市" in pages_shown(app)
    app.selectbox(key="of").set_value(SENDERS["青苑市"]).run()
    assert "青苑市" in pages_shown(app)
    assert open_page("packs").query_params == {}


@pytest.mark.parametrize(
    ("link", "asked"),
    [
        ({"for": "municipality"}, "市区町村を1つ以上選んでください"),
        ({"sections": "prefecture"}, "載せる項目を1つ以上選んでください"),
        ({"as": "file"}, "形式を1つ以上選んでください"),
    ],
)
def test_what_is_missing_is_asked_for_instead_of_an_empty_pack(
    internal: SampleDatabase, open_page: Opened, link: dict[str, str], asked: str
) -> None:
    app = open_page("packs", **link)
    assert asked in said(app)
    assert [one.label for one in app.button if one.label == "作成する"] == []


def test_the_pages_of_the_pdf_are_shown_one_by_one(internal: SampleDatabase, open_page: Opened) -> None:
    app = open_page("packs", sections="prefecture-facts-key-bodies")
    turned = [place(app)]
    while not button(app, "次のページ").disabled:
        turned.append(place(press(app, "次のページ")))
    assert len(turned) > 1 and turned == [f"{page}／{len(turned)}ページ" for page in range(1, len(turned) + 1)]
    assert pages_shown(app).endswith(f"{len(turned)}ページ")
    assert place(press(app, "前のページ")) == turned[-2]
    # Fewer pages than the one that was looked at: the last of them.
    assert "1ページ" in words(open_page("packs", **{"for": "municipality", "areas": f"m-{SILENT['水琴町']}"}))


def test_a_made_pack_is_offered_until_the_choice_changes(internal: SampleDatabase, open_page: Opened) -> None:
    app = press(open_page("packs", sections="prefecture-facts", **{"as": "file-xlsx"}), "作成する")
    made = app.session_state["pack-made"]
    (name,) = made.files
    assert name.startswith("会議資料_見本県") and name.endswith(".xlsx")
    assert made.files[name].startswith(b"PK")
    assert len(app.get("download_button")) == 1
    app.selectbox(key="fy").set_value(2023).run()
    assert app.get("download_button") == []


def test_a_set_of_choices_is_kept_used_again_and_given_up(own_copy: SampleDatabase, open_page: Opened) -> None:
    link = {"for": "municipality", "areas": f"m-{SENDERS['青苑市']}", "fy": "2023", "as": "file-pdf"}
    app = open_page("packs", **link)
    app.text_input(key="choice-name").set_value("青苑市の打合せ")
    press(app, "保存する")
    kept = {name: choices.choice_of(one) for name, one in choices.standing(desk_of(own_copy)).items()}
    assert kept == {"青苑市の打合せ": Choice("municipality", 2023, 0, (SENDERS["青苑市"],), (), ("pdf",))}
    again = open_page("packs")
    again.selectbox(key="kept-choice").set_value("青苑市の打合せ").run()
    press(again, "この条件を使う")
    assert dict(again.query_params) == link
    again.selectbox(key="kept-choice").set_value("青苑市の打合せ").run()
    press(again, "この条件を削除")
    assert choices.standing(desk_of(own_copy)) == {}
    assert "削除しました" in said(again)


def record(app: AppTest, **texts: str) -> AppTest:
    """Fills the form in and sends it."""
    for name, text in texts.items():
        field = next(one for one in (*app.text_input, *app.text_area) if (one.key or "").startswith(f"{name}-"))
        field.set_value(text)
    return press(app, "決定を記録する")


def test_a_decision_is_recorded_with_the_figures_of_that_day_and_taken_back(
    own_copy: SampleDatabase, open_page: Opened
) -> None:
    app = open_page("packs")
    next(one for one in app.multiselect if (one.key or "").startswith("concerns-")).set_value(["recommendation_rate"])
    record(app, meeting="第1回連携会議", decision="利用勧奨の手順を作る。", comment="年内に")
    (entry,) = meetings.standing(desk_of(own_copy))
    decision = meetings.decision_of(entry)
    assert (decision.on, decision.meeting, decision.decision) == (
        date.today(),
        "第1回連携会議",
        "利用勧奨の手順を作る。",
    )
    title = load_catalog()["recommendation_rate"].title
    figure = cards(open_page("overview"))[title].value
    assert decision.figures[0].text.removesuffix("（一部）") == figure.removesuffix("（一部）")
    table = next(one.value for one in app.dataframe if "会議の時の数値" in one.value.columns)
    assert table.loc[0, "会議の時の数値"].startswith(f"{title} {decision.figures[0].text}")
    pack = shown(open_page("packs", shown="decisions"))
    assert "利用勧奨の手順を作る。" in pack and decision.figures[0].text.removesuffix("（一部）") in pack
    app.selectbox(key="undo-decision-id").set_value(entry.id)
    press(app, "決定の記録を取り消す")
    assert meetings.standing(desk_of(own_copy)) == []
    table = next(one.value for one in app.dataframe if "会議の時の数値" in one.value.columns)
    assert table.loc[0, "状態"].startswith("取り消し（")


@pytest.mark.parametrize(
    ("texts", "answer"),
    [
        ({"decision": "手順を作る。"}, "会議の名前を入力してください"),
        ({"meeting": "第1回"}, "決定かコメントを入力してください"),
        ({"meeting": "第1回", "decision": "連絡先は090-1234-5678とする。"}, "電話番号"),
    ],
)
def test_what_lacks_words_or_names_a_person_is_not_kept(
    own_copy: SampleDatabase, open_page: Opened, texts: dict[str, str], answer: str
) -> None:
    app = record(open_page("packs"), **texts)
    assert answer in said(app)
    assert "090-1234" not in said(app)
    assert meetings.history(desk_of(own_copy)) == []
    typed = [one.value for one in (*app.text_input, *app.text_area)]
    assert all(text in typed for text in texts.values())
