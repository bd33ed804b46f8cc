"""事例: cases are found, read, entered, mended, marked and taken up; what is entered is guarded and can be undone."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from desk import adoptions, cases
from desk.adoptions import Adoption
from desk.records import Desk, desk_url
from metrics.matching import CAUTION
from tests.pages.conftest import Opened
from tests.pages.page_text import table_with, words
from tests.pages.tables import html_of, table_having
from tests.sample_database import SENDERS, SampleDatabase

PUBLIC_CASE, PRIVATE_CASE = "993026-K-01", "992054-風-7"  # 公開可否: 可, 否
Fits = Callable[[dict[str, Any]], bool]
TELEPHONE = "090-1234-5678"


def cases_of(database: SampleDatabase) -> list[dict[str, Any]]:
    return database.rows("core.example")


def desk_of(database: SampleDatabase) -> Desk:
    return Desk(desk_url(database.place))


def listed(app: AppTest) -> list[str]:
    """Titles of the cases on the list's page."""
    return [one.label for one in app.button if str(one.key).startswith("read-")]


def pressed(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert [found.message for found in app.exception] == []
    return app


def submitted(app: AppTest, label: str) -> AppTest:
    next(one for one in app.button if one.label == label).click().run()
    assert [found.message for found in app.exception] == []
    return app


def signed(app: AppTest, name: str = "佐竹") -> AppTest:
    app.text_input(key="who").set_value(name).run()
    return app


def unfolded(app: AppTest, key: str) -> AppTest:
    app.session_state[key] = True
    app.run()
    return app


def shown_text(app: AppTest) -> str:
    """The HTML of the page as text."""
    return html.unescape(re.sub(r"<[^>]*>", "", html_of(app)))


def test_the_list_has_every_case_and_the_table_every_field(internal: SampleDatabase, open_page: Opened) -> None:
    sent = cases_of(internal)
    app = open_page("cases")
    assert f"{len(sent)}件の事例のうち、{len(sent)}件が当てはまります" in words(app)
    latest = sorted(sent, key=lambda case: str(case["updated_date"] or ""), reverse=True)
    assert listed(app)[0] == latest[0]["case_title"]
    table = table_having(app, "事例番号", "苦労したこと").set_index(["団体コード", "事例番号"])
    assert len(table) == len(sent)
    for case in sent:
        row = table.loc[(case["area_code"], case["example_id"])]
        assert row["苦労したこと"] == (case["difficulties"] or "")
        assert row["状態"] == "◇ 下書き"


@pytest.mark.parametrize("query", ["訪問", "アウトリーチ", "家庭を訪ねる"])
def test_a_case_is_found_by_words_that_mean_the_same(internal: SampleDatabase, open_page: Opened, query: str) -> None:
    app = open_page("cases", q=query)
    assert "団地の一棟を1年かけて回る家庭訪問" in listed(app)
    assert len(listed(app)) < len(cases_of(internal))
    assert "<mark>" in html_of(app)
    assert app.text_input(key="q").value == query


def test_words_that_no_case_holds_find_nothing_and_the_page_says_what_to_do(
    internal: SampleDatabase, open_page: Opened
) -> None:
    app = open_page("cases", q="宇宙望遠鏡")
    assert listed(app) == []
    assert "条件に当てはまる事例はありません" in words(app)


@pytest.mark.parametrize(
    ("query", "holds"),
    [
        ({"kind": "村"}, lambda case: case["area_code"] == SENDERS["こだまの村"]),
        ({"theme": "outreach"}, lambda case: "訪問" in case["category"] or "アウトリーチ" in case["category"]),
        ({"about": "recommendation_rate"}, lambda case: "利用勧奨の実施率" in (case["indicators"] or "").split("、")),
        ({"form": "none"}, lambda case: not case["meeting_form"]),
        ({"state": "shared"}, lambda case: False),
    ],
)
def test_a_filter_keeps_the_cases_that_fit(
    internal: SampleDatabase, open_page: Opened, query: dict[str, str], holds: Fits
) -> None:
    app = open_page("cases", **query)
    fitting = {case["case_title"] for case in cases_of(internal) if holds(case)}
    assert set(listed(app)) <= fitting
    assert len(listed(app)) == min(len(fitting), 10)
    assert f"、{len(fitting)}件が当てはまります" in words(app)


def test_cases_are_told_apart_by_the_size_of_their_municipality(internal: SampleDatabase, open_page: Opened) -> None:
    people = {row["area_code"]: row["population"] for row in internal.rows("core.area")}
    small = {case["case_title"] for case in cases_of(internal) if people[case["area_code"]] < 10_000}
    assert small
    assert set(listed(open_page("cases", size="1"))) == small


def test_a_case_shows_its_whole_sheet_with_difficulties_beside_what_went_well(
    internal: SampleDatabase, open_page: Opened
) -> None:
    app = open_page("cases", case=PUBLIC_CASE)
    (case,) = [one for one in cases_of(internal) if f"{one['area_code']}-{one['example_id']}" == PUBLIC_CASE]
    assert app.title[0].value == f"事例：{case['case_title']}"
    shown = shown_text(app)
    prose = ("reason", "first_steps", "devices", "benefits", "difficulties", "outcome", "challenges", "partners")
    assert [field for field in prose if str(case[field]) not in shown] == []
    assert "令和6年5月13日" in shown
    assert "（記入なし）" in shown  # its meeting_form is blank
    two = re.search(r"<div class=two>(.*?)</div></div>", html_of(app), re.DOTALL)
    assert two is not None
    assert re.findall(r"<h4>(.*?)</h4>", two.group(1)) == ["取り組んで良かったこと", "苦労したこと"]
    assert two.group(1).count("<div class=box>") == 2


def test_a_card_opens_its_case_and_the_case_goes_back_to_the_list(internal: SampleDatabase, open_page: Opened) -> None:
    app = pressed(open_page("cases", q="予約"), f"read-{PUBLIC_CASE}")
    assert app.title[0].value == "事例：その場で予約まで取る利用勧奨"
    assert app.query_params["case"] == PUBLIC_CASE
    pressed(app, "close-case")
    assert "case" not in app.query_params
    assert app.text_input(key="q").value == "予約"


def test_a_link_to_a_case_that_is_not_there_shows_the_list(internal: SampleDatabase, open_page: Opened) -> None:
    app = open_page("cases", case="992011-なし")
    assert "見つかりません" in app.warning[0].value
    assert listed(app)


def test_a_case_is_shared_and_published_with_who_and_when_and_taken_back(
    own_copy: SampleDatabase, open_page: Opened
) -> None:
    app = signed(open_page("cases", case=PUBLIC_CASE))
    pressed(app, "mark-shared")
    assert "状態を「県内共有」にしました（佐竹、" in app.success[0].value
    assert re.search(r"状態：◆ 県内共有（佐竹、\d{4}-\d\d-\d\d ", words(app))
    pressed(app, "mark-public")
    assert "状態：● 一般公開（佐竹" in words(app)
    history = cases.history(desk_of(own_copy), cases.merged(cases_of(own_copy), desk_of(own_copy))[0])
    assert history == []  # of another case
    table = table_with(app, "入力日時")
    assert list(table["内容"]) == ["状態：一般公開", "状態：県内共有"]
    app.selectbox(key="undo-case-id").set_value(desk_of(own_copy).records(cases.STATE)[1].id)
    submitted(app, "記録を取り消す")
    assert "状態：◆ 県内共有（佐竹" in words(app)
    assert listed(open_page("cases", state="shared")) == ["その場で予約まで取る利用勧奨"]


def test_what_the_municipality_did_not_allow_cannot_be_published(own_copy: SampleDatabase, open_page: Opened) -> None:
    app = open_page("cases", case=PRIVATE_CASE)
    assert app.button(key="mark-public").disabled
    assert not app.button(key="mark-shared").disabled
    assert "公開可否が「否」のため、一般公開にはできません" in words(app)


def entered(app: AppTest, **fields: str) -> AppTest:
    """Fills in the form of a new case and hands it in."""
    unfolded(app, "new-case")
    signed(app)
    app.selectbox(key="new-area").set_value(SENDERS["青苑市"])
    for name, text in fields.items():
        kind = app.text_input if name in ("case_title", "partners", "contact", "source") else app.text_area
        kind(key=f"new-{name}").set_value(text)
    return submitted(app, "事例を保存する")


def test_a_case_entered_by_form_is_a_draft_that_opens_at_once_and_can_be_taken_back(
    own_copy: SampleDatabase, open_page: Opened
) -> None:
    app = entered(open_page("cases"), case_title="雪の日の声掛け", difficulties="当番が足りない。\n車も足りない。")
    (record,) = desk_of(own_copy).records(cases.CASE)
    assert (record.subject, record.who) == (SENDERS["青苑市"], "佐竹")
    assert record.value == {"case_title": "雪の日の声掛け", "difficulties": "当番が足りない。\n車も足りない。"}
    assert app.title[0].value == "事例：雪の日の声掛け"
    assert "当番が足りない。\n車も足りない。" in shown_text(app)
    assert "状態：◇ 下書き" in words(app)
    assert listed(open_page("cases", q="雪の日")) == ["雪の日の声掛け"]
    app.selectbox(key="undo-case-id").set_value(record.id)
    submitted(app, "記録を取り消す")
    assert listed(open_page("cases", q="雪の日")) == []


@pytest.mark.parametrize(
    ("field", "text", "kind"),
    [
        ("difficulties", f"夜間は\n{TELEPHONE}に電話する。", "電話番号"),
        ("benefits", "相談者氏名：山田太郎さんが元気になった。", "氏名"),
        ("case_title", f"相談は{TELEPHONE}まで", "電話番号"),
    ],
)
def test_personal_information_is_refused_with_its_place_and_never_repeated(
    own_copy: SampleDatabase, open_page: Opened, field: str, text: str, kind: str
) -> None:
    app = entered(open_page("cases"), **{"case_title": "夜の見守り", field: text})
    (said,) = [one.value for one in app.error]
    heading = {"difficulties": "苦労したこと", "benefits": "取り組んで良かったこと", "case_title": "事例名"}[field]
    assert "何も保存していません" in said
    assert f"「{heading}」" + ("の2行目" if "\n" in text else "") in said
    assert kind in said
    assert TELEPHONE not in said
    assert "山田" not in said
    assert desk_of(own_copy).count() == 0


def test_a_form_without_title_or_with_a_formula_is_sent_back(own_copy: SampleDatabase, open_page: Opened) -> None:
    app = entered(open_page("cases"), case_title="", source="=1+1")
    assert "事例名を入力してください" in app.error[0].value
    assert "「出典」は「=」" in app.error[0].value
    assert desk_of(own_copy).count() == 0


def test_what_was_entered_cannot_act_as_markup(own_copy: SampleDatabase, open_page: Opened) -> None:
    title = "<script>alert(1)</script><b>太字</b>"
    app = entered(open_page("cases"), case_title=title, difficulties="<img src=x onerror=alert(1)>")
    shown = html_of(app)
    assert "<img" not in shown
    assert "&lt;img src=x" in shown
    found = html_of(open_page("cases", q="太字"))
    assert "<script" not in found


def test_a_mended_field_is_recorded_shown_as_such_and_taken_back(own_copy: SampleDatabase, open_page: Opened) -> None:
    app = signed(unfolded(open_page("cases", case=PUBLIC_CASE), "edit-case"))
    before = next(one for one in cases_of(own_copy) if one["example_id"] == "K-01")
    area = f"edit-{PUBLIC_CASE.replace('-', '/', 1)}-0-difficulties"
    assert app.text_area(key=area).value == before["difficulties"]
    app.text_area(key=area).set_value("当日に来ない人が3割いた。")
    submitted(app, "修正を保存する")
    (record,) = desk_of(own_copy).records(cases.EDIT)
    assert record.value["changed"] == {"difficulties": "当日に来ない人が3割いた。"}
    assert "当日に来ない人が3割いた。（県が修正）" in shown_text(app)
    app.selectbox(key="undo-case-id").set_value(record.id)
    submitted(app, "記録を取り消す")
    assert str(before["difficulties"]) in shown_text(app)
    assert "県が修正" not in shown_text(app)


def test_handing_in_the_form_unchanged_records_nothing(own_copy: SampleDatabase, open_page: Opened) -> None:
    for link in (PUBLIC_CASE, PRIVATE_CASE, "992011-J-01"):
        app = submitted(unfolded(open_page("cases", case=link), "edit-case"), "修正を保存する")
        assert any("変わった項目がない" in one.value for one in app.info)
    assert desk_of(own_copy).count() == 0


def test_a_sheet_with_odd_dates_and_indicators_can_be_mended(own_copy: SampleDatabase, open_page: Opened) -> None:
    sheet = {"case_title": "古い取組", "started_date": "1987-04-01", "indicators": "昔の指標、昔の指標、つなぎの実施率"}
    record = cases.enter(desk_of(own_copy), SENDERS["青苑市"], sheet, "佐竹")
    link = f"{SENDERS['青苑市']}-{cases.example_id_of(record)}"
    app = submitted(unfolded(open_page("cases", case=link), "edit-case"), "修正を保存する")
    assert any("変わった項目がない" in one.value for one in app.info)
    app.multiselect(key=f"edit-{link.replace('-', '/', 1)}-0-indicators").set_value(["つなぎの実施率"])
    submitted(app, "修正を保存する")
    assert desk_of(own_copy).records(cases.EDIT)[0].value["changed"] == {"indicators": "つなぎの実施率"}


def adopted(app: AppTest, town: str, stage: str, day: date) -> AppTest:
    app.selectbox(key="adopt-area").set_value(SENDERS[town])
    app.radio(key="adopt-stage").set_value(stage)
    app.date_input(key="adopt-day").set_value(day)
    return submitted(app, "記録する")


def test_an_adoption_is_recorded_shown_on_the_case_and_in_the_state_of_sharing_and_undone(
    own_copy: SampleDatabase, open_page: Opened
) -> None:
    app = signed(open_page("cases", case=PUBLIC_CASE))
    adopted(app, "青苑市", "looked", date(2024, 5, 1))
    adopted(app, "青苑市", "adopted", date(2024, 7, 1))
    assert "青苑市が令和6年7月1日に「取り入れた」と記録しました" in app.success[0].value
    table = table_having(app, "見た", "取り入れた").set_index("市区町村")
    assert dict(table.loc["青苑市"]) == {"見た": "令和6年5月1日", "試した": "", "取り入れた": "令和6年7月1日"}
    sharing = table_having(open_page("cases"), "届いた先").set_index("市区町村")
    assert (sharing.loc["青苑市", "見た"], sharing.loc["青苑市", "取り入れた"]) == (1, 1)
    assert sharing.loc["小鳩町", "届いた先"] == 1
    assert sharing["取り入れた"].sum() == 1
    desk = desk_of(own_copy)
    app.selectbox(key="undo-adoption-id").set_value(adoptions.history(desk)[-1].id)
    submitted(app, "取り入れの記録を取り消す")
    assert [(one.stage, one.area_code) for one in adoptions.adoptions(desk)] == [("looked", SENDERS["青苑市"])]


def test_no_municipality_adopts_its_own_case_and_none_chosen_is_asked_for(
    own_copy: SampleDatabase, open_page: Opened
) -> None:
    app = open_page("cases", case=PUBLIC_CASE)
    assert "小鳩町" not in app.selectbox(key="adopt-area").options
    submitted(app, "記録する")
    assert any("市区町村を選んでから" in one.value for one in app.warning)
    assert desk_of(own_copy).count() == 0


def recommended(database: SampleDatabase, area: str, months: set[str]) -> tuple[int, int]:
    """Recommended and answered referrals of a municipality in some months, counted by hand."""
    rows = [
        row["recommended"]
        for row in database.rows("core.referral")
        if row["area_code"] == area and row["period"] in months and row["from_department"] != "自立相談支援機関"
    ]
    return sum(one is True for one in rows), sum(one is not None for one in rows)


def test_before_and_after_an_adoption_are_counted_from_the_rows(own_copy: SampleDatabase, open_page: Opened) -> None:
    adoptions.enter(
        desk_of(own_copy),
        Adoption(SENDERS["夕凪原市"], SENDERS["小鳩町"], "K-01", "adopted", date(2024, 3, 10)),
        "佐竹",
    )
    app = open_page("cases", case=PUBLIC_CASE)
    before = {f"2023-{month:02d}" for month in range(3, 13)} | {"2024-01", "2024-02"}
    after = {f"2024-{month:02d}" for month in range(4, 13)} | {"2025-01", "2025-02", "2025-03"}
    row = next(
        re.sub(r"<[^>]*>", "|", line)
        for line in html_of(app).split("<tr>")
        if line.startswith("<td>夕凪原市<") and "利用勧奨の実施率" in line
    )
    for months in (before, after):
        numerator, denominator = recommended(own_copy, SENDERS["夕凪原市"], months)
        assert f"{numerator / denominator * 100:.1f}％" in row
        assert f"{numerator:,} ／ {denominator:,}件" in row
    assert "R5.3～R6.2" in row
    assert "R6.4～R7.3" in row
    assert CAUTION in words(app)


def test_an_indicator_without_before_and_after_says_why(internal: SampleDatabase, open_page: Opened) -> None:
    shown = html_of(open_page("cases", case="992011-J-01")).split("<tr>")
    (row,) = [line for line in shown if "<td>連絡調整担当の決定" in line]
    assert "日数や全数の指標は、この方法では前後を比べない" in row


def test_who_has_contributed_is_counted(internal: SampleDatabase, open_page: Opened) -> None:
    app = open_page("cases", fy="2024")
    own = [case["area_code"] for case in cases_of(internal)]
    of_year = {
        case["area_code"]
        for case in cases_of(internal)
        if date(2024, 4, 1) <= case["updated_date"] <= date(2025, 3, 31)
    }
    places = {row["area_code"]: row["name"] for row in internal.rows("core.area")}
    shown = words(app)
    assert f"{len(places)}のうち{len(of_year)}市区町村" in shown
    assert f"これまでの事例は{len(own)}件（下書き{len(own)}件、県内共有0件、一般公開0件）" in shown
    silent = [name for code, name in places.items() if code not in own]
    assert f"（{len(silent)}）" in shown
    table = table_having(app, "届いた先").set_index("市区町村")
    for code, name in places.items():
        assert table.loc[name, "事例"] == own.count(code)


def test_adoptions_younger_than_the_figures_are_counted_when_asked_for(
    own_copy: SampleDatabase, open_page: Opened
) -> None:
    desk = desk_of(own_copy)
    adoptions.enter(desk, Adoption(SENDERS["青苑市"], SENDERS["小鳩町"], "K-01", "adopted", date(2024, 7, 1)), "佐竹")
    app = open_page("cases", fy="2024")
    shown = words(app)
    assert "集計に入っている記録がないため、対象外です" in shown
    assert "取り入れの記録（取り消しを含む）が1件あります" in shown
    pressed(app, "rebuild")
    assert "41のうち1市区町村（2.4％）" in words(app)
    assert "取り消しを含む" not in words(app)
