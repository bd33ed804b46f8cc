"""Rows that are data, and what lies around them."""

import numpy as np

from etl.declare import all_returns
from etl.gather import gather
from etl.read import read_sheets
from etl.recognise import recognise

HEADER = "紹介番号,市区町村,把握日,備考"


def batch_of(*lines: str):
    return gather([recognise(read_sheets("\n".join((HEADER, *lines)).encode(), "x.csv")[0], all_returns())])


def ids(batch):
    return batch.columns["referral_id"].to_pylist()


def test_blank_rows_totals_and_notes_are_left_out_and_counted():
    batch = batch_of(
        "合計,,,2件",
        "A-1,福島市,R6.6.24,",
        ",,,",
        "A-2,郡山市,R6.6.25,",
        "",
        "　計　,2,,",
        "※ 前月分を含む。,,,",
        "(注)なし,,,",
    )
    assert ids(batch) == ["A-1", "A-2"]
    assert batch.skipped_count == 6
    assert batch.places.lines.tolist() == [3, 5]


def test_a_total_may_stand_in_any_column_and_have_a_number_below_the_day():
    assert ids(batch_of("A-1,福島市,R6.6.24,", ",総数,12件,")) == ["A-1"]


def test_a_row_with_a_day_is_a_case_whatever_its_remarks_say():
    assert ids(batch_of("A-1,福島市,R6.6.24,計", "A-2,福島市,R6.6.24,合計")) == ["A-1", "A-2"]


def test_a_note_in_the_remarks_of_a_case_is_no_note():
    assert ids(batch_of("A-1,福島市,R6.6.24,※至急")) == ["A-1"]


def test_a_header_repeated_below_is_left_out():
    assert ids(batch_of("A-1,福島市,R6.6.24,", HEADER, "A-2,福島市,R6.6.25,")) == ["A-1", "A-2"]


def test_texts_outside_the_table_are_kept_for_the_guard():
    batch = batch_of("A-1,福島市,R6.6.24,,はみ出し", "※ 山田様から,,,", "合計,1,,")
    assert {(loose.line, loose.text, loose.is_beyond) for loose in batch.loose} == {
        (2, "はみ出し", True),
        (3, "※ 山田様から", False),
        (4, "合計", False),
        (4, "1", False),
    }


def test_spellings_of_rows_left_out_are_gone_from_the_columns():
    batch = batch_of("A-1,福島市,R6.6.24,", "※ 連絡先は課まで,,,")
    assert batch.columns["referral_id"].dictionary.to_pylist() == ["A-1"]


def test_a_file_without_rows_is_an_empty_batch():
    batch = batch_of()
    assert batch.row_count == 0
    assert list(batch.columns) == ["referral_id", "municipality", "caught_date"]


def test_sheets_follow_one_another_and_rows_know_their_sheet(xlsx_of):
    sheets = {
        "4月": [["紹介番号", "把握日"], ["A-1", "R6.4.1"], [None, None], ["A-2", "R6.4.2"]],
        "5月": [["紹介番号", "把握日"]],
        "6月": [["表題"], ["把握日", "紹介番号", "備考"], ["R6.6.1", "A-3", "あ"]],
        "7月": [["紹介番号", "把握日"], ["A-4", "R6.7.1"]],
    }
    layouts = [recognise(sheet, all_returns()) for sheet in read_sheets(xlsx_of(sheets), "x.xlsx")]
    batch = gather(layouts)
    assert ids(batch) == ["A-1", "A-2", "A-3", "A-4"]
    assert [batch.places.sheet(row) for row in range(4)] == ["4月", "4月", "6月", "7月"]
    assert batch.places.lines.tolist() == [2, 4, 3, 2]
    assert batch.columns["caught_date"].to_pylist() == ["R6.4.1", "R6.4.2", "R6.6.1", "R6.7.1"]
    assert [(extra.sheet, extra.heading, extra.first_row) for extra in batch.unmapped] == [("6月", "備考", 2)]


def test_large_and_small_files_are_sorted_out_alike():
    lines = [f"A-{n},福島市,R6.6.{n % 28 + 1},備考{n}" for n in range(3_000)]
    lines[1_000:1_000] = ["合計,,,", "", "※ 注記,,,"]
    batch = batch_of(*lines)
    assert batch.row_count == 3_000
    assert batch.skipped_count == 3
    assert np.array_equal(batch.places.lines[999:1_001], [1_001, 1_005])
