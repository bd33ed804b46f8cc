from __future__ import annotations

from dataclasses import replace

import pandas as pd

from metrics.catalog import load_catalog
from metrics.periods import months_of_year
from metrics.sent import FULLY, NOT_SENT, PARTLY, sent_by_month

RATE = load_catalog()["recommendation_rate"]
AREAS = ["990019", "990027"]
MONTHS = ["2024-04", "2024-05"]


def coverage(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=["return_id", "area_code", "period", "state"], dtype="str")


def counts(*rows: tuple[str, str, str, int, int]) -> pd.DataFrame:
    frame = pd.DataFrame(list(rows), columns=["area_code", "period", "breakdown", "numerator", "denominator"])
    return frame.astype({"numerator": "int64", "denominator": "int64"})


def test_received_and_nil_are_complete_and_the_rest_is_not_sent() -> None:
    received = coverage(
        ("referral", "990019", "2024-04", "received"),
        ("referral", "990019", "2024-05", "zero"),
        ("referral", "990027", "2024-04", "partial"),
        ("meeting", "990027", "2024-05", "received"),
        ("referral", "990043", "2024-04", "received"),
        ("referral", "990019", "2023-04", "received"),
    )
    found = sent_by_month(RATE, counts(), received, AREAS, MONTHS)
    assert found.tolist() == [[FULLY, FULLY], [PARTLY, NOT_SENT]]


def test_of_several_returns_the_weakest_counts() -> None:
    both = replace(RATE, returns=("referral", "meeting"))
    received = coverage(
        ("referral", "990019", "2024-04", "received"),
        ("meeting", "990019", "2024-04", "partial"),
        ("referral", "990019", "2024-05", "received"),
        ("meeting", "990027", "2024-05", "received"),
    )
    assert sent_by_month(both, counts(), received, AREAS, MONTHS).tolist() == [
        [PARTLY, NOT_SENT],
        [NOT_SENT, NOT_SENT],
    ]


def test_a_field_left_empty_makes_its_month_not_sent() -> None:
    received = coverage(*[("referral", area, month, "received") for area in AREAS for month in MONTHS])
    rows = counts(
        ("990019", "2024-04", "福祉", 0, 0),
        ("990019", "2024-04", "税務", 0, 0),
        ("990019", "2024-05", "福祉", 0, 0),
        ("990019", "2024-05", "税務", 0, 3),
    )
    assert sent_by_month(RATE, rows, received, AREAS, MONTHS).tolist() == [[NOT_SENT, FULLY], [FULLY, FULLY]]
    for kind in ("rate", "ratio", "count"):
        found = sent_by_month(replace(RATE, kind=kind), rows, received, AREAS, MONTHS)
        assert found.tolist() == [[NOT_SENT, FULLY], [FULLY, FULLY]]


def test_a_duration_has_no_field_that_could_be_left_empty() -> None:
    received = coverage(*[("referral", area, month, "received") for area in AREAS for month in MONTHS])
    rows = counts(("990019", "2024-04", "other", 0, 0)).rename(
        columns={"numerator": "events", "denominator": "censored"}
    )
    days = load_catalog()["days_to_contact"]
    assert sent_by_month(days, rows, received, AREAS, MONTHS).tolist() == [[FULLY, FULLY], [FULLY, FULLY]]


def test_an_indicator_without_returns_is_complete() -> None:
    found = sent_by_month(replace(RATE, returns=()), counts(), coverage(), AREAS, MONTHS)
    assert found.tolist() == [[FULLY, FULLY], [FULLY, FULLY]]


def test_a_fiscal_year_is_as_complete_as_its_weakest_month() -> None:
    yearly = replace(RATE, period="fiscal_year")
    months = months_of_year(2024)

    def of(code: str, *months: str, state: str = "received") -> list[tuple[str, str, str, str]]:
        return [("referral", code, month, state) for month in months]

    received = coverage(
        *of("990019", *months),
        *of("990027", *months[:11]),
        *of("990035", *months[1:]),
        *of("990035", months[0], state="partial"),
        *of("990043", *months_of_year(2023)),
    )
    areas = [*AREAS, "990035", "990043"]
    assert sent_by_month(yearly, counts(), received, areas, ["2023", "2024"]).tolist() == [
        [NOT_SENT, FULLY], [NOT_SENT, PARTLY], [NOT_SENT, PARTLY], [FULLY, NOT_SENT],
    ]  # fmt: skip
    empty = counts(("990019", "2024", "福祉", 0, 0))
    assert sent_by_month(yearly, empty, received, areas, ["2024"]).tolist()[0] == [NOT_SENT]
