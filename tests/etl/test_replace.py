"""A corrected file: what exactly it replaces. Same return, same municipality, the months it reports."""

from etl.load import undo

ROWS = "select area_code, referral_id, strftime(caught_date, '%Y-%m-%d'), result from raw.referral order by all"
COVERAGE = "select area_code, period, state, row_count from core.coverage where return_id = 'referral' order by all"
LATER = {"つなぎ日": "", "初回相談日": ""}


def rules(receipt):
    return [problem["rule"] for problem in receipt.problems]


def test_months_between_the_first_and_the_last_row_are_replaced_too(load, csv_of, referral, query):
    load(
        {
            "a.csv": csv_of(
                referral("A-6"), referral("A-7", 把握日="R6.7.1", **LATER), referral("A-8", 把握日="R6.8.1", **LATER)
            )
        }
    )
    corrected = csv_of(referral("B-6"), referral("B-8", 把握日="R6.8.9", **LATER))
    [receipt] = load({"b.csv": corrected}, replace=True)
    assert (receipt.rows_accepted, receipt.rows_replaced) == (2, 3)
    assert query(ROWS) == [
        ("072010", "B-6", "2024-06-24", "ongoing"),
        ("072010", "B-8", "2024-08-09", "ongoing"),
    ]
    assert query(COVERAGE) == [
        ("072010", "2024-06", "received", 1),
        ("072010", "2024-07", "zero", 0),
        ("072010", "2024-08", "received", 1),
    ]


def test_the_months_a_title_states_are_replaced_too(load, csv_of, referral, query):
    load({"a.csv": csv_of(referral("A-6"), referral("A-7", 把握日="R6.7.1", **LATER))})
    [receipt] = load({"b.csv": csv_of(referral("B-6"), above=["福島市 令和6年6月～7月分"])}, replace=True)
    assert receipt.rows_replaced == 2
    assert query(COVERAGE) == [("072010", "2024-06", "received", 1), ("072010", "2024-07", "zero", 0)]


def test_other_months_municipalities_and_returns_stay(load, csv_of, referral, meeting, query):
    load({"a.csv": csv_of(referral("A-5", 把握日="R6.5.1"), referral("A-6"))})
    load({"k.csv": csv_of(referral("K-6", 団体コード="072036", 市区町村="郡山市")), "m.csv": csv_of(meeting())})
    [receipt] = load({"b.csv": csv_of(referral("B-6"))}, replace=True)
    assert receipt.rows_replaced == 1
    assert [row[1] for row in query(ROWS)] == ["A-5", "B-6", "K-6"]
    assert query("select count(*) from raw.meeting") == [(1,)]


def test_one_file_replaces_for_each_municipality_its_own_months(load, csv_of, referral, query):
    koriyama = {"団体コード": "072036", "市区町村": "郡山市"}
    load({"a.csv": csv_of(referral("A-6"), referral("A-7", 把握日="R6.7.1", **LATER))})
    load({"k.csv": csv_of(referral("K-6", **koriyama), referral("K-7", 把握日="R6.7.1", **LATER, **koriyama))})
    corrected = csv_of(referral("B-6"), referral("L-7", 把握日="R6.7.2", **LATER, **koriyama))
    [receipt] = load({"b.csv": corrected}, replace=True)
    assert receipt.rows_replaced == 2
    assert [row[1] for row in query(ROWS)] == ["A-7", "B-6", "K-6", "L-7"]


def test_a_month_of_which_every_row_was_set_aside_replaces_nothing(load, csv_of, referral, query):
    """The month of a row set aside may be the very mistake; what was received before is better than nothing."""
    load({"a.csv": csv_of(referral("A-4", 把握日="R6.4.1"), referral("A-6"))})
    wrong = referral("B-4", 把握日="R6.4.2", つなぎ日="R6.4.1", 初回相談日="")
    [receipt] = load({"b.csv": csv_of(wrong, referral("B-6"))}, replace=True)
    assert (receipt.rows_accepted, receipt.rows_quarantined, receipt.rows_replaced) == (1, 1, 1)
    assert [row[1] for row in query(ROWS)] == ["A-4", "B-6"]
    assert query(COVERAGE) == [
        ("072010", "2024-04", "partial", 1),
        ("072010", "2024-05", "zero", 0),
        ("072010", "2024-06", "received", 1),
    ]


def test_a_month_of_which_a_part_was_set_aside_is_replaced_and_partial(load, csv_of, referral, query):
    load({"a.csv": csv_of(referral("A-1"), referral("A-2"))})
    [receipt] = load({"b.csv": csv_of(referral("A-1", 結果="終結"), referral("A-2", つなぎ日="R6.6.1"))}, replace=True)
    assert (receipt.rows_accepted, receipt.rows_quarantined, receipt.rows_replaced) == (1, 1, 2)
    assert query(ROWS) == [("072010", "A-1", "2024-06-24", "closed")]
    assert query(COVERAGE) == [("072010", "2024-06", "partial", 1)]


