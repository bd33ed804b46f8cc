"""受付: files are handed in, looked at, and taken. Reading of files is tested in tests/etl."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from etl.receipts import Receipt, receipts
from etl.store import StoreBusy, current_version
from tests.pages.conftest import Opened
from tests.pages.page_text import matrix, table_with, words
from tests.sample_database import SENDERS, SILENT, SampleDatabase

HEADINGS = "紹介番号,団体コード,市区町村,把握日,紹介元部署,紹介先機関,利用勧奨"
BATCH = "intake-batch"
File = tuple[str, bytes]
Handed = Callable[..., AppTest]


def file_of(*rows: str) -> bytes:
    return "\r\n".join([HEADINGS, *rows, ""]).encode("cp932")


def one_case(number: str, name: str, day: str = "2024/6/24") -> bytes:
    return file_of(f"{number},{(SENDERS | SILENT)[name]},{name},{day},福祉課,自立相談支援機関,有")


PERSONAL = "紹介番号,氏名,団体コード,把握日\r\nA-1,山田 太郎兵衛,993620,2024/6/24\r\n".encode("cp932")


@pytest.fixture
def handed_in(own_copy: SampleDatabase, open_page: Opened) -> Handed:
    """handed_in((name, bytes), …) chooses files and asks what would happen; an app may be gone on with."""

    def hand(*files: File, app: AppTest | None = None) -> AppTest:
        app = app or open_page("intake")
        app.file_uploader(key="files").set_value([(name, data, "text/csv") for name, data in files])
        return pressed(app, "確認する")

    return hand


def pressed(app: AppTest, label: str) -> AppTest:
    next(one for one in app.button if one.label.startswith(label)).click()
    app.run()
    assert [found.message for found in app.exception] == []
    return app


def taken(app: AppTest) -> AppTest:
    return pressed(app, "受け入れる")


def recorded(database: SampleDatabase) -> list[Receipt]:
    return list(receipts(database.place.inbox))[len(database.receipts) :]


def test_looking_at_a_file_keeps_nothing(handed_in: Handed, own_copy: SampleDatabase) -> None:
    before = own_copy.place.current()
    app = handed_in(("R6.6_相互紹介記録_水琴町.csv", one_case("A-1", "水琴町")))
    assert "1行を受け入れられます" in app.success[0].value
    assert "まだ受け入れていません" in app.subheader[0].value
    assert recorded(own_copy) == []
    assert own_copy.place.current() == before


def test_a_file_that_is_taken_counts_at_once(handed_in: Handed, own_copy: SampleDatabase) -> None:
    app = taken(handed_in(("R6.6_相互紹介記録_水琴町.csv", one_case("A-1", "水琴町"))))
    assert "1行を受け入れました" in app.success[0].value
    assert table_with(app, "受付日時")["ファイル"].iloc[0] == "R6.6_相互紹介記録_水琴町.csv"
    shown = matrix(app)
    assert shown.loc["水琴町", "R6.6"] == "●"
    assert shown.loc["水琴町", "R6.7"] == "未"
    assert [one.outcome for one in recorded(own_copy)] == ["accepted"]


def test_the_results_stay_until_the_next_upload(handed_in: Handed) -> None:
    app = taken(handed_in(("一.csv", one_case("A-1", "水琴町"))))
    app.selectbox(key="fy").set_value(2023).run()
    assert "1行を受け入れました" in app.success[0].value
    handed_in(("二.csv", one_case("A-2", "雪綿村")), app=app)
    assert "1行を受け入れました" not in words(app) + "".join(one.value for one in app.success)


def test_leaving_off_forgets_the_files(handed_in: Handed, own_copy: SampleDatabase) -> None:
    app = pressed(handed_in(("一.csv", one_case("A-1", "水琴町"))), "やめる")
    assert list(app.success) == []
    assert BATCH not in app.session_state
    assert recorded(own_copy) == []


def test_a_file_with_names_of_people_is_refused_and_neither_shown_nor_kept(
    handed_in: Handed, own_copy: SampleDatabase
) -> None:
    app = handed_in(("氏名入り.csv", PERSONAL))
    assert "差し戻し" in app.error[0].value
    table = table_with(app, "扱い")
    assert (table["扱い"].iloc[0], table["列"].iloc[0]) == ("差し戻し", "氏名")
    assert [one.incoming for one in app.session_state[BATCH].files] == [None]
    pressed(app, "結果を記録する")
    everything = words(app) + "".join(one.value.to_csv() for one in app.dataframe)
    for text in (everything, *(path.read_text("utf-8") for path in own_copy.place.inbox.glob("receipts/*.json"))):
        assert "太郎兵衛" not in text
        assert "山田" not in text
    assert [one.outcome for one in recorded(own_copy)] == ["refused"]


def test_what_was_refused_leaves_the_figures_as_they_were(handed_in: Handed, own_copy: SampleDatabase) -> None:
    before = own_copy.place.current()
    pressed(handed_in(("氏名入り.csv", PERSONAL)), "結果を記録する")
    assert own_copy.place.current() == before


def test_a_month_whose_file_was_refused_is_marked_as_sent_back_until_a_good_one_comes(handed_in: Handed) -> None:
    wrong = ("R6.6_相互紹介記録_水琴町.csv", one_case("A-1", "水琴町", "2024/6/31"))
    app = pressed(handed_in(wrong), "結果を記録する")
    shown = matrix(app)
    assert (shown.loc["水琴町", "R6.6"], shown.loc["水琴町", "R6.5"]) == ("戻", "未")
    assert "差し戻して送り直しを待っている月は延べ1か月です" in words(app)
    taken(handed_in(("R6.6_相互紹介記録_水琴町.csv", one_case("A-1", "水琴町", "2024/6/30")), app=app))
    assert matrix(app).loc["水琴町", "R6.6"] == "●"


def test_the_same_file_twice_is_told_and_changes_nothing(handed_in: Handed) -> None:
    file = ("水琴町.csv", one_case("A-1", "水琴町"))
    taken(handed_in(file))
    app = handed_in(file)
    assert "受け取り済み" in app.info[-1].value
    pressed(app, "結果を記録する")
    assert list(table_with(app, "受付日時")["結果"][:2]) == ["変更なし", "受け入れ"]


def test_several_files_are_told_one_by_one_and_only_the_good_ones_taken(
    handed_in: Handed, own_copy: SampleDatabase
) -> None:
    half = file_of(
        *(
            f"A-{n},{SILENT['雪綿村']},雪綿村,{day},福祉課,自立相談支援機関,有"
            for n, day in ((1, "R6.6.3"), (2, "R6.6.31"))
        )
    )
    app = handed_in(("一.csv", one_case("A-1", "水琴町")), ("二.csv", PERSONAL), ("三.csv", half))
    assert "3件のファイルを読み込むと、次のようになります（受け入れ1件、一部保留1件、差し戻し1件）" in words(app)
    assert "1行を受け入れ、1行を保留します" in app.warning[0].value
    taken(app)
    assert {one.file: one.outcome for one in recorded(own_copy)} == {
        "一.csv": "accepted",
        "二.csv": "refused",
        "三.csv": "accepted_with_quarantine",
    }


def test_all_problems_stand_in_one_table_that_can_be_filtered(handed_in: Handed) -> None:
    wrong = file_of(
        f"A-1,{SILENT['水琴町']},水琴町,R6.6.31,福祉課,自立相談支援機関,有",
        f"A-2,{SILENT['水琴町']},水琴町,R6.6.3,福祉課,自立相談支援機関,有",
        f"A-2,{SILENT['水琴町']},水琴町,R6.6.4,福祉課,自立相談支援機関,ときどき",
    )
    app = handed_in(("一.csv", wrong), ("二.csv", PERSONAL))
    table = table_with(app, "扱い")
    assert list(table["扱い"]) == ["差し戻し", "保留", "保留"]
    assert "3件を表示しています（全3件）" in words(app)
    app.multiselect(key="batch-file").set_value(["一.csv"]).run()
    assert [(one["場所"], one["列"]) for one in table_with(app, "扱い").to_dict("records")] == [
        ("2行目", "把握日"),
        ("4行目", "利用勧奨"),
    ]
    app.multiselect(key="batch-rule").set_value(["「…」は暦にない日付です"]).run()
    assert list(table_with(app, "扱い")["見つかった値"]) == ["R6.6.31"]
    assert "1件を表示しています（全3件）" in words(app)
    app.multiselect(key="batch-file").set_value(["二.csv"]).run()
    assert "この条件に当てはまる確認事項はありません" in words(app)


def test_rows_already_loaded_offer_to_replace_them(handed_in: Handed, own_copy: SampleDatabase) -> None:
    app = taken(handed_in(("一.csv", one_case("A-1", "水琴町"))))
    handed_in(("訂正.csv", one_case("A-1", "水琴町", "2024/6/25")), app=app)
    assert "差し戻し" in app.error[0].value
    assert "同じ番号の行が1行" in words(app)
    offered = [one for one in app.checkbox if one.label == "訂正として置き換える"]
    assert len(offered) == 1
    offered[0].check().run()
    assert "以前の1行を置き換え、1行を受け入れられます" in app.success[0].value
    taken(app)
    assert "以前の1行を置き換え、1行を受け入れました" in app.success[0].value
    assert [(one.outcome, one.rows_replaced) for one in recorded(own_copy)] == [("accepted", 0), ("accepted", 1)]


def test_a_file_of_a_month_already_sent_asks_whether_it_is_a_correction(handed_in: Handed) -> None:
    app = taken(handed_in(("一.csv", one_case("A-1", "水琴町"))))
    handed_in(("追加.csv", one_case("A-9", "水琴町")), ("別の町.csv", one_case("A-1", "雪綿村")), app=app)
    assert "水琴町の令和6年6月の報告には、以前に受け入れたものがあります" in words(app)
    assert sum(one.label == "訂正として置き換える" for one in app.checkbox) == 1
    taken(app)
    assert [one.value.count("1行を受け入れました") for one in app.success] == [1, 1]


def test_asking_without_a_file_says_what_to_do(own_copy: SampleDatabase, open_page: Opened) -> None:
    app = pressed(open_page("intake"), "確認する")
    assert "ファイルを選んでから" in app.warning[0].value


def test_returns_of_another_prefecture_are_told_apart(handed_in: Handed) -> None:
    text = f"{HEADINGS}\r\nA-1,072010,福島市,2024/6/24,福祉課,自立相談支援機関,有\r\n"
    app = handed_in(("福島市.csv", text.encode()))
    assert "福島県" in app.error[0].value


def test_a_load_that_has_to_wait_too_long_says_what_to_do_and_loses_nothing(
    handed_in: Handed, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = handed_in(("一.csv", one_case("A-1", "水琴町")))

    def busy(*_: object) -> None:
        raise StoreBusy("別の処理が読み込みを行っています。終わるまで待ってから、もう一度行ってください。")

    with monkeypatch.context() as patch:
        patch.setattr("ui.internal.intake.batch.load_files", busy)
        taken(app)
    assert "終わるまで待ってから" in app.error[0].value
    assert "何も変更していません" in app.error[0].value
    assert "1行を受け入れました" in taken(app).success[0].value


def test_the_receipt_names_who_sat_at_the_desk(handed_in: Handed, own_copy: SampleDatabase, open_page: Opened) -> None:
    app = open_page("intake")
    app.text_input(key="who").set_value("福祉課 佐竹").run()
    taken(handed_in(("一.csv", one_case("A-1", "水琴町")), app=app))
    assert recorded(own_copy)[0].loaded_by == "福祉課 佐竹"


def test_which_database_is_fed_is_said(own_copy: SampleDatabase, open_page: Opened) -> None:
    assert "読み込み先：sample.duckdb（架空データ）" in words(open_page("intake"))


def test_real_returns_go_into_a_database_of_their_own(
    handed_in: Handed, own_copy: SampleDatabase, open_page: Opened, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    real = tmp_path / "build" / "real.duckdb"
    monkeypatch.setattr("ui.internal.intake.upload.SAMPLE_DATABASE", own_copy.place.pointer)
    monkeypatch.setattr("ui.internal.intake.upload.DEFAULT_DATABASE", real)
    before = own_copy.place.current()
    app = open_page("intake")
    assert "読み込み先：架空の見本県のデータベース" in words(app)
    app.checkbox(key="real").check().run()
    assert "読み込み先：実際の報告のデータベース" in words(app)
    text = f"{HEADINGS}\r\nA-1,072010,福島市,2024/6/24,福祉課,自立相談支援機関,有\r\n"
    taken(handed_in(("福島市.csv", text.encode()), app=app))
    assert "1行を受け入れました" in app.success[0].value
    assert current_version(real) is not None
    assert own_copy.place.current() == before
