"""公表: what a draft hides and why, that an unsafe one can't be approved, approval and withdrawal with name and record."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from app import PUBLIC_PAGES
from desk.approvals import approvals, withdrawals
from desk.records import Desk
from desk.where import desk_url
from etl.store import Place
from release.draft import Draft, NothingToPublish, Options
from release.store import PublicStore
from tests.pages.conftest import Opened
from tests.pages.page_text import words
from tests.pages.release_drafts import draft_of, open_draft_of
from tests.pages.tables import html_of, table_having
from tests.sample_database import ROOT, SampleDatabase
from ui.internal import store
from ui.internal.release import drafts, work

Asked = list[Options]


@pytest.fixture
def prepared(monkeypatch: pytest.MonkeyPatch) -> Callable[[Draft], Asked]:
    """prepared(draft): what the button makes from now on; returns the options that are asked for."""

    def makes(draft: Draft) -> Asked:
        asked: Asked = []

        def prepare(place: object, options: Options, say: Callable[[str, float], None]) -> Draft:
            say("公表する表を作っています", 0.5)
            asked.append(options)
            return draft

        monkeypatch.setattr(work, "prepare", prepare)
        return asked

    return makes


def make(app: AppTest) -> AppTest:
    app.button(key="make-draft").click().run()
    asked = work.work_of(store.place())
    assert asked is not None and asked.is_over.wait(10)
    app.run()
    assert [found.message for found in app.exception] == []
    return app


def approve(app: AppTest) -> AppTest:
    app.text_input(key="who").set_value("県民課 佐藤").run()
    app.checkbox(key="approve-sure").check()
    submit(app, "承認して公表する")
    return app


def submit(app: AppTest, label: str) -> None:
    next(one for one in app.button if one.label == label).click().run()
    assert [found.message for found in app.exception] == []


def all_words(app: AppTest) -> str:
    return "\n".join([words(app), *(one.value for one in [*app.success, *app.warning])]).replace("**", "")


def test_before_the_first_release_the_page_says_what_to_do(own_copy: SampleDatabase, open_page: Opened) -> None:
    app = open_page("release")
    assert "公表しているデータはありません" in words(app)
    assert "公表の記録はまだありません" in words(app)
    assert app.multiselect(key="release-years").value[-1] == 2024
    assert "承認して公表する" not in [one.label for one in app.button]


def test_a_draft_says_what_it_hides_why_and_that_it_is_safe(
    own_copy: SampleDatabase, open_page: Opened, prepared: Callable[[Draft], Asked]
) -> None:
    asked = prepared(draft_of(own_copy.place))
    app = make(open_page("release"))
    assert asked[0].fiscal_years[-1] == 2024
    shown = all_words(app)
    assert "人や件数を数えた数値8件のうち、2件（25.0％）を伏せます。" in shown
    assert "少数のため伏せるものが1件、その保護のため伏せるものが1件" in shown
    assert "情報の損失は25.0％" in shown
    assert "次の理由により、1の指標は伏せません。" in shown
    assert "最も狭い範囲の幅は33で、決まり（幅10以上）を全て満たします" in shown
    assert "初めての公表です" in shown
    assert "10未満の数（3人）が書かれています" in shown
    assert "2 ／ 6（33.3％）" in html_of(app)  # three municipalities sent two counts each
    assert table_having(app, "伏せる（少数）")["伏せる割合（％）"].tolist() == [25.0]


def test_the_preview_is_the_table_as_it_will_stand(
    own_copy: SampleDatabase, open_page: Opened, prepared: Callable[[Draft], Asked]
) -> None:
    prepared(draft_of(own_copy.place))
    table = table_having(make(open_page("release")), "市区町村", "95％信頼区間").set_index("市区町村")
    assert table[["値（％）", "分子", "分母"]].to_dict("index") == {
        "夕凪原市": {"値（％）": "80.0", "分子": "120", "分母": "150"},
        "青苑市": {"値（％）": "x", "分子": "x", "分母": "60"},
        "風待市": {"値（％）": "x", "分子": "x", "分母": "33"},
        "風花村": {"値（％）": "未提出", "分子": "未提出", "分母": "未提出"},
        "見本県": {"値（％）": "68.7（一部）", "分子": "167", "分母": "243"},
    }


def test_a_draft_that_can_be_worked_out_is_named_and_not_approved(
    own_copy: SampleDatabase, open_page: Opened, prepared: Callable[[Draft], Asked]
) -> None:
    asked = prepared(open_draft_of(own_copy.place))
    app = make(open_page("release"))
    assert "1件は、決まり（幅10以上）より狭い範囲まで推測できます。このままでは公表できません。" in words(app)
    assert "内訳を載せず全体だけにすると公表できます" in words(app)
    opened = table_having(app, "推測できる範囲")
    assert opened[["場所", "数値", "推測できる範囲", "必要な幅"]].values.tolist() == [["風待市", "分子", "6～8", "10"]]
    assert "承認して公表する" not in [one.label for one in app.button]
    app.button(key="take-suggestions").click().run()
    assert "「つなぎの実施率」は内訳なし" in words(app)
    make(app)
    assert asked[-1].coarser == {"handover_rate": frozenset({"breakdown"})}


def test_differences_and_corrections_held_back_are_listed_without_counts(
    own_copy: SampleDatabase, open_page: Opened, prepared: Callable[[Draft], Asked], monkeypatch: pytest.MonkeyPatch
) -> None:
    changes = pd.DataFrame(
        [{"indicator_id": "handover_rate", "newly_shown": 2, "newly_hidden": 1, "revised": 3, "new": 0, "left_out": 0}]
    )
    held = pd.DataFrame({"indicator_id": ["handover_rate"], "period": ["2024"]})
    monkeypatch.setattr("release.ledger.Ledger.next_number", lambda self: 2)
    prepared(draft_of(own_copy.place, number=2, changes=changes, held_back=held))
    app = make(open_page("release"))
    assert "新しく載る0、新しく示す2、新しく伏せる1、直した3、載らなくなる0" in words(app)
    assert "1の指標の1期間は、報告の訂正を反映せず" in all_words(app)
    assert table_having(app, "指標", "期間").values.tolist() == [["つなぎの実施率", "令和6年度"]]


def public_pages_over(pointer: Path) -> dict[str, AppTest]:
    """Every public page of what was published there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("RENKEI_AUDIENCE")
        patch.setenv("RENKEI_PUBLIC_DB", str(pointer))
        found = {}
        for file, _, url, _ in PUBLIC_PAGES:
            app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
            found[url] = (app if url == "overview" else app.switch_page(f"pages/public/{file}")).run()
        return found