def test_a_number_may_move_to_another_month_that_is_replaced_too(load, csv_of, referral, query):
    load({"a.csv": csv_of(referral("A-1"), referral("A-2", 把握日="R6.7.1", **LATER))})
    moved = csv_of(referral("A-1", 把握日="R6.7.3", **LATER), referral("A-2"))
    [receipt] = load({"b.csv": moved}, replace=True)
    assert (receipt.outcome, receipt.rows_accepted, receipt.rows_replaced) == ("accepted", 2, 2)
    assert [row[1:3] for row in query(ROWS)] == [("A-1", "2024-07-03"), ("A-2", "2024-06-24")]


def test_a_number_held_in_a_month_that_stays_is_set_aside_and_its_own_month_is_kept(load, csv_of, referral, query):
    """July has no other row than the one set aside: nothing of it is replaced, and B-2 there stays the only one."""
    load({"a.csv": csv_of(referral("A-1", 把握日="R6.4.1"))})
    load({"b.csv": csv_of(referral("B-2", 把握日="R6.7.1", **LATER))})
    file = csv_of(
        referral("A-1", 把握日="R6.7.5", **LATER),
        referral("B-2", 把握日="R6.9.1", **LATER),
        referral("C-9", 把握日="R6.9.2", **LATER),
    )
    [receipt] = load({"c.csv": file}, replace=True)
    assert rules(receipt) == ["duplicate_in_database", "duplicate_in_database"]
    assert receipt.quarantined_rows == (1, 2)
    assert [row[1:3] for row in query(ROWS)] == [("A-1", "2024-04-01"), ("B-2", "2024-07-01"), ("C-9", "2024-09-02")]
    assert query("select count(*), count(distinct referral_id) from raw.referral") == [(3, 3)]


def test_a_report_of_none_that_replaces_empties_the_month_and_an_undo_fills_it_again(
    load, csv_of, referral, query, place
):
    load({"a.csv": csv_of(referral("A-1"), referral("A-2"))})
    nil = csv_of(above=["福島市", "令和6年6月分"], headings=list(referral()))
    [receipt] = load({"b.csv": nil}, replace=True)
    assert (receipt.outcome, receipt.rows_accepted, receipt.rows_replaced) == ("accepted", 0, 2)
    assert query(ROWS) == []
    assert query(COVERAGE) == [("072010", "2024-06", "zero", 0)]
    undo(place, receipt.load_id, "山田", "誤り")
    assert query(COVERAGE) == [("072010", "2024-06", "received", 2)]


def test_a_report_of_none_without_asking_to_replace_changes_no_row(load, csv_of, referral, query):
    load({"a.csv": csv_of(referral("A-1"))})
    nil = csv_of(above=["福島市", "令和6年6月分"], headings=list(referral()))
    [receipt] = load({"b.csv": nil})
    assert receipt.rows_replaced == 0
    assert query(COVERAGE) == [("072010", "2024-06", "received", 1)]


def test_undoing_the_first_of_two_corrections_leaves_the_second(load, csv_of, referral, query, place):
    load({"a.csv": csv_of(referral("A-1"))})
    [first] = load({"b.csv": csv_of(referral("B-1"))}, replace=True)
    load({"c.csv": csv_of(referral("C-1"))}, replace=True)
    undo(place, first.load_id, "山田", "誤り")
    assert [row[1] for row in query(ROWS)] == ["C-1"]


# ---- months of rows that the database holds already


def test_a_row_sent_again_is_counted_once_and_its_month_stays_whole(load, csv_of, referral, query):
    load({"a.csv": csv_of(referral("A-6"))})
    [receipt] = load({"b.csv": csv_of(referral("A-6"), referral("A-7", 把握日="R6.7.1", **LATER))})
    assert receipt.rows_quarantined == 1
    assert query(COVERAGE) == [("072010", "2024-06", "received", 1), ("072010", "2024-07", "received", 1)]


def test_a_month_whose_row_is_held_in_another_month_is_no_month_of_zero(load, csv_of, referral, query):
    load({"a.csv": csv_of(referral("A-6"))})
    load({"b.csv": csv_of(referral("A-6", 把握日="R6.5.1"), referral("A-7", 把握日="R6.7.1", **LATER))})
    assert query(COVERAGE) == [
        ("072010", "2024-05", "partial", 0),
        ("072010", "2024-06", "received", 1),
        ("072010", "2024-07", "received", 1),
    ]
