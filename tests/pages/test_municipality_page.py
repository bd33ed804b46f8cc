"""市町村: one municipality beside the prefecture and its peers, against a recount."""

from __future__ import annotations

from statistics import median

import pytest

from metrics.catalog import load_catalog
from metrics.matching import CAUTION
from tests import recount
from tests.pages.conftest import Opened
from tests.pages.page_text import open_folds, words
from tests.pages.tables import html_of, table_having
from tests.sample_database import SENDERS, SILENT, SampleDatabase

LAST_YEAR = recount.fiscal_year(2024)
COUNTED = {
    "recommendation_rate": ("core.referral", recount.recommended),
    "handover_rate": ("core.referral", recount.handed_over),
    "consent_rate": ("core.referral", recount.consent_given),
    "platform_attendance": ("core.attendance", recount.attended),
}


@pytest.mark.parametrize("name", ["夕凪原市", "青苑市", "風花村"])
def test_every_indicator_stands_beside_the_prefecture(internal: SampleDatabase, open_page: Opened, name: str) -> None:
    table = table_having(open_page("municipality", area=SENDERS[name]), "指標", "類似・四分位範囲")
    assert set(table["指標"]) == {one.title for one in load_catalog().values()}
    table = table.set_index("指標")
    for indicator, (source, count) in COUNTED.items():
        rows = recount.within(internal.rows(source), LAST_YEAR)
        own, whole = count([row for row in rows if row["area_code"] == SENDERS[name]]), count(rows)
        shown = table.loc[load_catalog()[indicator].title]
        if own[1]:
            assert shown["値"].removesuffix("（一部）") == recount.per_cent(own), indicator
            assert shown["件数"] == f"{own[0]:,} ／ {own[1]:,}件"
        assert shown["県全体"].removesuffix("（一部）") == recount.per_cent(whole), indicator


def test_the_middle_of_the_peers_equals_a_recount(internal: SampleDatabase, open_page: Opened) -> None:
    peers = ("夕凪原市", "風待市", "ひだまり市")
    own = SENDERS["青苑市"]
    app = open_page("municipality", area=own, peers="-".join([own, *(SENDERS[one] for one in peers)]))
    shown = table_having(app, "指標", "類似・四分位範囲").set_index("指標").loc["つなぎの実施率"]
    rows = recount.within(internal.rows("core.referral"), LAST_YEAR)
    counted = [recount.handed_over([row for row in rows if row["area_code"] == SENDERS[one]]) for one in peers]
    assert all(of >= 10 for _, of in counted)
    assert shown["類似・中央値（全数の指標は合計）"] == f"{median(yes / of for yes, of in counted) * 100:.1f}"
    assert shown["類似・市区町村数"] == "3"


def test_the_chart_says_what_the_table_says(internal: SampleDatabase, open_page: Opened) -> None:
    app = open_page("municipality", area=SENDERS["青苑市"])
    table = table_having(app, "指標", "類似・四分位範囲").set_index("指標")
    chart = html_of(app)
    for indicator in load_catalog().values():
        if indicator.kind == "proportion" and table.loc[indicator.title, "95％信頼区間"]:
            value, interval = table.loc[indicator.title, ["値", "95％信頼区間"]]
            assert f"{value}<span class=s>（{interval}）</span>" in chart


def test_only_real_differences_are_put_into_words(internal: SampleDatabase, open_page: Opened) -> None:
    for name in ("夕凪原市", "青苑市", "風待市", "小鳩町", "風花村"):
        app = open_page("municipality", area=SENDERS[name])
        table = table_having(app, "指標", "類似・四分位範囲")
        real = table[table["県全体との差"].isin(["高い", "低い"])]["指標"].tolist()
        said = [one for one in words(app).split("\n") if "より偶然を超えて" in one]
        assert len(said) == min(3, len(real)), name
        assert all(any(line.startswith(f"- {title}は") for title in real) for line in said)
        if not real:
            assert "県全体と偶然を超えて差があると言える指標はありません（差があるとは言えない）" in words(app)


def test_a_silent_municipality_is_marked_everywhere(internal: SampleDatabase, open_page: Opened) -> None:
    app = open_page("municipality", area=SILENT["水琴町"])
    shown = words(app)
    assert "この期間の報告がないため、県全体と比べられる指標がありません" in shown
    assert "nan" not in shown + html_of(app)
    table = table_having(app, "指標", "類似・四分位範囲")
    monthly = [one.title for one in load_catalog().values() if not one.is_yearly]
    assert set(table.set_index("指標").loc[monthly, "値"]) == {"未提出"}


def test_months_that_stopped_coming_are_marked_as_not_sent(internal: SampleDatabase, open_page: Opened) -> None:
    app = open_page("municipality", area=SENDERS["風待市"])
    (matrix,) = [one.proto.body for one in app.get("html") if "提出の状況" in one.proto.body]
    row = matrix.split("<th>相互紹介記録")[1].split("<tr")[0]
    cells = [cell.split(">")[1] for cell in row.split("<td")[1:]]
    sent = {row["period"]: row["state"] for row in internal.rows("core.coverage")
            if row["area_code"] == SENDERS["風待市"] and row["return_id"] == "referral"}  # fmt: skip
    marks = {"received": "●", "zero": "0", "partial": "△"}
    assert [cell[0] for cell in cells] == [marks.get(sent.get(month, ""), "未") for month in LAST_YEAR]
    assert [cell[0] for cell in cells[-3:]] == ["未"] * 3


def test_bodies_and_practices_are_those_sent(internal: SampleDatabase, open_page: Opened) -> None:
    code = SENDERS["夕凪原市"]
    (answer,) = [
        row for row in internal.rows("core.practice") if row["area_code"] == code and row["fiscal_year"] == 2024
    ]
    chart = html_of(open_page("municipality", area=code))
    word = {True: "有", False: "無", None: "…"}[answer["liaison_designated"]]
    assert f"<td>{word}" in chart.split("<th>連絡調整担当")[1].split("<tr")[0].replace(" class='n'", "")
    assert "<th>官民連携プラットフォーム" in chart


def test_cases_carry_the_caution(internal: SampleDatabase, open_page: Opened) -> None:
    for name in ("夕凪原市", "青苑市"):
        app = open_page("municipality", area=SENDERS[name])
        assert CAUTION in words(app)
        assert any(
            one in words(app) for one in ("か月", "事例がありません", "事例を挙げていません", "ものがありません")
        )


def test_before_a_choice_all_municipalities_are_offered(internal: SampleDatabase, open_page: Opened) -> None:
    app = open_page("municipality")
    assert "市区町村が選ばれていません" in words(app)
    open_folds(app)
    assert len(table_having(app, "市区町村", "種別", "人口（人）")) == 41


def test_the_choice_of_another_page_is_taken_over(internal: SampleDatabase, open_page: Opened) -> None:
    app = open_page("gap", area=SENDERS["小鳩町"])
    app.switch_page("pages/internal/municipality.py").run()
    assert app.title[0].value.startswith("市町村：小鳩町の状況")


def test_peers_changed_on_one_page_hold_on_the_other(internal: SampleDatabase, open_page: Opened) -> None:
    area = SENDERS["青苑市"]
    app = open_page("gap", area=area)
    box = app.multiselect(key=f"peers-of-{area}")
    box.set_value(box.value[:4]).run()
    app.switch_page("pages/internal/municipality.py").run()
    assert len(app.multiselect(key=f"peers-of-{area}").value) == 4