def test_approval_needs_a_confirmation_then_publishes_and_can_be_taken_back(
    own_copy: SampleDatabase, open_page: Opened, prepared: Callable[[Draft], Asked]
) -> None:
    place, desk = own_copy.place, Desk(desk_url(own_copy.place))
    prepared(draft_of(place))
    app = make(open_page("release"))
    submit(app, "承認して公表する")
    assert "承認します」に印を付けてください" in all_words(app)
    assert approvals(desk) == []
    approve(app)
    assert "第1回を公表しました。" in all_words(app)
    (kept,) = approvals(desk)
    assert (kept.number, kept.digest, kept.who, kept.fiscal_years) == (1, "d1" * 32, "県民課 佐藤", (2024,))
    database = (place.pointer.parent / "public.duckdb").resolve()
    with PublicStore(database) as store:
        hidden = store.cells("handover_rate").query("state == 'hidden'")
        assert set(hidden["area_code"]) == {"992038", "992054"}
        assert hidden["numerator"].isna().all()
        assert store.examples()["title"].tolist() == ["合同の相談会"]
    public = public_pages_over(place.pointer.parent / "public.duckdb")
    assert [page for page, one in public.items() if one.exception or "第1回公表" not in words(one)] == []
    assert ">x<span" in html_of(public["indicator"])
    assert len([one for one in public["data"].get("download_button") if "KB" in one.proto.label]) == 2
    assert "いま公表しているのは第1回" in words(app)
    record = table_having(app, "承認した人")
    assert record[["番号", "状態", "承認した人", "伏せた数値"]].values.tolist() == [
        ["第1回", "公表済み", "県民課 佐藤", "2"]
    ]
    assert "承認して公表する" not in [one.label for one in app.button]  # the draft is used up

    submit(app, "取り下げる")
    assert "確かめました」に印を付けてください" in all_words(app)
    app.checkbox(key="withdraw-release-sure").check()
    submit(app, "取り下げる")
    assert "取り下げる理由を入力してください" in all_words(app)
    app.text_input(key="withdraw-release-reason").set_value("報告に誤りがあったため")
    app.checkbox(key="withdraw-release-sure").check()
    submit(app, "取り下げる")
    assert "第1回の公表を取り下げました。" in all_words(app)
    assert [one.reason for one in withdrawals(desk)] == ["報告に誤りがあったため"]
    assert "公表しているデータはありません" in words(app)
    assert not Path(database).exists()
    assert "報告に誤りがあったため" in table_having(app, "承認した人")["取り下げ"][0]


def test_a_draft_in_the_making_shows_how_far_it_is_and_cannot_be_asked_for_twice(
    own_copy: SampleDatabase, open_page: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_end, begun = threading.Event(), []

    def prepare(place: Place, options: Options, say: Callable[[str, float], None]) -> Draft:
        say("令和6年度：つなぎの実施率", 0.25)
        begun.append(options)
        assert may_end.wait(30)
        raise NothingToPublish("読み込んだ報告がありません。")

    monkeypatch.setattr(work, "prepare", prepare)
    app = open_page("release")
    app.button(key="make-draft").click().run()
    work.start(own_copy.place, Options())
    app.run()
    (bar,) = app.get("progress")
    assert bar.proto.value == 25
    assert re.fullmatch(r"公表案を作っています（0分\d\d秒）：令和6年度：つなぎの実施率", bar.proto.text)
    assert app.button(key="make-draft").disabled
    may_end.set()
    asked = work.work_of(own_copy.place)
    assert asked is not None and asked.is_over.wait(10)
    app.run()
    assert len(begun) == 1
    assert "読み込んだ報告がありません" in words(app)
    assert not app.button(key="make-draft").disabled


def test_a_release_of_another_database_in_the_same_folder_is_not_taken_for_this_ones(
    own_copy: SampleDatabase, open_page: Opened
) -> None:
    build = own_copy.place.pointer.parent
    (build / "public-20250401T000000000000-aaaaaa").mkdir()
    (build / "public").symlink_to("public-20250401T000000000000-aaaaaa")
    assert "別のデータベース（架空データの見本など）から公表したもの" in all_words(open_page("release"))


def test_a_draft_of_older_reports_is_no_longer_shown(
    own_copy: SampleDatabase, open_page: Opened, prepared: Callable[[Draft], Asked]
) -> None:
    prepared(draft_of(own_copy.place, database="sample-20200101T000000000000-aaaaaa.duckdb"))
    app = make(open_page("release"))
    assert "伏せる数値とその理由" not in [one.value for one in app.header]


def test_without_a_finished_year_there_is_nothing_to_publish(
    own_copy: SampleDatabase, open_page: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafts, "_years", lambda version: [])
    app = open_page("release")
    assert "公表できる年度がまだありません" in words(app)
    assert "make-draft" not in [one.key for one in app.button]
