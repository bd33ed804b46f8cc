"""What was sent and what is missing."""

from etl.status import Sent, status


def test_nothing_was_sent_yet(place):
    assert status(place) == []


def test_every_municipality_of_the_prefecture_is_listed_over_the_months_anybody_sent(load, csv_of, referral, place):
    def row(number, caught, **cells):
        return referral(number, 把握日=caught, つなぎ日="", 初回相談日="", **cells)

    koriyama = {"団体コード": "072036", "市区町村": "郡山市"}
    load(
        {
            "a.csv": csv_of(row("A-1", "R6.4.1"), row("A-2", "R6.6.1")),
            "b.csv": csv_of(row("B-1", "R6.6.1", **koriyama), row("B-2", "R6.7.1", 結果="?", **koriyama)),
        }
    )
    rows = {sent.area_code: sent for sent in status(place)}
    assert len(rows) == 59
    assert rows["072010"] == Sent(
        "072010", "福島市", "referral", ("2024-04", "2024-06"), ("2024-05",), (), ("2024-07",)
    )
    assert rows["072036"] == Sent(
        "072036", "郡山市", "referral", ("2024-06",), (), ("2024-07",), ("2024-04", "2024-05")
    )
    assert rows["072028"].missing == ("2024-04", "2024-05", "2024-06", "2024-07")


def test_each_return_has_its_own_months(load, csv_of, referral, meeting, place):
    load({"a.csv": csv_of(referral()), "m.csv": csv_of(meeting(開催日="R6.8.1"))})
    found = {(sent.return_id, sent.received) for sent in status(place) if sent.area_code == "072010"}
    assert found == {("referral", ("2024-06",)), ("meeting", ("2024-08",))}
